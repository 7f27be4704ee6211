import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { ReactNode } from 'react';

/** The ref of the entity that `onEntity` shows. */
export const ENTITY_REF = 'component:default/demo-pipeline';

/** Part of the page of a catalog entity. */
export function onEntity(children: ReactNode) {
  return (
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'demo-pipeline' },
      }}
    >
      {children}
    </EntityProvider>
  );
}
