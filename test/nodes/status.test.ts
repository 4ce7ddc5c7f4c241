import assert from 'node:assert/strict';
import {
  STATUS_BURST,
  STATUS_PERIOD_MS,
  type StatusKey,
  StatusLine,
  shorten,
} from '../../nodes/shared/status/status.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';

function line(
  translate = (key: string, values?: object) => key.replace(/^.*status\./, '') + Object.values(values ?? {}).join(),
) {
  const clock = new VirtualClock();
  const shown: { fill: string; shape: string; text: string }[] = [];
  const status = new StatusLine({ status: (each) => void shown.push(each) }, translate, clock);
  return { clock, shown, status };
}

describe('the status of a node', () => {
  it('is shown at once, in the look that its word has everywhere', () => {
    const { shown, status } = line();
    status.show('reconnecting');
    assert.deepEqual(shown, [{ fill: 'red', shape: 'ring', text: 'reconnecting' }]);
  });
  it('is not shown again when it is the same', () => {
    const { shown, status } = line();
    status.show('events', { count: 1 });
    status.show('events', { count: 1 });
    status.show('events', { count: 2 });
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['events1', 'events2'],
    );
  });
  it('is slowed down when many come, and the last one is shown', () => {
    const { clock, shown, status } = line();
    for (let count = 1; count <= 100; count++) status.show('events', { count });
    assert.equal(shown.length, STATUS_BURST);
    clock.advance(STATUS_PERIOD_MS);
    assert.equal(shown.at(-1)!.text, 'events100');
    assert.equal(shown.length, STATUS_BURST + 1);
  });
  for (const [code, reason, text] of [
    ['E_CTI_INVALID_PASSWORD', 'the CTI Server at 10.0.0.1:42027 refused the password', 'short.wrongPassword'],
    ['CTIOS_CONNECT_FAILED', 'the host cti-a was not found: check the name (ENOTFOUND)', 'short.hostNotFound'],
    ['CTIOS_CONNECT_FAILED', '10.0.0.1:42027 refused the connection (ECONNREFUSED)', 'short.connectionRefused'],
    ['CTIOS_CONNECT_FAILED', "Hostname/IP does not match certificate's altnames", 'short.tlsWrongName'],
    ['CTIOS_NO_OBJECT', 'Login: no agent 1009 is known on peripheral 5000.', 'short.agentUnknown'],
    ['CTIOS_NO_OBJECT', 'Hold: there is no call call.5000.1.2001 (any more).', 'short.noObject'],
    ['CTIOS_MISSING_ARGUMENT', 'SetAgentState: AgentState is missing.', 'short.argumentMissing'],
  ] as const) {
    it(`says in a few fixed words: ${reason}`, () => {
      const { shown, status } = line();
      status.show('error', { code, reason });
      assert.equal(shown[0]!.text, shorten(text));
    });
  }
  it('gives a refusal of the switch by its words', () => {
    const { shown, status } = line((_, values) => String((values as { code: string }).code));
    status.show('error', { code: 'CF_RESOURCE_BUSY', reason: 'the switch refused' });
    assert.equal(shown[0]!.text, 'resource busy');
  });
  it('leaves no timer behind', () => {
    const { clock, status } = line();
    for (const key of ['ready', 'offline'] as StatusKey[]) status.show(key);
    status.dispose();
    assert.equal(clock.pending, 0);
  });
  it('has at most twenty characters, whole ones', () => {
    assert.equal(shorten('x'.repeat(20)), 'x'.repeat(20));
    assert.equal(shorten('x'.repeat(21)), `${'x'.repeat(19)}…`);
    assert.equal([...shorten('😀'.repeat(30))].length, 20);
  });
});
