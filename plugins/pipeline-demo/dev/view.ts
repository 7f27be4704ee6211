import { SCENARIOS } from './scenarios';

/** Which state of the page is shown, and how. */
export interface View {
  readonly scenario: string;
  readonly theme: string;
  /** Pixels. */
  readonly width: number;
}

export const THEMES: readonly string[] = ['light', 'dark'];
export const WIDTHS: readonly number[] = [1920, 1440, 1024, 390];

const KEPT = 'pipeline-demo-dev-view';
const FIRST: View = { scenario: 'running-5', theme: 'light', width: 1440 };

/** What the URL says; on pages without a query, what was shown last in this tab. */
export function readView(search: string): View {
  const query = new URLSearchParams(search);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
  const view = {
    ...FIRST,
    ...kept,
    ...(query.has('scenario') ? { scenario: query.get('scenario') } : {}),
    ...(query.has('theme') ? { theme: query.get('theme') } : {}),
    ...(query.has('width') ? { width: Number(query.get('width')) } : {}),
  };
  sessionStorage.setItem(KEPT, JSON.stringify(view));
  return view;
}

/** The page alone, without the switch: inside of it, and for tests. */
export function isPageAlone(search: string, pathname: string): boolean {
  return pathname !== '/' || new URLSearchParams(search).get('chrome') === '0';
}

/** @throws Error with the names of all when there is none of that name */
export function scenarioOf(id: string) {
  const scenario = SCENARIOS.find(one => one.id === id);
  if (!scenario) {
    const names = SCENARIOS.map(one => one.id).join(', ');
    throw new Error(`There is no scenario "${id}": ${names}`);
  }
  return scenario;
}
