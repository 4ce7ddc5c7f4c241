/**
 * The object server's clients: 100 monitor sessions over WebSocket at 1,000 events a second, 2,000 agent-mode sessions,
 * and how many events a second one session takes within the process. The clients run in a process of their own; the
 * CPU time is the server's.
 */
import type { Args } from '../../src/ctios/transport.js';
import { agentObjectId, deviceObjectId } from '../../src/ctios/unique-object-id.js';
import { ClientSessions, listenForWebSockets, memoryConnector } from '../../src/server/index.js';
import type { Bench, BenchCase } from '../run/bench-case.js';
import type { BenchRow } from '../run/row.js';
import { until, within } from '../run/waits.js';
import { ClientProcess } from './client-process.js';
import { SpokenObjects } from './spoken-objects.js';

const MONITORS = 100;
const AGENTS = 2_000;
const EVENTS_PER_SECOND = 1_000;
const SECONDS = 4;
const BURST = 10;
const IN_MEMORY = 500_000;

/** As large as a delivered call of Unified CCE. */
export function delivered(call: number, device: string, sentAt: number): Args {
  return {
    UniqueObjectID: `call.5000.${call}.${device}`,
    ConnectionDeviceID: device,
    AlertingDeviceID: device,
    CallingDeviceID: '2065550101',
    CalledDeviceID: '8001',
    LastRedirectedDeviceID: '',
    ServiceNumber: 10,
    ServiceID: 6010,
    SkillGroupNumber: 10,
    SkillGroupID: 5010,
    SkillGroupPriority: 1,
    LineType: 0,
    EventCause: 22,
    LocalConnectionState: 2,
    CallStatus: 2,
    EnablementMask: 0x00100001,
    ICMEnterpriseUniqueID: `icm.46347.${call}`,
    DeviceUniqueObjectID: `device.5000.${device}`,
    FilterTarget: 'agent.5000.1001',
    EventTime: sentAt,
  };
}

const now = () => performance.timeOrigin + performance.now();

interface Listening {
  readonly objects: SpokenObjects;
  readonly url: string;
  sessions(): number;
  end(): Promise<void>;
}

/** A listening server, over objects that publish given events. */
export async function listen(bench: Bench): Promise<Listening> {
  const objects = new SpokenObjects();
  const sessions = new ClientSessions({ server: objects, settings: { heartbeatMs: 0 } });
  const listener = await listenForWebSockets({ sessions, grants: { allowMonitorControl: false }, port: 0 });
  const end = () => {
    sessions.stop();
    return listener.close();
  };
  bench.after(end);
  return { objects, url: listener.url, sessions: () => sessions.sessions.size, end };
}

/** Publishes evenly for some seconds. @returns the share of one CPU that it took */
async function load(publish: (call: number) => void): Promise<number> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const all = EVENTS_PER_SECOND * SECONDS;
  for (let call = 0; call < all; call += BURST) {
    for (let each = 0; each < BURST; each++) publish(call + each);
    const due = start + ((call + BURST) / EVENTS_PER_SECOND) * 1000;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000 / (performance.now() - start);
}

async function inMemory(bench: Bench): Promise<BenchRow> {
  const events = bench.count(IN_MEMORY);
  const objects = new SpokenObjects();
  const sessions = new ClientSessions({ server: objects });
  let received = 0;
  let ready = () => {};
  const monitoring = new Promise<void>((resolve) => {
    ready = resolve;
  });
  memoryConnector(sessions, { allowMonitorControl: false }).connect(
    (transport) => {
      transport.onMessage = (message) => {
        if (message.kind === 'event') received++;
        else if (message.kind === 'done') ready();
      };
      transport.send({ kind: 'hello', version: 1, client: 'bench' });
      transport.send({ kind: 'request', id: 1, request: 'SetMessageFilter', args: {}, answerMs: 1000 });
    },
    () => {},
  );
  await within('the monitor mode of the session', monitoring);
  received = 0;
  const args = Array.from({ length: 1000 }, (_, call) => delivered(call, '2001', 0));
  const start = performance.now();
  for (let event = 0; event < events; event++) {
    objects.publish('OnCallDelivered', args[event % args.length]!);
    if (event % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
  }
  await until('the last event', () => (received < events ? undefined : received), { everyMs: 0 });
  const seconds = (performance.now() - start) / 1000;
  sessions.stop();
  return { what: 'object server to one session in this process', perSecond: events / seconds };
}

const inMemoryCase: BenchCase = {
  name: 'session-in-memory',
  about: 'object server to one session in this process',
  run: async (bench) => [await inMemory(bench)],
};

const monitors: BenchCase = {
  name: 'monitors',
  about: `${MONITORS} monitor sessions over WebSocket at ${EVENTS_PER_SECOND} events a second`,
  async run(bench) {
    const { objects, url } = await listen(bench);
    const clients = new ClientProcess(bench);
    await clients.order('the monitor mode of all clients', { connect: MONITORS, mode: 'monitor', url });
    const cpu = await load((call) => objects.publish('OnCallDelivered', delivered(call, '2001', now())));
    const all = EVENTS_PER_SECOND * SECONDS * MONITORS;
    const report = await clients.order('the events at all clients', { report: all });
    if (report.received < all) throw new Error(`${all - report.received} of ${all} events did not arrive`);
    return [
      {
        what: `${MONITORS} monitor sessions over WebSocket, ${EVENTS_PER_SECOND.toLocaleString('en-US')} per second`,
        figure: `${(100 * cpu).toFixed(0)} % of a core, ${report.bytes} bytes per event`,
        p50: report.p50,
        p99: report.p99,
        aim: '12 % of a core',
      },
    ];
  },
};

const agents: BenchCase = {
  name: 'agents',
  about: `${AGENTS} agent sessions over WebSocket: log in at once, then ${EVENTS_PER_SECOND} events a second`,
  async run(bench) {
    const { objects, url } = await listen(bench);
    const clients = new ClientProcess(bench);
    const start = performance.now();
    await clients.order('the agent mode of all clients', { connect: AGENTS, mode: 'agent', url });
    const seconds = (performance.now() - start) / 1000;
    const cpu = await load((call) => {
      const id = 1001 + (call % AGENTS);
      const to = { agent: agentObjectId(5000, String(id)), device: deviceObjectId(5000, `2${id}`) };
      objects.publish('OnCallDelivered', delivered(call, `2${id}`, now()), to);
    });
    const all = EVENTS_PER_SECOND * SECONDS;
    const report = await clients.order('the events at their agents', { report: all });
    if (report.received < all) throw new Error(`${all - report.received} of ${all} events did not arrive`);
    return [
      {
        what: `${AGENTS.toLocaleString('en-US')} agents connect and log in at once`,
        figure: `${seconds.toFixed(1)} s`,
        aim: 'all, under 3 s',
      },
      {
        what: `${AGENTS.toLocaleString('en-US')} agent sessions over WebSocket, ${EVENTS_PER_SECOND.toLocaleString('en-US')} per second`,
        figure: `${(100 * cpu).toFixed(0)} % of a core, memory of the server ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
        p50: report.p50,
        p99: report.p99,
      },
    ];
  },
};

export const sessionCases: readonly BenchCase[] = [inMemoryCase, monitors, agents];
