import {
  BreadcrumbEntry,
  pluginHeaderActionsApiRef,
  useApi,
  useBreadcrumbEntries,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { rootRouteRef } from '../routes';
import { Icon } from '../run/icons';
import { pipelineDemoTranslationRef } from '../translation';
import { PipelineDemoPage } from './PipelineDemoPage';
import styles from './PipelineDemoPage.module.css';

const PLUGIN_ID = 'pipeline-demo';

/**
 * The page under the portal's header for plugins. We place that header
 * ourselves, as the portal leaves its title outside of all landmarks.
 */
export function PortalPage() {
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const { items } = useBreadcrumbEntries();
  const actions = useApi(pluginHeaderActionsApiRef);
  const href = useRouteRef(rootRouteRef)?.() ?? '/';
  const title = t('page.title');
  return (
    <BreadcrumbEntry entry={{ label: title, href }}>
      <header className={styles.head}>
        <PluginHeader
          icon={<Icon name="flow" size={20} />}
          title={title}
          titleLink={href}
          breadcrumbs={items}
          customActions={actions.getPluginHeaderActions(PLUGIN_ID)}
        />
      </header>
      <PipelineDemoPage />
    </BreadcrumbEntry>
  );
}
