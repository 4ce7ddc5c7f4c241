/**
 * The object server's clients: 100 monitor sessions over WebSocket at 1,000 events a second, 2,000 agent-mode sessions,
 * and how many events a second one session takes within the process. The clients run in a process of their own; the
 * CPU time is the server's.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Args } from '../src/ctios/transport.js';
import { agentObjectId, deviceObjectId } from '../src/ctios/unique-object-id.js';
import { ClientSessions, listenForWebSockets, memoryConnector } from '../src/server/index.js';
import type { Audience, ObjectServer, Publication, RequestResult } from '../src/server/object-server.js';
import type { ClientOrder, ClientReport } from './ctios-server/clients.js';
import type { BenchRow } from './row.js';

const MONITORS = 100;
const AGENTS = 2_000;
const EVENTS_PER_SECOND = 1_000;
const SECONDS = 4;
const BURST = 10;
const IN_MEMORY = 500_000;

/** Objects that only say what they are told to. */
class Objects implements ObjectServer {
  #listener: (publication: Publication) => void = () => {};

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listener = listener;
    return () => {};
  }

  publish(event: string, args: Args, to: Audience = {}): void {
    this.#listener({ kind: 'event', event, args, to });
  }

  request(_from: object, request: string, _target: string | undefined, args: Args): Promise<RequestResult> {
    if (request !== 'SetAgent') return Promise.resolve({ outcome: 'confirmed' });
    const AgentID = String(args.AgentID);
    const conf = { UniqueObjectID: agentObjectId(5000, AgentID), PeripheralID: 5000, AgentInstrument: `2${AgentID}` };
    return Promise.resolve({ outcome: 'confirmed', conf: { kind: 'event', event: 'OnSetAgentModeEvent', args: conf } });
  }

  snapshot(): Iterable<Publication> {
    return [];
  }

  release(): void {}

  status() {
    return { online: true, statusSystem: {} };
  }
}

/** As large as a delivered call of Unified CCE. */
function delivered(call: number, device: string, sentAt: number): Args {
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

class Clients {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(join(__dirname, 'ctios-server', 'clients.js'), { stdio: 'inherit' });
  }

  async order(order: ClientOrder): Promise<ClientReport> {
    const answer = once(this.#child, 'message');
    this.#child.send(order);
    return (await answer)[0] as ClientReport;
  }

  stop(): void {
    this.#child.kill();
  }
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

async function inMemory(): Promise<BenchRow> {
  const objects = new Objects();
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
  await monitoring;
  received = 0;
  const args = Array.from({ length: 1000 }, (_, call) => delivered(call, '2001', 0));
  const start = performance.now();
  for (let event = 0; event < IN_MEMORY; event++) {
    objects.publish('OnCallDelivered', args[event % args.length]!);
    if (event % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
  }
  while (received < IN_MEMORY) await new Promise((resolve) => setImmediate(resolve));
  const seconds = (performance.now() - start) / 1000;
  sessions.stop();
  return { what: 'object server to one session in this process', perSecond: IN_MEMORY / seconds };
}

export async function rows(): Promise<BenchRow[]> {
  const result = [await inMemory()];
  const objects = new Objects();
  const sessions = new ClientSessions({ server: objects, settings: { heartbeatMs: 0 } });
  const listener = await listenForWebSockets({ sessions, grants: { allowMonitorControl: false }, port: 0 });
  const clients = new Clients();
  try {
    await clients.order({ connect: MONITORS, mode: 'monitor', url: listener.url });
    const cpu = await load((call) => objects.publish('OnCallDelivered', delivered(call, '2001', now())));
    const all = EVENTS_PER_SECOND * SECONDS * MONITORS;
    const report = await clients.order({ report: all });
    result.push({
      what: `${MONITORS} monitor sessions over WebSocket`,
      perSecond: EVENTS_PER_SECOND,
      p50: report.p50,
      p99: report.p99,
    });
    result.push({
      what: '  delivered of all, CPU of the server, bytes per event',
      figure: `${((100 * report.received) / all).toFixed(2)} %, ${(100 * cpu).toFixed(0)} %, ${report.bytes}`,
    });
    await clients.order({ disconnect: true });

    const start = performance.now();
    await clients.order({ connect: AGENTS, mode: 'agent', url: listener.url });
    const storm = (performance.now() - start) / 1000;
    const agentCpu = await load((call) => {
      const id = 1001 + (call % AGENTS);
      const to = { agent: agentObjectId(5000, String(id)), device: deviceObjectId(5000, `2${id}`) };
      objects.publish('OnCallDelivered', delivered(call, `2${id}`, now()), to);
    });
    const agents = await clients.order({ report: EVENTS_PER_SECOND * SECONDS });
    result.push({
      what: `${AGENTS.toLocaleString('en-US')} agent sessions over WebSocket`,
      perSecond: EVENTS_PER_SECOND,
      p50: agents.p50,
      p99: agents.p99,
    });
    const memory = process.memoryUsage().rss / 1024 ** 2;
    result.push({
      what: '  time for all to connect and set their agents, CPU, memory of the server',
      figure: `${storm.toFixed(1)} s, ${(100 * agentCpu).toFixed(0)} %, ${memory.toFixed(0)} MB`,
    });
  } finally {
    clients.stop();
    sessions.stop();
    await listener.close();
  }
  return result;
}

if (require.main === module) {
  void rows().then(async (made) => {
    const { formatTable } = await import('./row.js');
    process.stdout.write(`${formatTable(made)}\n`);
  });
}
