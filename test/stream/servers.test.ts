/**
 * Two `ctios-server` processes on one simulated contact center, and a real nats-server: the content of the stream when
 * one of them fails.
 */
import assert from 'node:assert/strict';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { ServerProcess } from '../../scripts/ha/server-process.js';
import { systemClock } from '../../src/common/clock.js';
import { Simulator } from '../../src/simulator/index.js';
import { NatsEngine } from '../../src/stream/nats/nats-engine.js';
import { isEvent, readRecord, type StreamEvent } from '../../src/stream/stream-event.js';
import { needsNatsServer } from './needs-nats-server.js';

describe('two servers of a site on NATS', function () {
  this.timeout(120_000);
  let nats: NatsServer;
  let simulator: Simulator;
  let reader: NatsEngine;
  const servers: ServerProcess[] = [];
  const stored: Array<StreamEvent & { sequence: number }> = [];
  let wake = (): void => {};

  beforeEach(async function () {
    needsNatsServer(this);
    stored.length = 0;
    nats = await new NatsServer().start();
    simulator = new Simulator({ agents: 5, traffic: 'off', automatic: false });
    const { portA } = await simulator.start();
    for (const agent of ['1001', '1002', '1003', '1004']) {
      simulator.run('loginAgent', { agent });
      simulator.run('setAgentState', { agent, state: 'Available' });
    }
    for (const name of ['side-a', 'side-b']) servers.push(await new ServerProcess(name, portA, nats.url).started());
    await Promise.race(servers.map((server) => server.logged('stream leader')));
    reader = new NatsEngine({ servers: [nats.url], site: 'site', name: 'test' }, systemClock, () => {});
    reader.start();
    await new Promise<void>((resolve) => void reader.onConnected(() => resolve()));
    await reader.consumers.create('test_1', 1);
    await reader.consumers.consume(
      'test_1',
      (record) => {
        const event = readRecord(record);
        if (event !== undefined && isEvent(event)) stored.push({ ...event, sequence: record.sequence });
        wake();
      },
      () => {},
    );
  });

  afterEach(async () => {
    await reader?.close();
    for (const server of servers.splice(0)) server.kill('SIGKILL');
    await simulator?.stop();
    await nats?.remove();
  });

  const until = async (what: string, fulfilled: () => boolean): Promise<void> => {
    while (!fulfilled()) await new Promise<void>((resolve) => (wake = resolve));
    assert.ok(fulfilled(), what);
  };
  const count = (event: string): number => stored.filter((each) => each.event === event).length;
  const leader = (): ServerProcess => servers.find((server) => server.leads)!;

  it('take over from each other when the leader is killed, with every event of a call once and one gap', async () => {
    const { call } = simulator.run('placeCall', { from: '4155550100', to: '8001' }) as { call: number };
    await until('the call is there', () => count('OnCallDelivered') === 1);
    const other = servers.find((server) => !server.leads)!;
    leader().kill('SIGKILL');
    await other.logged('stream leader');
    await until('the gap is told', () => count('OnConnectionGap') === 1);
    assert.equal(count('OnCallBegin'), 1);
    const { args } = stored.find(({ event }) => event === 'OnConnectionGap')!;
    assert.deepEqual([args.CallsNew, args.CallsChanged, args.CallsEnded, args.AgentsChanged], [0, 0, 0, 0]);
    simulator.run('hangUp', { call });
    await until('the call is over', () => count('OnCallEnd') > 0);
    assert.equal(new Set(stored.map(({ epoch }) => epoch)).size, 2);
  });

  it('reject what a leader publishes when it resumes after being suspended for ten seconds', async () => {
    const stopped = leader();
    const other = servers.find((server) => server !== stopped)!;
    stopped.kill('SIGSTOP');
    await other.logged('stream leader');
    simulator.run('placeCall', { from: '4155550100', to: '8001' });
    await until('the call is there', () => count('OnCallDelivered') === 1);
    stopped.kill('SIGCONT');
    await stopped.logged('not stream leader');
    simulator.run('placeCall', { from: '4155550101', to: '8001' });
    await until('the other call is there', () => count('OnCallDelivered') === 2);
    const epochs = stored.map(({ epoch }) => epoch);
    assert.deepEqual(
      epochs,
      [...epochs].sort((a, b) => a - b),
      'no event of an epoch comes behind a later one',
    );
    assert.equal(count('OnCallBegin'), 2);
  });
});
