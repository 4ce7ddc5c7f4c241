/** Tests the check of gaps in the chaos runs. */
import assert from 'node:assert/strict';
import type { CilEvent } from '../../src/cil/index.js';
import { gaps } from './story-checker.js';

const LINK_LOST = 13;
const OFFLINE = 4;
const ONLINE = 3;

function story(...told: ReadonlyArray<readonly [id: number, peripheral?: number] | 'gap'>): CilEvent[] {
  return told.map((each, sequence) =>
    each === 'gap'
      ? { event: 'OnConnectionGap', sequence, args: { CallsNew: 0, CallsChanged: 0, CallsEnded: 0, AgentsChanged: 0 } }
      : { event: 'OnCTIOSFailure', sequence, args: { SystemEventID: each[0], SystemEventArg1: each[1] } },
  ) as unknown as CilEvent[];
}

describe('a gap in the events of a chaos run', () => {
  it('is reported once for the link, and once for a peripheral that was away during the snapshot', () => {
    const both = story([LINK_LOST], [ONLINE, 5000], [OFFLINE, 5000], 'gap', [ONLINE, 5000], 'gap');
    assert.deepEqual(gaps(both), []);
    assert.deepEqual(gaps(both.slice(0, -1)), ['a gap was never reported']);
  });

  it('is wrong if there was none', () => {
    assert.equal(gaps(story([LINK_LOST], [ONLINE, 5000], 'gap', 'gap')).length, 1);
    assert.equal(gaps(story([OFFLINE, 5000], [ONLINE, 5000], 'gap', 'gap')).length, 1);
  });
});
