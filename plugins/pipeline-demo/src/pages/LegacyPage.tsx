import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { Icon } from '../run/icons';
import { pipelineDemoTranslationRef } from '../translation';
import { PipelineDemoPage } from './PipelineDemoPage';

/** The page with the header that apps of the new frontend system bring along. */
export function LegacyPage() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  return (
    <>
      <PluginHeader
        icon={<Icon name="flow" size={20} />}
        title={t('page.title')}
      />
      <PipelineDemoPage />
    </>
  );
}
