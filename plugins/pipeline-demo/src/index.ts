/**
 * The page of the pipeline demo and its tab on catalog entities.
 *
 * @packageDocumentation
 */
export { pipelineDemoPlugin as default } from './plugin';
export { pipelineDemoApiRef } from './api/PipelineDemoApi';
export type {
  Connection,
  HistoryRequest,
  LogDownloadRequest,
  LogSearchRequest,
  LogSearchResult,
  PipelineDemoApi,
  RunStreamHandle,
  StartRunRequest,
  StreamOptions,
} from './api/PipelineDemoApi';
export { pipelineDemoTranslationRef } from './translation';
