import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
};

/**
 * Serves the files of a folder to this machine; every other address is
 * answered with its index.html, as pages with routes of their own need it.
 *
 * @param port 0 is a free one
 */
export async function serveFolder(folder, port) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = normalize(pathname);
    const { name, content } = await read(folder, file);
    response.writeHead(200, {
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Cache-Control': 'no-cache',
    });
    response.end(content);
  });
  await new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function read(folder, name) {
  try {
    return { name, content: await readFile(join(folder, name)) };
  } catch {
    // No such file: an address of the page.
    const index = 'index.html';
    return { name: index, content: await readFile(join(folder, index)) };
  }
}
