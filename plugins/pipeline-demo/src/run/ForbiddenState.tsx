import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { pipelineDemoTranslationRef } from '../translation';
import { Notice } from './Notice';

/** What one may not see, which permission it takes, and whom to ask. */
export function ForbiddenState(props: { readonly permission: string }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <Notice
      title={t('forbidden.title')}
      text={t('forbidden.text', { permission: props.permission })}
    />
  );
}
