import { useState } from 'react';
import styles from './DevShell.module.css';
import { SCENARIOS } from './scenarios';
import { THEMES, WIDTHS } from './view';
import type { View } from './view';

/** The switch over the page: which state of it, in which theme, how wide. */
export function DevShell(props: { readonly first: View }) {
  const [view, setView] = useState(props.first);
  const change = (part: Partial<View>) => {
    const next = { ...view, ...part };
    setView(next);
    window.history.replaceState(null, '', `/?${queryOf(next)}`);
  };
  return (
    <div className={styles.shell}>
      <header className={styles.bar}>
        <Choice
          label="Scenario"
          value={view.scenario}
          options={SCENARIOS.map(({ id, title }) => [id, title])}
          onChange={scenario => change({ scenario })}
        />
        <Choice
          label="Theme"
          value={view.theme}
          options={THEMES.map(theme => [theme, theme])}
          onChange={theme => change({ theme })}
        />
        <Choice
          label="Width"
          value={String(view.width)}
          options={WIDTHS.map(width => [String(width), `${width} px`])}
          onChange={width => change({ width: Number(width) })}
        />
      </header>
      <iframe
        key={queryOf(view)}
        className={styles.page}
        title="Page"
        src={`/?${queryOf(view)}&chrome=0`}
        style={{ width: view.width }}
      />
    </div>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  onChange(value: string): void;
}) {
  return (
    <label className={styles.choice}>
      {props.label}
      <select
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
      >
        {props.options.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function queryOf({ scenario, theme, width }: View): string {
  return new URLSearchParams({
    scenario,
    theme,
    width: String(width),
  }).toString();
}
