import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { screen } from '@testing-library/react';
import { createTestApi } from './__testUtils__/createTestApi';
import { pipelineDemoApiRef } from './api/PipelineDemoApi';
import pipelineDemoPlugin from './index';

const tab = pipelineDemoPlugin.getExtension('entity-content:pipeline-demo');

describe('the plugin', () => {
  it('mounts its page', async () => {
    renderTestApp({
      features: [pipelineDemoPlugin],
      apis: [[pipelineDemoApiRef, createTestApi()]],
      initialRouteEntries: ['/pipeline-demo'],
    });
    expect(
      await screen.findByRole('heading', { name: 'Run the demo pipeline' }),
    ).toBeInTheDocument();
  });

  it.each([
    [{ 'pipeline-demo/enabled': 'true' }, true],
    [{ 'pipeline-demo/enabled': 'false' }, false],
    [{}, false],
    [undefined, false],
  ])('shows its tab on entities with annotations %j: %s', (annotations, is) => {
    const filter = createExtensionTester(tab).get(
      EntityContentBlueprint.dataRefs.filterFunction,
    );
    const metadata = {
      name: 'demo',
      ...(annotations === undefined
        ? {}
        : { annotations: { ...annotations } as Record<string, string> }),
    };
    expect(
      filter?.({ apiVersion: 'backstage.io/v1', kind: 'Component', metadata }),
    ).toBe(is);
  });
});
