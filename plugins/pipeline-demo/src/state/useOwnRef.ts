import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';

/** Entity ref of the one who looks; undefined until it is known. */
export function useOwnRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const [ref, setRef] = useState<string>();
  useEffect(() => {
    let over = false;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => {
        if (!over) {
          setRef(userEntityRef);
        }
      },
      () => {
        // Nobody is signed in: then there is no "me".
      },
    );
    return () => {
      over = true;
    };
  }, [identity]);
  return ref;
}
