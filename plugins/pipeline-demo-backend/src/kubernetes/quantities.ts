const KI = 2 ** 10;

/** What a suffix multiplies with, and the smaller ones divide by: a half is not 500 times a thousandth. */
const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: KI,
  Mi: KI ** 2,
  Gi: KI ** 3,
  Ti: KI ** 4,
  Pi: KI ** 5,
  Ei: KI ** 6,
};
const DIVISORS: Readonly<Record<string, number>> = { m: 1e3, u: 1e6, n: 1e9 };

const QUANTITY =
  /^(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i))?$/;

const MILLICORES = 1000;

/** Of two equally short texts the first is taken. */
const MEMORY_SUFFIXES = ['', 'Ti', 'Gi', 'Mi', 'Ki', 'T', 'G', 'M', 'k'];

/**
 * A quantity of Kubernetes: "2", "500m", "4Gi", "3800M", "1e3".
 *
 * @returns cores, or bytes, or a number of things; undefined for what is none
 */
export function parseQuantity(text: string): number | undefined {
  const [, digits, exponent = '', suffix = ''] =
    QUANTITY.exec(text.trim()) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const number = Number(digits + exponent);
  const divisor = DIVISORS[suffix];
  return divisor === undefined ? number * FACTORS[suffix] : number / divisor;
}

/** "2" or "1500m": what is finer than a thousandth of a core is rounded up, as Kubernetes does. */
export function formatCpu(cores: number): string {
  const millicores = Math.ceil(Number((cores * MILLICORES).toPrecision(12)));
  return millicores % MILLICORES === 0
    ? String(millicores / MILLICORES)
    : `${millicores}m`;
}

/** Bytes, in the shortest words that are exact: "4Gi", "3800M", "1234567". */
export function formatMemory(bytes: number): string {
  const exact = MEMORY_SUFFIXES.filter(suffix => bytes % FACTORS[suffix] === 0);
  return exact
    .map(suffix => `${bytes / FACTORS[suffix]}${suffix}`)
    .reduce((a, b) => (b.length < a.length ? b : a));
}
