import { pipelineDemoPermissions } from './permissions';

it('has one permission to see, one to start and one to cancel', () => {
  expect(
    pipelineDemoPermissions.map(({ name, attributes, type }) => [
      name,
      attributes.action,
      type,
    ]),
  ).toEqual([
    ['pipelineDemo.run.view', 'read', 'basic'],
    ['pipelineDemo.run.start', 'create', 'basic'],
    ['pipelineDemo.run.cancel', 'delete', 'basic'],
  ]);
});
