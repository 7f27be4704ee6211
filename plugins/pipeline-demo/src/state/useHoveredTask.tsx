import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';

type Hovered = readonly [LogTask | undefined, (task?: LogTask) => void];

const HoveredTaskContext = createContext<Hovered>([undefined, () => {}]);

/** Shares which task is under the pointer or has the focus; RunSessionProvider includes it. */
export function HoveredTaskProvider(props: { readonly children: ReactNode }) {
  const state = useState<LogTask>();
  return (
    <HoveredTaskContext.Provider value={state}>
      {props.children}
    </HoveredTaskContext.Provider>
  );
}

/** The task that node, bar and log row highlight together, and how to set it. */
export function useHoveredTask(): Hovered {
  return useContext(HoveredTaskContext);
}
