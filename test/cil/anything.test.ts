import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import type { CtiosError } from '../../src/ctios/index.js';
import { ALL_UP, type FakeConnection, type FakeServer } from './fake-server.js';
import { SessionHarness } from './helpers.js';

type Step =
  | { do: 'begin' | 'change' | 'rename' | 'end'; call: number }
  | { do: 'unseen begin' | 'unseen change' | 'unseen end'; call: number }
  | { do: 'break' | 'refuse' | 'accept' }
  | { do: 'request'; linkWaitMs: number; answer: 'confirm' | 'fail' | 'twice' | 'late' | 'never' }
  | { do: 'pass'; ms: number };

const call = fc.integer({ min: 0, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('begin', 'change', 'rename', 'end'), call }),
  fc.record({ do: fc.constantFrom('unseen begin', 'unseen change', 'unseen end'), call }),
  fc.record({ do: fc.constantFrom('break', 'refuse', 'accept', 'accept') }),
  fc.record({
    do: fc.constant('request' as const),
    linkWaitMs: fc.constantFrom(0, 2_000, 60_000),
    answer: fc.constantFrom('confirm', 'fail', 'twice', 'late', 'never'),
  }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(100, 5_000, 40_000) }),
) as fc.Arbitrary<Step>;

/** A switch with six lines that reports its calls, or buffers their changes while it is disconnected. */
class Switch {
  /** CallStatus by UniqueObjectID. */
  readonly calls = new Map<string, number>();
  readonly #ids = new Map<number, string>();
  #made = 0;

  id(line: number): string | undefined {
    return this.#ids.get(line);
  }

