import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useTaskSelection } from './useTaskSelection';

function open(url: string) {
  const { result } = renderHook(
    () => ({ selection: useTaskSelection(), location: useLocation() }),
    {
      wrapper: (props: { readonly children: ReactNode }) => (
        <MemoryRouter initialEntries={[url]}>{props.children}</MemoryRouter>
      ),
    },
  );
  return {
    selected: () => result.current.selection.selected,
    url: () => result.current.location.search + result.current.location.hash,
    select: (task: string, mode: 'only' | 'toggle') =>
      act(() => result.current.selection.select(task, mode)),
    clear: () => act(() => result.current.selection.clear()),
  };
}

describe('useTaskSelection', () => {
  it('reads the selection of a link', () => {
    expect(open('/?task=ANALYZE:3,GENERATE:3,ANALYZE:3').selected()).toEqual([
      'ANALYZE:3',
      'GENERATE:3',
    ]);
    expect(open('/?task=').selected()).toEqual([]);
  });

  it('writes it so that people can read it, and leaves the rest of the URL alone', () => {
    const { select, url, clear } = open('/?a=b#L3');
    select('ANALYZE:3', 'only');
    select('REPORT', 'toggle');
    expect(url()).toBe('?a=b&task=ANALYZE:3,REPORT#L3');
    select('ANALYZE:3', 'toggle');
    expect(url()).toBe('?a=b&task=REPORT#L3');
    select('driver', 'only');
    expect(url()).toBe('?a=b&task=driver#L3');
    clear();
    expect(url()).toBe('?a=b#L3');
  });
});
