/** Where the objects of runs are, and whose they are. */
export interface RunPlace {
  readonly namespace: string;
  /** Tells this portal from every other one: the same for all who share its database. */
  readonly portal: string;
}
