import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/common/random.js';
import type { Args, EventMessage } from '../../../src/ctios/transport.js';
import { ClientSessions } from '../../../src/server/northbound/index.js';
import { TestBed } from '../../support/test-bed.js';
import { TestClient } from './test-client.js';

const FILTERS = [
  '',
  'MessageID=OnCallEstablished',
  'MessageID=23,24,25',
  'MessageID=30',
  'MessageID=OnCallTransferred,OnCallConferenced,OnCallHeld',
  'MessageID=9;SkillGroupNumber=10',
  'SkillGroupNumber=20,30',
  'PeripheralID=5000;MessageID=1*',
  'ConnectionDeviceID=2003',
  'UniqueObjectID=agent.5000.1001',
  'CallStatus=4',
  'ANI=2065550101',
  'HideSilentMonitorCalls;MessageID=14',
] as const;

/** Verifies that each call a client receives has one beginning and one end, whatever its filter. */
function broken(events: readonly EventMessage[]): string[] {
  const wrong: string[] = [];
  const state = new Map<string, 'live' | 'ended'>();
  events.forEach(({ event, args }, index) => {
    const id = args.UniqueObjectID;
    if (typeof id !== 'string' || !id.startsWith('call.')) return;
    const old = args.OldUniqueObjectID;
    if (typeof old === 'string' && state.get(old) === 'live' && old !== id) {
      state.delete(old);
      state.set(id, 'live');
    }
    const life = state.get(id);
    if (event === 'OnCallBegin' || event === 'OnSnapshotCallConf') {
      if (life !== undefined) wrong.push(`${index} ${event} of ${id}, which is ${life}`);
      state.set(id, 'live');
    } else if (life !== 'live') wrong.push(`${index} ${event} of ${id}, which is ${life ?? 'unknown'}`);
    if (event === 'OnCallEnd') state.set(id, 'ended');
  });
  return wrong;
}

function liveCalls(events: readonly EventMessage[]): Set<string> {
  const live = new Set<string>();
  for (const { event, args } of events) {
    const id = String(args.UniqueObjectID ?? '');
    if (!id.startsWith('call.')) continue;
    if (typeof args.OldUniqueObjectID === 'string') live.delete(args.OldUniqueObjectID);
    if (event === 'OnCallEnd') live.delete(id);
    else live.add(id);
  }
  return live;
}

describe('monitor sessions in a busy center', function () {
  this.timeout(60_000);

  for (const seed of [1, 2]) {
    it(`receive each call from beginning to end, whatever their filter (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random.next() * items.length)]!;
      const bed = await TestBed.open({ agents: 8, traffic: 'rush', automatic: true, seed });
      const sessions = new ClientSessions({ server: bed.server, clock: bed.clock, settings: { heartbeatMs: 0 } });
      const clients: TestClient[] = [];
      for (let step = 0; step < 40; step++) {
        if (step < 30) {
          const client = new TestClient(sessions).hello();
          client.forget();
          const snapshot: Args = random.next() < 0.5 ? {} : { MonitorSessionSnapshotMode: 1 };
          client.request('SetMessageFilter', { Filter: pick(FILTERS), ...snapshot });
          clients.push(client);
        }
        // Random actions: consult, transfer, conference, hang up; refusals by the switch do not matter.
        for (let each = 0; each < 3; each++) {
          const agent = String(1001 + Math.floor(random.next() * 8));
          try {
            bed.simulator.run(pick(['consult', 'transfer', 'conference', 'hold', 'retrieve', 'hangUp', 'supervise']), {
              agent,
              to: pick(['2002', '2005', '8002']),
              supervisor: '90001',
              action: pick(['monitor', 'bargeIn', 'clear']),
            });
          } catch {
            // Refused by the switch.
          }
        }
        await bed.run(2_000);
      }
      let calls = 0;
      for (const client of clients) {
        assert.deepEqual(broken(client.events), [], client.accepted.session.filter);
        calls += client.events.filter((event) => event.event === 'OnCallEnd').length;
      }
      assert.ok(calls > 100, `only ${calls} calls were heard of`);
      bed.simulator.run('stopTraffic', {});
      for (let agent = 1001; agent <= 1008; agent++)
        bed.simulator.run('automate', { agents: [String(agent)], on: true });
      await bed.run(120_000);
      const known = new Set([...bed.server.snapshot()].map((event) => event.args.UniqueObjectID));
      assert.equal(sessions.router.liveCalls, [...known].filter((id) => String(id).startsWith('call.')).length);
      for (const client of clients) {
        const left = [...liveCalls(client.events)].filter((id) => !known.has(id));
        assert.deepEqual(left, [], `${client.accepted.session.filter}: never told the end`);
      }
      sessions.stop();
    });
  }
});
