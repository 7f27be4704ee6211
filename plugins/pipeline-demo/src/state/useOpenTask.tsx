import type { TaskId } from 'backstage-plugin-pipeline-demo-common';
import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';

type OpenTask = readonly [TaskId | undefined, (task?: TaskId) => void];

const OpenTaskContext = createContext<OpenTask>([undefined, () => {}]);

/** Shares which task's details are open; RunSessionProvider includes it. */
export function OpenTaskProvider(props: { readonly children: ReactNode }) {
  const state = useState<TaskId>();
  return (
    <OpenTaskContext.Provider value={state}>
      {props.children}
    </OpenTaskContext.Provider>
  );
}

/** The task whose details are open, and how to open others or none. */
export function useOpenTask(): OpenTask {
  return useContext(OpenTaskContext);
}
