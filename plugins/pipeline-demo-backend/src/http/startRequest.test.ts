import { readStartRequest } from './startRequest';

describe('readStartRequest', () => {
  it('takes nothing at all for five batches', () => {
    const five = { batchCount: 5, ifActive: 'attach' };
    expect(readStartRequest(undefined, {})).toEqual(five);
    expect(readStartRequest({}, {})).toEqual(five);
  });

  it('reads all there is', () => {
    expect(
      readStartRequest(
        {
          batch_count: 3,
          ifActive: 'reject',
          entityRef: 'component:default/demo',
        },
        {},
      ),
    ).toEqual({
      batchCount: 3,
      ifActive: 'reject',
      entityRef: 'component:default/demo',
    });
  });

  it('takes the batch count of the query', () => {
    expect(readStartRequest({}, { batch_count: '7' }).batchCount).toBe(7);
    expect(
      readStartRequest({ batchCount: 7 }, { batchCount: '7' }).batchCount,
    ).toBe(7);
  });

  it.each([
    [null, 'must be a JSON object'],
    [[], 'must be a JSON object'],
    ['5', 'must be a JSON object'],
    [5, 'must be a JSON object'],
    [{ batchcount: 3 }, 'but not batchcount.'],
    [{ ifActive: 'maybe' }, 'ifActive must be "attach" or "reject".'],
    [{ ifActive: null }, 'ifActive must be "attach" or "reject".'],
    [{ entityRef: 'demo' }, 'such as "component:default/demo"'],
    [{ entityRef: 5 }, 'such as "component:default/demo"'],
  ])('refuses %p', (body, sentence) => {
    expect(() => readStartRequest(body, {})).toThrow(sentence);
  });

  it('refuses a body and a query that do not agree', () => {
    expect(() =>
      readStartRequest({ batchCount: 3 }, { batchCount: '4' }),
    ).toThrow('The body asks for 3 batches and the query for 4');
  });
});
