/**
 * The backend of the pipeline demo.
 *
 * @packageDocumentation
 */
export { pipelineDemoPlugin as default } from './plugin';
