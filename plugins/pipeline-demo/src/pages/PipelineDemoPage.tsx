import { ReactRouterV6PageRouter } from '@backstage/frontend-adapter-react-router-v6';
import { pipelineDemoRunViewPermission } from 'backstage-plugin-pipeline-demo-common';
import { Route, Routes } from 'react-router-dom';
import { ForbiddenState } from '../run/ForbiddenState';
import { useRight } from '../state/useRight';
import styles from './PipelineDemoPage.module.css';
import { RunPage } from './RunPage';
import { RunsPage } from './RunsPage';

/** The plugin's page: the start page, and below it one page per run. */
export function PipelineDemoPage() {
  const right = useRight(pipelineDemoRunViewPermission);
  return (
    <main className={styles.page}>
      {right === 'denied' ? (
        <ForbiddenState permission={pipelineDemoRunViewPermission.name} />
      ) : (
        <ReactRouterV6PageRouter>
          <Routes>
            <Route path="/" element={<RunsPage />} />
            <Route path="/runs/:runId" element={<RunPage />} />
          </Routes>
        </ReactRouterV6PageRouter>
      )}
    </main>
  );
}
