import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  createTestApi,
  type TestAnswers,
} from '../__testUtils__/createTestApi';
import { renderWithApi } from '../__testUtils__/renderWithApi';
import { CheckConnection } from './CheckConnection';

const ANSWER = {
  engine: 'kubernetes',
  checkedAt: '2024-01-01T00:00:00.000Z',
  checks: [
    {
      id: 'server',
      title: 'API server',
      status: 'ok',
      sentence: 'It answers.',
    },
    {
      id: 'claim',
      title: 'Volume',
      status: 'failed',
      sentence: 'There is no claim.',
      repair: 'Make one.',
    },
  ],
} as const;

async function open(answers: TestAnswers) {
  renderWithApi(<CheckConnection />, createTestApi(answers));
  await userEvent.click(
    await screen.findByRole('button', { name: 'Check connection' }),
  );
  return within(await screen.findByRole('dialog'));
}

describe('CheckConnection', () => {
  it('says of each thing how it is, and what to do', async () => {
    const dialog = await open({ check: async () => ANSWER });
    const [server, claim] = await dialog.findAllByRole('listitem');
    expect(server).toHaveTextContent('OKAPI serverIt answers.');
    expect(claim).toHaveTextContent(
      'FailedVolumeThere is no claim.What to do: Make one.',
    );
  });

  it('looks again when it is asked to, and says why it could not', async () => {
    const check = jest
      .fn<Promise<typeof ANSWER>, []>()
      .mockRejectedValueOnce(new Error('Not allowed'))
      .mockResolvedValueOnce(ANSWER);
    const dialog = await open({ check });
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'It could not be checked: Not allowed',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Check again' }));
    expect(await dialog.findAllByRole('listitem')).toHaveLength(2);
    expect(dialog.queryByRole('alert')).not.toBeInTheDocument();
  });
});
