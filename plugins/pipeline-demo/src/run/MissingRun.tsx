import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { rootRouteRef } from '../routes';
import { pipelineDemoTranslationRef } from '../translation';
import { Notice } from './Notice';

/** There is no such run, or not any more. */
export function MissingRun(props: { readonly runId: string }) {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const rootPath = useRouteRef(rootRouteRef);
  return (
    <Notice
      title={t('missing.title', { run: props.runId })}
      text={t('missing.text')}
    >
      <ButtonLink variant="secondary" href={rootPath?.()}>
        {t('missing.history')}
      </ButtonLink>
    </Notice>
  );
}