  begin(line: number): string | undefined {
    if (this.#ids.has(line)) return undefined;
    return this.#name(line, 0);
  }

  change(line: number): string | undefined {
    const id = this.#ids.get(line);
    if (id !== undefined) this.calls.set(id, this.calls.get(id)! + 1);
    return id;
  }

  rename(line: number): { from: string; to: string } | undefined {
    const from = this.#ids.get(line);
    if (from === undefined) return undefined;
    const status = this.calls.get(from)!;
    this.calls.delete(from);
    return { from, to: this.#name(line, status) };
  }

  end(line: number): string | undefined {
    const id = this.#ids.get(line);
    if (id === undefined) return undefined;
    this.calls.delete(id);
    this.#ids.delete(line);
    return id;
  }

  #name(line: number, status: number): string {
    const id = `call.5000.${++this.#made}.${line}`;
    this.#ids.set(line, id);
    this.calls.set(id, status);
    return id;
  }
}

describe('Random events in random order', () => {
  it('result in calls that are reported once, requests that end once and are sent at most once, and the switch’s objects', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const harness = new SessionHarness(2);
        const servers = [harness.a, harness.b];
        const line = new Switch();
        const ends: string[][] = [];
        let late: (() => void)[] = [];
        for (const server of servers) serve(server, line);
        await harness.monitoring();
        const told = [...harness.told];
        harness.session.subscribe('AllInOne', (event) => told.push(event));

        const live = (): FakeConnection | undefined =>
          servers.flatMap((server) => server.connections).find((connection) => !connection.closed);
        const tell = (event: string, args: { UniqueObjectID: string; [key: string]: string | number }) =>
          live()?.event(event, args);

        for (const each of steps) {
          switch (each.do) {
            case 'begin': {
              const id = line.begin(each.call);
              if (id !== undefined) tell('OnCallBegin', { UniqueObjectID: id, CallStatus: 0 });
              break;
            }
            case 'change': {
              const id = line.change(each.call);
              if (id !== undefined) tell('OnCallHeld', { UniqueObjectID: id, CallStatus: line.calls.get(id)! });
              break;
            }
            case 'rename': {
              const renamed = line.rename(each.call);
              if (renamed !== undefined) {
                tell('OnCallDataUpdate', { UniqueObjectID: renamed.to, OldUniqueObjectID: renamed.from });
              }
              break;
            }
            case 'end': {
              const id = line.end(each.call);
              if (id !== undefined) tell('OnCallEnd', { UniqueObjectID: id });
              break;
            }
            case 'unseen begin':
            case 'unseen change':
            case 'unseen end':
              // Only while no session can see it: the connection is cut first.
              live()?.break();
              await harness.settle();
              if (live() !== undefined) live()!.break();
              line[each.do.slice('unseen '.length) as 'begin' | 'change' | 'end'](each.call);
              break;
            case 'break':
              live()?.break();
              break;
            case 'refuse':
            case 'accept':
              for (const server of servers) server.behaviour = each.do;
              break;
            case 'request': {
              const end: string[] = [];
              ends.push(end);
              const number = ends.length;
              for (const server of servers) {
                server.answers.set('MakeCall', (request, connection) => {
                  const { answer } = each;
                  if (answer === 'confirm' || answer === 'twice') connection.confirm(request);
                  if (answer === 'fail' || answer === 'twice') connection.fail(request, 'CF_X', 'No.');
                  if (answer === 'late') late.push(() => connection.confirm(request));
                });
              }
              harness.session
                .request('MakeCall', {
                  target: 'agent.5000.1001',
                  args: { DialedNumber: String(number) },
                  linkWaitMs: each.linkWaitMs,
                })
                .then(
                  () => end.push('confirmed'),
                  (error: CtiosError) => end.push(error.cause.outcome!),
                );
              break;
            }
            case 'pass':
              await harness.advance(each.ms);
              for (const answer of late) answer();
              late = [];
              break;
          }
          await harness.settle();
        }

        for (const server of servers) server.behaviour = 'accept';
        for (let turn = 0; turn < 5; turn++) await harness.advance(60_000);

        equal(harness.session.status.mode, 'monitor');
        deepEqual(
          [...harness.session.calls].map(([id, each]) => [id, each.getValueInt('CallStatus')]).sort(),
          [...line.calls].sort(),
        );
        for (const end of ends) equal(end.length, 1);
        const sent = servers
          .flatMap((server) => server.connections.flatMap((connection) => connection.requests))
          .filter((request) => request.request === 'MakeCall')
          .map((request) => request.args.DialedNumber);
        equal(new Set(sent).size, sent.length, 'a request was sent twice');
        ends.forEach(([outcome], index) => {
          equal(outcome === 'expired', !sent.includes(String(index + 1)), 'expired means never sent');
        });
        checkLives(told);
        deepEqual(harness.errors, []);
      }),
      { numRuns: 120 },
    );
  });
});

function serve(server: FakeServer, line: Switch): void {
  server.answers.set('SetMessageFilter', (request, connection) => {
    for (const [id, CallStatus] of line.calls) {
      connection.event('OnSnapshotCallConf', { UniqueObjectID: id, CallStatus }, true);
    }
    connection.confirm(request, 'OnMonitorModeEstablished', { StatusSystem: ALL_UP });
  });
}

function checkLives(told: SessionHarness['told']): void {
  const alive = new Set<string>();
  const ended = new Set<string>();
  for (const { event, objectId, args } of told) {
    if (objectId === undefined || !objectId.startsWith('call.')) continue;
    const old = args.OldUniqueObjectID;
    if (event === 'OnCallEnd') {
      equal(alive.delete(objectId), true, `${objectId} ended twice, or without a beginning`);
      ended.add(objectId);
    } else if (event === 'OnCallBegin' || event === 'OnSnapshotCallConf') {
      equal(ended.has(objectId), false, `${objectId} came back`);
      alive.add(objectId);
    } else if (typeof old === 'string') {
      equal(alive.delete(old), true, `${old} is renamed, but was not there`);
      alive.add(objectId);
    } else equal(alive.has(objectId), true, `${event} of ${objectId}, which is not there`);
  }
}
