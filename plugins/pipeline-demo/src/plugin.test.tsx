import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { screen } from '@testing-library/react';
import { createTestApi } from './__testUtils__/createTestApi';
import { pipelineDemoApiRef } from './api/PipelineDemoApi';
import pipelineDemoPlugin from './index';

const tab = pipelineDemoPlugin.getExtension('entity-content:pipeline-demo');
const card = pipelineDemoPlugin.getExtension(
  'entity-card:pipeline-demo/latest-run',
);

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
  ])('is on entities with annotations %j: %s', (annotations, is) => {
    const tabFilter = createExtensionTester(tab).get(
      EntityContentBlueprint.dataRefs.filterFunction,
    );
    const cardFilter = createExtensionTester(card).get(
      EntityCardBlueprint.dataRefs.filterFunction,
    );
    const metadata = {
      name: 'demo',
      ...(annotations === undefined
        ? {}
        : { annotations: { ...annotations } as Record<string, string> }),
    };
    for (const filter of [tabFilter, cardFilter]) {
      expect(
        filter?.({
          apiVersion: 'backstage.io/v1',
          kind: 'Component',
          metadata,
        }),
      ).toBe(is);
    }
  });

  it('can be shown on other entities, by configuration', () => {
    const entity = { apiVersion: 'v1', kind: 'API', metadata: { name: 'a' } };
    const configured = createExtensionTester(card, {
      config: { filter: { kind: 'API' }, type: 'info' },
    });
    expect(
      configured.get(EntityCardBlueprint.dataRefs.filterFunction)?.(entity),
    ).toBe(true);
    expect(configured.get(EntityCardBlueprint.dataRefs.type)).toBe('info');
  });
});
