import { deepEqual } from 'node:assert/strict';
import type { Args } from '../../src/ctios/index.js';
import { type ToldObject, ToldObjects } from '../../src/stream/told-objects.js';

const AGENT = 'agent.5000.1001';
const WHO = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001' };
const NOT_READY = 2;
const SECOND = 1000;

/** Events of the log, one sequence number and so many seconds after the other, and the bucket that results. */
class Log {
  readonly told = new ToldObjects();
  readonly bucket = new Map<string, ToldObject>();
  #sequence = 0;

  at(second: number, event: string, args: Args, recovered?: true): void {
    const changed = this.told.apply(
      { event, args, ...(recovered && { recovered }) },
      ++this.#sequence,
      second * SECOND,
    );
    for (const object of changed) this.bucket.set(object.id, JSON.parse(JSON.stringify(object)) as ToldObject);
  }

  /** StateDuration for a reader that has followed the log, and for one that starts from the bucket. */
  durations(second: number): unknown[] {
    const restored = new ToldObjects();
    restored.restoreAll(this.bucket.values());
    return [this.told, restored].map((told) => {
      const [agent] = [...told.snapshot(second * SECOND)];
      return agent?.args.StateDuration;
    });
  }
}

describe('The duration of an agent state for a reader of the event stream that starts', () => {
  it('counts from the event of the change, not from the last event about the agent', () => {
    const log = new Log();
    log.at(100, 'OnAgentStateChange', { ...WHO, AgentState: NOT_READY, StateDuration: 3 });
    log.at(120, 'OnAgentInfoEvent', { ...WHO, AgentFirstName: 'Ada', AgentLastName: 'Ash' });
    deepEqual(log.durations(160), [63, 63]);
  });

  it('is missing if the state was first found in a snapshot', () => {
    const log = new Log();
    log.at(100, 'OnQueryAgentStateConf', { ...WHO, AgentState: NOT_READY }, true);
    deepEqual(log.durations(160), [undefined, undefined]);
  });

  it('is missing after a gap, until the switch reports it', () => {
    const log = new Log();
    log.at(100, 'OnAgentStateChange', { ...WHO, AgentState: NOT_READY, StateDuration: 0 });
    const [From, To] = [150, 155].map((second) => new Date(second * SECOND).toISOString()) as [string, string];
    log.at(155, 'OnConnectionGap', { From, To, Reason: 'stream' });
    deepEqual(log.durations(160), [undefined, undefined]);
    log.at(200, 'OnAgentStateChange', { ...WHO, AgentState: NOT_READY, StateDuration: 20 });
    deepEqual(log.durations(210), [30, 30]);
  });

  it('is not that of the state before', () => {
    const log = new Log();
    log.at(100, 'OnAgentStateChange', { ...WHO, AgentState: NOT_READY, StateDuration: 300 });
    log.at(110, 'OnAgentStateChange', { ...WHO, AgentState: 3 }, true);
    deepEqual(log.durations(160), [undefined, undefined]);
  });
});
