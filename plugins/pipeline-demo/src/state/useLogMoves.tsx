import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

/** Where the log is wanted: at a time in epoch milliseconds, or at its end. */
export type LogPlace = { readonly at: number } | 'end';

type SetPlace = (place: LogPlace | undefined) => void;

const PlaceContext = createContext<LogPlace | undefined>(undefined);
const SetPlaceContext = createContext<SetPlace>(() => {});

/** Lets other regions move the log; RunSessionProvider includes it. */
export function LogMovesProvider(props: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<LogPlace>();
  return (
    <SetPlaceContext.Provider value={setPlace}>
      <PlaceContext.Provider value={place}>
        {props.children}
      </PlaceContext.Provider>
    </SetPlaceContext.Provider>
  );
}

/** Moves the log: at once, or when it is on the page again. */
export function useMoveLog(): (place: LogPlace) => void {
  return useContext(SetPlaceContext);
}

/** For the log itself: goes where it is wanted. */
export function useLogMoves(moves: {
  /** The first line that was written at a time or after it. */
  lineAt(at: number): Promise<number>;
  /** Brings a line to the middle, and stays there. */
  open(line: number): void;
  toEnd(): void;
}): void {
  const place = useContext(PlaceContext);
  const setPlace = useContext(SetPlaceContext);
  const latest = useRef(moves);
  latest.current = moves;
  useEffect(() => {
    if (place === undefined) {
      return undefined;
    }
    if (place === 'end') {
      latest.current.toEnd();
      setPlace(undefined);
      return undefined;
    }
    let over = false;
    latest.current.lineAt(place.at).then(
      line => {
        if (!over) {
          latest.current.open(line);
          setPlace(undefined);
        }
      },
      () => {
        // The store did not answer: the log stays where it is.
        if (!over) {
          setPlace(undefined);
        }
      },
    );
    return () => {
      over = true;
    };
  }, [place, setPlace]);
}
