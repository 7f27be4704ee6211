import { useEffect } from 'react';

/** The tab's title while the page is shown; then the former one again. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    const former = document.title;
    return () => {
      document.title = former;
    };
  }, []);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
