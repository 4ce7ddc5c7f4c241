/**
 * The event stream on a real nats-server on this machine: how many events a second one server publishes, and how long an
 * event takes from the object server to a listener of a session, over NATS and beside it over WebSocket. All of it but the
 * nats-server runs in this process.
 */

import { hasNatsServer, NatsServer } from '../scripts/ha/nats-server.js';
import { Session, webSocketConnector } from '../src/cil/index.js';
import { systemClock } from '../src/common/clock.js';
import { NO_MASK } from '../src/ctios/mask.js';
import type { Args } from '../src/ctios/transport.js';
import { GroupReader, NatsEngine, StreamPublisher } from '../src/stream/index.js';
import { delivered, listen } from './ctios-server/sessions.js';
import { SpokenObjects } from './ctios-server/spoken-objects.js';
import type { Bench, BenchCase } from './run/bench-case.js';
import type { BenchRow } from './run/row.js';
import { within } from './run/waits.js';

const BURST = 40_000;
const EVENTS = 4_000;
const PER_SECOND = 400;
const EACH_MS = 1_000 / PER_SECOND;
const now = () => performance.timeOrigin + performance.now();

export const eventStream: BenchCase = {
  name: 'event-stream',
  about: `the event stream on NATS JetStream: publishing, and latency at ${PER_SECOND} events a second beside WebSocket`,
  async run(bench) {
    if (!hasNatsServer) throw new Error('nats-server is not installed');
    const nats = await new NatsServer().start();
    bench.after(() => nats.remove());
    const objects = new SpokenObjects();
    const publisher = await publish(bench, nats, objects);
    const rate = { ...(await burst(bench, publisher, objects)), figure: await size(engineOf(bench, nats, 'size')) };
    const stream = await latency(bench, 'NATS', objects, readStream(bench, nats));
    const { objects: others, url } = await listen(bench);
    const socket = await latency(bench, 'WebSocket', others, new Session({ connectors: [webSocketConnector(url)] }));
    const to = 'WebSocket';
    return [rate, socket, { ...stream, ratio: { to, value: stream.p50! / socket.p50! } }];
  },
};

const engineOf = (bench: Bench, nats: NatsServer, name: string, more: object = {}): NatsEngine => {
  const engine = new NatsEngine({ servers: [nats.url], site: 'bench', name, ...more }, systemClock, () => {});
  bench.after(() => engine.close());
  engine.start();
  return engine;
};

async function publish(bench: Bench, nats: NatsServer, server: SpokenObjects): Promise<StreamPublisher> {
  const engine = engineOf(bench, nats, 'server', { create: { replicas: 1, maxAgeMs: 3_600_000 } });
  let leads = (): void => {};
  const leading = new Promise<void>((resolve) => {
    leads = resolve;
  });
  const publisher = new StreamPublisher({
    ...{ engine, server, site: 'bench', name: 'server', clock: systemClock, mask: NO_MASK },
    report: ({ what }) => {
      if (what === 'leading') leads();
    },
  });
  bench.after(() => publisher.stop());
  publisher.start();
  await within('the leader', leading);
  return publisher;
}

/** As fast as the stream confirms them. */
async function burst(bench: Bench, publisher: StreamPublisher, objects: SpokenObjects): Promise<BenchRow> {
  const events = bench.count(BURST);
  const begin = performance.now();
  const before = publisher.figures.published;
  for (let call = 0; call < events; call++) objects.publish('OnCallDelivered', delivered(call % 1_000, '2001', 0));
  const stored = (async () => {
    while (publisher.figures.waiting > 0) await new Promise((turn) => setTimeout(turn, 1));
  })();
  await within('the events stored', stored);
  const seconds = (performance.now() - begin) / 1_000;
  return {
    what: 'event stream: events published to NATS JetStream by one server',
    perSecond: (publisher.figures.published - before) / seconds,
  };
}

/** What an event takes in the stream, its subject, headers and index included. */
async function size(engine: NatsEngine): Promise<string> {
  const { manager } = await within('the connection', connected(engine));
  const { state } = await manager.streams.info('CTIOS_bench');
  return `${Math.round(state.bytes / state.messages)} bytes each`;
}

async function connected(engine: NatsEngine) {
  await new Promise<void>((resolve) => void engine.onConnected(() => resolve()));
  return engine.get();
}

function readStream(bench: Bench, nats: NatsServer): Session {
  const engine = engineOf(bench, nats, 'reader');
  const reader = new GroupReader({ engine, site: 'bench', group: 'bench', name: 'reader', clock: systemClock });
  bench.after(() => reader.stop());
  const session = new Session({ connectors: [reader.connector({ allowMonitorControl: false })], heartbeatMs: 0 });
  session.onStatus(({ state, mode }) => reader.listen(state === 'ready' && mode === 'monitor'));
  reader.start();
  return session;
}

/** One event after another, evenly. */
async function latency(bench: Bench, over: string, objects: SpokenObjects, session: Session): Promise<BenchRow> {
  bench.after(() => session.disconnect());
  session.connect();
  await within(`the session over ${over}`, session.setMessageFilter(''));
  const events = bench.count(EVENTS);
  const took: number[] = [];
  let complete = (): void => {};
  const all = new Promise<void>((resolve) => {
    complete = resolve;
  });
  session.subscribe('ICallEvents', ({ event, args }) => {
    // The bench's own argument, which the vocabulary does not have.
    const sentAt = Number((args as Args).EventTime);
    if (event !== 'OnCallDelivered' || sentAt === 0) return;
    took.push(now() - sentAt);
    if (took.length === events) complete();
  });
  const begin = performance.now();
  for (let call = 0; call < events; call++) {
    objects.publish('OnCallDelivered', delivered(10_000 + (call % 1_000), '2001', now()));
    const due = begin + (call + 1) * EACH_MS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  await within(`the events over ${over}`, all);
  took.sort((one, other) => one - other);
  return {
    what: `from the object server to a listener over ${over}, ${PER_SECOND} events/s`,
    p50: took[Math.floor(took.length / 2)]!,
    p99: took[Math.floor(took.length * 0.99)]!,
  };
}
