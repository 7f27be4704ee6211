import { useAppLocation } from '@backstage/frontend-plugin-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTestApi } from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import { aPreview, runAfter, viewOf } from '../__testUtils__/runs';
import { StartRun } from './StartRun';

function Address() {
  const { pathname } = useAppLocation();
  return <output aria-label="address">{pathname}</output>;
}

const form = (
  <>
    <StartRun focus="none" />
    <Address />
  </>
);
const runButton = () => screen.findByRole('button', { name: /^Run \d/ });

describe('StartRun', () => {
  it('says what the run will need, here and on Kubernetes', async () => {
    renderWithApi(form, createTestApi());
    expect(await screen.findByText('Fits, with waiting.')).toBeInTheDocument();
    expect(
      screen.getByText(/4 of 5 batches at once, the others wait/),
    ).toBeInTheDocument();
    const elsewhere = screen.getByRole('region', {
      name: 'On Kubernetes this run would need',
    });
    expect(elsewhere).toHaveTextContent('peak 7 of 14');
    expect(elsewhere).toHaveTextContent('There is room for all 5 batches');
    expect(
      screen.getByText('Local engine: tasks run as processes on this machine'),
    ).toBeInTheDocument();
  });

  it('follows the slider by keyboard, within 1 and 12', async () => {
    const api = createTestApi();
    renderWithApi(form, api);
    const slider = await screen.findByRole('slider', { name: 'Batches' });
    expect(await runButton()).toHaveTextContent('Run 5 batches');

    slider.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(await runButton()).toHaveTextContent('Run 7 batches');
    expect(screen.getByText('The plan for 7 batches')).toBeInTheDocument();
    expect(screen.getAllByText('7 tasks')).toHaveLength(2);
    expect(await screen.findByText(/of 7 batches at once/)).toBeInTheDocument();
    // What was only passed over was not asked for.
    expect(api.asked.previews).toEqual([5, 7]);

    await userEvent.keyboard('{End}{ArrowRight}');
    expect(await runButton()).toHaveTextContent('Run 12 batches');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(await runButton()).toHaveTextContent('Run 1 batch');
  });

  it('starts once, with a key, and goes to the run', async () => {
    const api = createTestApi();
    renderWithApi(form, api);
    await waitFor(async () => expect(await runButton()).toBeEnabled());
    await userEvent.click(await runButton());
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/pipeline-demo/runs/r4f2',
      ),
    );
    expect(api.asked.starts).toEqual([
      {
        batchCount: 5,
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  it('keeps the key when a start fails, and takes a new one after an answer', async () => {
    let calls = 0;
    const api = createTestApi({
      async startRun({ batchCount }) {
        calls += 1;
        if (calls === 1) {
          throw new Error('The network is down');
        }
        return {
          run: viewOf(runAfter(batchCount)),
          attached: false,
          streamUrl: '',
        };
      },
    });
    renderWithApi(form, api);
    await waitFor(async () => expect(await runButton()).toBeEnabled());
    await userEvent.click(await runButton());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The run was not started: The network is down',
    );
    await userEvent.click(await runButton());
    await userEvent.click(await runButton());
    await waitFor(() => expect(api.asked.starts).toHaveLength(3));
    const [first, second, third] = api.asked.starts.map(
      ({ idempotencyKey }) => idempotencyKey,
    );
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('cannot be started when it cannot fit, and says why', async () => {
    const capacity = {
      basis: 'quota',
      at: 0,
      limit: { cpu: 2.5, memory: 50e9 },
    } as const;
    renderWithApi(
      form,
      createTestApi({ preview: async n => aPreview(n, { capacity }) }),
    );
    expect(await screen.findByText('Cannot fit.')).toBeInTheDocument();
    // What cannot run takes no time.
    expect(screen.queryByText(/^about/)).not.toBeInTheDocument();
    expect(await runButton()).toBeDisabled();
    expect(
      screen.getByRole('note', {
        name: 'The driver and one worker need 3 CPU; the limit is 2.5 CPU.',
      }),
    ).toContainElement(await runButton());
  });

  it('shows an error in its own place, and asks again on request', async () => {
    let fails = true;
    renderWithApi(
      form,
      createTestApi({
        async preview(batchCount) {
          if (fails) {
            throw new Error('no answer');
          }
          return aPreview(batchCount);
        },
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('no answer');
    expect(screen.getByText('The plan for 5 batches')).toBeInTheDocument();
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Fits, with waiting.')).toBeInTheDocument();
  });

  it('gives the button the focus on a first visit', async () => {
    renderWithApi(<StartRun focus="button" />, createTestApi());
    await waitFor(async () => expect(await runButton()).toHaveFocus());
  });
});
