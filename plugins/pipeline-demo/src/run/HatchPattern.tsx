/** Diagonal lines: what waits. Every SVG that uses it defines its own. */
export function HatchPattern(props: { readonly id: string }) {
  return (
    <defs>
      <pattern
        id={props.id}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="5" height="5" fill="var(--pd-track)" />
        <path d="M0 0v5" stroke="var(--pd-edge)" strokeWidth="2" />
      </pattern>
    </defs>
  );
}
