const BYTES_PER_GIB = 2 ** 30;

/** Cores: `4.5` */
export function formatCpu(cores: number): string {
  return String(Math.round(cores * 10) / 10);
}

/** Bytes in GiB, without the unit: `3.7` */
export function formatGib(bytes: number): string {
  return String(Math.round((bytes / BYTES_PER_GIB) * 10) / 10);
}
