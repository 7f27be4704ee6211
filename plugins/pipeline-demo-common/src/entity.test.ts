import { isPipelineDemoAvailable, PIPELINE_DEMO_ANNOTATION } from './entity';

const entity = (annotations?: Record<string, string>) => ({
  metadata: { name: 'demo', annotations },
});

it('is shown on entities with the annotation, and on no other', () => {
  expect(PIPELINE_DEMO_ANNOTATION).toBe('pipeline-demo/enabled');
  const annotated = (value: string) =>
    isPipelineDemoAvailable(entity({ 'pipeline-demo/enabled': value }));
  expect(annotated('true')).toBe(true);
  expect(annotated('false')).toBe(false);
  expect(annotated('')).toBe(false);
  expect(isPipelineDemoAvailable(entity({}))).toBe(false);
  expect(isPipelineDemoAvailable(entity())).toBe(false);
});
