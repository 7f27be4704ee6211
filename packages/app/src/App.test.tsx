import { render, screen } from '@testing-library/react';
import App from './App';

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
  expect(await screen.findByText('Enter')).toBeInTheDocument();
});
