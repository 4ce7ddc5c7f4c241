/** A shortened high availability check, and tests that its checker detects errors. */
import assert from 'node:assert/strict';
import { checkHa } from '../../scripts/ha/check.js';
import { Story } from '../../scripts/ha/story.js';
import { needsNatsServer } from './needs-nats-server.js';

describe('a fully redundant site', function () {
  this.timeout(240_000);

  it('loses no call without a gap and duplicates none when the active Node-RED, then the leading server, is killed', async function () {
    needsNatsServer(this);
    const lines: string[] = [];
    const { calls, lost, doubled } = await checkHa({ rounds: 2, calls: 2, first: 5, log: (line) => lines.push(line) });
    assert.ok(calls > 4);
    assert.deepEqual({ lost, doubled }, { lost: 0, doubled: 0 }, lines.join('\n'));
  });
});

describe('the checker of the high availability check', () => {
  const call = { id: 101, from: '1', at: 1_000_000 };
  const ID = 'call.5000.101.2001';

  function judged(...records: Array<[event: string, args?: object, more?: object]>) {
    const story = new Story();
    for (const [index, [event, args = { UniqueObjectID: ID }, more = {}]] of records.entries()) {
      const body = JSON.stringify({ event, args, epoch: 1, time: 0, ...more });
      story.record({ sequence: index + 1, subject: '', id: '', body });
    }
    return story.judge([call]);
  }

  it('accepts a call that begins, rings and ends once', () => {
    const { lost, wrong, rang } = judged(['OnCallBegin'], ['OnCallDelivered'], ['OnCallEnd']);
    assert.deepEqual([lost, wrong, [...rang]], [[], [], [101]]);
  });

  it('detects a call that is missing and not covered by a gap', () => {
    assert.deepEqual(judged().lost, ['call 101']);
    const gap = (from: number, to: number) => ({ From: new Date(from).toISOString(), To: new Date(to).toISOString() });
    assert.deepEqual(judged(['OnConnectionGap', gap(999_000, 1_002_000)]).lost, []);
    assert.deepEqual(judged(['OnConnectionGap', gap(900_000, 950_000)]).lost, ['call 101']);
  });

  it('detects events that are duplicated, out of order or missing', () => {
    assert.equal(judged(['OnCallBegin'], ['OnCallBegin'], ['OnCallEnd']).wrong.length, 1);
    assert.equal(judged(['OnCallBegin'], ['OnCallDelivered'], ['OnCallDelivered'], ['OnCallEnd']).wrong.length, 1);
    assert.equal(judged(['OnCallBegin'], ['OnCallEnd'], ['OnCallDelivered']).wrong.length, 1);
    assert.equal(judged(['OnCallBegin']).wrong.length, 1);
    const late = { epoch: 0 };
    assert.equal(
      judged(['OnCallBegin'], ['OnCallDelivered', { UniqueObjectID: ID }, late], ['OnCallEnd']).wrong.length,
      1,
    );
  });
});
