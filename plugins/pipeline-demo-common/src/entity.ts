/** The annotation that marks a catalog entity as showing the demo pipeline: "true". @public */
export const PIPELINE_DEMO_ANNOTATION = 'pipeline-demo/enabled';

/** Whether an entity shows the demo pipeline. @public */
export function isPipelineDemoAvailable(entity: {
  readonly metadata: {
    readonly annotations?: Readonly<Record<string, string>>;
  };
}): boolean {
  return entity.metadata.annotations?.[PIPELINE_DEMO_ANNOTATION] === 'true';
}
