import { render, screen } from '@testing-library/react';
import App from './App';

/** All pages of the portal are loaded first. */
const PATIENCE_MS = 60_000;
jest.setTimeout(2 * PATIENCE_MS);

it('offers the pipeline demo, the catalog and the APIs', async () => {
  process.env = {
    NODE_ENV: 'test',
    APP_CONFIG: [
      {
        data: {
          app: { title: 'Demo portal' },
          backend: { baseUrl: 'http://localhost:7007' },
        },
        context: 'test',
      },
    ] as unknown as string,
  };
  render(App.createRoot());
  expect(
    await screen.findByText('Enter', {}, { timeout: PATIENCE_MS }),
  ).toBeInTheDocument();
});
