import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';

type SetTime = (at?: number) => void;

const HoveredTimeContext = createContext<number | undefined>(undefined);
const SetTimeContext = createContext<SetTime>(() => {});

/** Shares the time of what is under the pointer or has the focus; RunSessionProvider includes it. */
export function HoveredTimeProvider(props: { readonly children: ReactNode }) {
  const [at, setAt] = useState<number>();
  return (
    <SetTimeContext.Provider value={setAt}>
      <HoveredTimeContext.Provider value={at}>
        {props.children}
      </HoveredTimeContext.Provider>
    </SetTimeContext.Provider>
  );
}

/** Where the timeline draws its hair line, in epoch milliseconds. */
export function useHoveredTime(): number | undefined {
  return useContext(HoveredTimeContext);
}

/** Sets it; who only sets it does not render again when it changes. */
export function useSetHoveredTime(): SetTime {
  return useContext(SetTimeContext);
}
