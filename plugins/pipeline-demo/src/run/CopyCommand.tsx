import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { copyText } from './copyText';
import { Icon } from './icons';

/** Copies a command for a terminal, which its tooltip shows. */
export function CopyCommand(props: { readonly command: string }) {
  const { command } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [state, setState] = useState<'kubectl' | 'copied' | 'refused'>(
    'kubectl',
  );
  const onPress = () => {
    copyText(command).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <span title={command}>
      <Button
        size="small"
        variant="tertiary"
        iconStart={<Icon name="copy" />}
        onPress={onPress}
      >
        {t(`task.${state}`)}
      </Button>
    </span>
  );
}
