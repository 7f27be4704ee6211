import { storageApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider, mockApis } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useKeys, useKeysPreference } from './useKeys';

function Page(props: { readonly onKey: (key: string) => void }) {
  const { onKey } = props;
  const [, setOn] = useKeysPreference();
  useKeys({
    j: () => onKey('j'),
    'g g': () => onKey('g g'),
    Enter: () => onKey('Enter'),
  });
  return (
    <>
      <input aria-label="field" />
      <div role="dialog">
        <button type="button">in a dialog</button>
      </div>
      <button type="button" onClick={() => setOn(false)}>
        off
      </button>
    </>
  );
}

function show() {
  const onKey = jest.fn();
  render(
    <TestApiProvider apis={[[storageApiRef, mockApis.storage()]]}>
      <Page onKey={onKey} />
    </TestApiProvider>,
  );
  return onKey;
}

describe('useKeys', () => {
  it('hears single keys, and two in a row', async () => {
    const onKey = show();
    await userEvent.keyboard('jggx{Enter}');
    expect(onKey.mock.calls.flat()).toEqual(['j', 'g g', 'Enter']);
  });

  it('leaves fields, dialogs, and keys with a modifier alone', async () => {
    const onKey = show();
    await userEvent.type(screen.getByLabelText('field'), 'j');
    screen.getByText('in a dialog').focus();
    await userEvent.keyboard('j');
    screen.getByText('off').focus();
    await userEvent.keyboard('{Control>}j{/Control}');
    expect(onKey).not.toHaveBeenCalled();
  });

  it('leaves Enter to the control that has the focus', async () => {
    const onKey = show();
    screen.getByText('off').focus();
    await userEvent.keyboard('{Enter}');
    expect(onKey).not.toHaveBeenCalled();
  });

  it('can be turned off', async () => {
    const onKey = show();
    await userEvent.click(screen.getByText('off'));
    await userEvent.keyboard('j');
    expect(onKey).not.toHaveBeenCalled();
  });
});
