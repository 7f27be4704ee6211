/**
 * The domain of the pipeline demo, shared by the page and the server: pure
 * functions and types, without clocks, randomness or I/O.
 *
 * @packageDocumentation
 */
export * from './task';
export * from './report';
export * from './run';
export * from './event';
export * from './log';
export * from './plan';
export * from './resources';
export * from './forecast';
export { NOMINAL_DURATIONS, durationsFrom, pastDurations } from './durations';
export type { MeasuredDurations } from './durations';
export * from './formatDuration';
export * from './reduce';
export * from './progress';
export * from './timeLeft';
export { newestAttempt } from './moveTask';
export * from './check';
export * from './diagnose';
export { diagnoseDriver } from './diagnoseDriver';
export type { Diagnosis } from './diagnosis';
export { DRIVER_PHASES } from './driver';
export type { DriverPhase, DriverState } from './driver';
export * from './splitLines';
export * from './stream';
export * from './permissions';
export * from './entity';
export * from './view';
