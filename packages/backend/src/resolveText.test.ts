import { createMockDirectory } from '@backstage/backend-test-utils';
import { resolveText } from './resolveText';

describe('resolveText', () => {
  const folder = createMockDirectory({
    content: {
      'repo/catalog-info.yaml': '',
      'repo/plugins/openapi.yaml': 'openapi: 3.1.0',
      'secret.txt': 'hidden',
    },
  });
  const emit = jest.fn();
  const read = jest.fn(async (url: string) => Buffer.from(`content of ${url}`));
  const resolveUrl = (url: string, base: string) =>
    new URL(url, base).toString();

  const resolveIn = (baseUrl: string, value: string | number) =>
    resolveText({ key: 'text', value, baseUrl, read, resolveUrl, emit });

  afterEach(() => jest.clearAllMocks());

  it('reads a file below the catalog file, and follows its changes', async () => {
    await expect(
      resolveIn(
        folder.resolve('repo/catalog-info.yaml'),
        './plugins/openapi.yaml',
      ),
    ).resolves.toBe('openapi: 3.1.0');
    expect(emit).toHaveBeenCalledWith(
      expect.objectContaining({
        type: 'refresh',
        key: expect.stringMatching(/^file:.*repo\/plugins\/openapi\.yaml$/),
      }),
    );
    expect(read).not.toHaveBeenCalled();
  });

  it.each([
    ['a relative path', () => '../secret.txt'],
    ['an absolute path', () => folder.resolve('secret.txt')],
  ])('does not read what is outside: %s', async (_, value) => {
    await expect(
      resolveIn(folder.resolve('repo/catalog-info.yaml'), value()),
    ).rejects.toThrow('leads out of');
  });

  it('reads a URL relative to a catalog file that came from a URL', async () => {
    await expect(
      resolveIn('https://git.example/repo/catalog-info.yaml', './a.yaml'),
    ).resolves.toBe('content of https://git.example/repo/a.yaml');
  });

  it('wants a string', async () => {
    await expect(
      resolveIn(folder.resolve('repo/catalog-info.yaml'), 7),
    ).rejects.toThrow('needs a path or a URL');
  });
});
