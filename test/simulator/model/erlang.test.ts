import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/common/random.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { ContactCenter } from '../../../src/simulator/model/contact-center.js';
import { AutomaticAgents } from '../../../src/simulator/model/site/automatic-agents.js';
import { DEFAULT_PERIPHERAL_ID, defaultWorld } from '../../../src/simulator/model/site/default-site.js';
import { Traffic } from '../../../src/simulator/model/site/traffic.js';

/** Erlang C: the probability that a call waits, for `servers` agents and `load` erlangs. */
function erlangC(servers: number, load: number): number {
  let term = 1;
  let sum = 1;
  for (let index = 1; index < servers; index++) {
    term *= load / index;
    sum += term;
  }
  const last = ((term * load) / servers) * (servers / (servers - load));
  return last / (sum + last);
}

describe('the queue', () => {
  it('matches Erlang C: probability of waiting and mean wait within 5 %', () => {
    const servers = 5;
    const meanTalkMs = 100_000;
    const betweenMs = 32_000;
    const clock = new VirtualClock();
    const base = defaultWorld({ agents: servers });
    const center = new ContactCenter({
      clock,
      random: seededRandom(1),
      config: {
        ...base,
        agents: base.agents.map((each) => ({ ...each, skills: [{ skillGroupNumber: 10, priority: 1 }] })),
        devices: base.devices.filter((each) => each.kind === 'agentPhone'),
        dialedNumbers: base.dialedNumbers.map((each) => ({ ...each, treatment: undefined })),
        deskSettings: base.deskSettings.map((each) => ({ ...each, autoAnswer: true, wrapupIncoming: 'notAllowed' })),
        switch: { ...base.switch, offerMs: 0 },
      },
    });
    const constant = { kind: 'constant', ms: 0 } as const;
    new AutomaticAgents(center, clock, seededRandom(2), {
      answer: constant,
      wrapup: constant,
      rest: constant,
      talk: { kind: 'exponential', meanMs: meanTalkMs },
    }).start();

    let queued = 0;
    let waitedMs = 0;
    const since = new Map<number, number>();
    center.listen((event) => {
      if (event.kind === 'callQueued') since.set(event.callId, event.time);
      if (event.kind !== 'callDequeued') return;
      queued++;
      waitedMs += event.time - since.get(event.callId)!;
      since.delete(event.callId);
    });
    const traffic = new Traffic(center, clock, seededRandom(3), {
      peripheralId: DEFAULT_PERIPHERAL_ID,
      first: constant,
      between: { kind: 'exponential', meanMs: betweenMs },
      patience: { kind: 'never' },
      callers: [{ ani: '2065550101', name: '', dialedNumber: '8001', reason: '' }],
    });
    traffic.start();
    const calls = 40_000;
    clock.advance(calls * betweenMs);

    const probability = erlangC(servers, meanTalkMs / betweenMs);
    const meanWaitMs = probability / (servers / meanTalkMs - 1 / betweenMs);
    within(queued / traffic.placed, probability, 'probability of waiting');
    within(waitedMs / traffic.placed, meanWaitMs, 'mean wait');
  });
});

function within(measured: number, expected: number, what: string): void {
  const error = Math.abs(measured / expected - 1);
  assert.ok(error < 0.05, `${what}: ${measured} instead of ${expected} (${(error * 100).toFixed(1)} %)`);
}
