/**
 * From bytes on a socket to a message at a node, in a real Node-RED: this pack on a CTI Server's socket, and beside it
 * Node-RED's own `tcp in` and `json` with the same data as JSON lines. One process sends, another is Node-RED.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeRedProcess } from '../scripts/node-red-process.js';
import { CtiServerWithLoad } from './cti-server-with-load.js';
import { ged188, jsonLines, type Kind, VERSION } from './load.js';
import type { BenchRow } from './row.js';
import { installSink, type Seen } from './sink.js';

const FLOOD = 200_000;
const RATES = [1_000, 10_000];
const PACED_SECONDS = 4;
const FLOOD_LIMIT_MS = 120_000;
const WARM_UP = 20_000;

/** What an event node chooses. */
interface Choice {
  events: readonly string[];
  filter: readonly { key: string; value: string }[];
}
const EVERYTHING: Choice = { events: [], filter: [] };
/** The first and the last of a flood: enough to know how long the rest took. */
const MARKED: Choice = { events: ['OnCallDataUpdate'], filter: [{ key: 'CallVariable9', value: 'start,end' }] };

type Send = (bytes: Buffer) => Promise<void>;

export async function rows(): Promise<BenchRow[]> {
  const core = await measure(jsonLines, startJson);
  const ours = await measure(ged188, (userDir) => startCti(userDir, [EVERYTHING]));
  return [
    ...ours.map((row, index) => compared(row, core[index]!)),
    ...core,
    await floodOf('CTI Server socket to ten nodes, messages in all', FLOOD / 4, new Array(10).fill(EVERYTHING)),
    await floodOf('CTI Server socket to no node: nobody wants the events', FLOOD, [MARKED]),
    { what: 'start of Node-RED to first pop', figure: `${((await startToFirstPop()) / 1000).toFixed(1)} s` },
  ];
}

function compared(row: BenchRow, core: BenchRow): BenchRow {
  const value =
    row.p99 === undefined ? (row.perSecond ?? 0) / (core.perSecond ?? 1) : row.p99 / Math.max(core.p99 ?? 1, 0.001);
  return { ...row, ratio: { to: row.p99 === undefined ? jsonLines.name : `p99 of ${jsonLines.name}`, value } };
}

async function measure(
  kind: Kind,
  start: (userDir: string) => Promise<{ nodeRed: NodeRedProcess; send: Send; stop(): Promise<void> }>,
): Promise<BenchRow[]> {
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-bench-'));
  installSink(userDir);
  const { nodeRed, send, stop } = await start(userDir);
  try {
    await send(kind.opening);
    await flood(kind, nodeRed, send, WARM_UP);
    const seen = await flood(kind, nodeRed, send, FLOOD);
    const result: BenchRow[] = [{ what: kind.name, perSecond: (seen.count / seen.floodMs) * 1000 }];
    for (const rate of RATES) {
      const latencies = await paced(kind, nodeRed, send, rate);
      result.push({
        what: `${kind.name}, ${rate.toLocaleString('en-US')} per second`,
        perSecond: rate,
        p50: percentile(latencies, 0.5) / 1000,
        p99: percentile(latencies, 0.99) / 1000,
      });
    }
    return result;
  } finally {
    await nodeRed.stop();
    await stop();
    rmSync(userDir, { recursive: true, force: true });
  }
}

/** A flood into nodes that choose so. What all of them send is counted; where they choose marks only, the events are. */
async function floodOf(what: string, count: number, choices: readonly Choice[]): Promise<BenchRow> {
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-bench-'));
  installSink(userDir);
  const { nodeRed, send, stop } = await startCti(userDir, choices);
  try {
    await send(ged188.opening);
    await flood(ged188, nodeRed, send, WARM_UP);
    const seen = await flood(ged188, nodeRed, send, count);
    return { what, perSecond: (Math.max(seen.count, count) / seen.floodMs) * 1000 };
  } finally {
    await nodeRed.stop();
    await stop();
    rmSync(userDir, { recursive: true, force: true });
  }
}

/** As fast as the socket takes it. @returns how many messages the sink saw in how many milliseconds */
async function flood(
  kind: Kind,
  nodeRed: NodeRedProcess,
  send: Send,
  count: number,
): Promise<{ count: number; floodMs: number }> {
  const pieces = kind.flood(count);
  await nodeRed.json('bench-sink');
  for (const piece of pieces) await send(piece);
  const deadline = performance.now() + FLOOD_LIMIT_MS;
  for (;;) {
    if (performance.now() > deadline) throw new Error(`${kind.name}: the end of the flood did not arrive`);
    const seen = await nodeRed.json<Seen>('bench-sink?keep');
    if (seen.floodMs !== undefined) {
      await nodeRed.json('bench-sink');
      return { count: seen.count, floodMs: seen.floodMs };
    }
    await pause(50);
  }
}

/** At an even rate. @returns latencies in microseconds, sorted */
async function paced(kind: Kind, nodeRed: NodeRedProcess, send: Send, rate: number): Promise<number[]> {
  await nodeRed.json('bench-sink');
  const total = rate * PACED_SECONDS;
  const start = process.hrtime.bigint();
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor((Number(process.hrtime.bigint() - start) / 1e9) * rate));
    const frames: Buffer[] = [];
    while (sent < due) frames.push(kind.one(sent++, String(process.hrtime.bigint() / 1000n)));
    if (frames.length > 0) await send(Buffer.concat(frames));
    await pause(1);
  }
  await pause(200);
  const { latencies } = await nodeRed.json<Seen>('bench-sink');
  if (latencies.length < total) throw new Error(`${total - latencies.length} of ${total} messages did not arrive`);
  return latencies.sort((a, b) => a - b);
}

async function startCti(userDir: string, choices: readonly Choice[]) {
  const server = await CtiServerWithLoad.start();
  const flow = [
    { id: 'bench-tab-node', type: 'tab', label: 'bench' },
    {
      id: 'bench-session-node',
      type: 'ctios-session',
      name: '',
      connect: 'ctiserver',
      hostA: '127.0.0.1',
      portA: server.port,
      peripheralId: 5000,
      clientId: 'bench',
      protocol: VERSION,
      mode: 'monitor',
      filter: '',
      snapshot: true,
    },
    ...choices.map((choice, index) => ({
      id: `bench-in-node-${index}`,
      type: 'ctios-call-events',
      z: 'bench-tab-node',
      session: 'bench-session-node',
      ...choice,
      split: 'one',
      properties: [],
      wires: [['bench-out-node']],
    })),
    { id: 'bench-out-node', type: 'bench-sink', z: 'bench-tab-node', wires: [] },
  ];
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
  const nodeRed = await NodeRedProcess.start({ userDir });
  await server.connected();
  // The snapshot of the start is not part of what is measured.
  await pause(2_000);
  return { nodeRed, send: (bytes: Buffer) => server.send(bytes), stop: () => server.stop() };
}

async function startJson(userDir: string) {
  const server = createServer({ noDelay: true });
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const flow = [
    { id: 'bench-tab-node', type: 'tab', label: 'bench' },
    {
      id: 'bench-in-node',
      type: 'tcp in',
      z: 'bench-tab-node',
      server: 'client',
      host: '127.0.0.1',
      port,
      datamode: 'stream',
      datatype: 'utf8',
      newline: '\\n',
      topic: '',
      trim: false,
      base64: false,
      tls: '',
      wires: [['bench-json-node']],
    },
    {
      id: 'bench-json-node',
      type: 'json',
      z: 'bench-tab-node',
      property: 'payload',
      action: 'obj',
      pretty: false,
      wires: [['bench-out-node']],
    },
    { id: 'bench-out-node', type: 'bench-sink', z: 'bench-tab-node', wires: [] },
  ];
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
  const nodeRed = await NodeRedProcess.start({ userDir });
  const socket = await connected;
  const send = (bytes: Buffer): Promise<void> =>
    bytes.length === 0 || socket.write(bytes)
      ? Promise.resolve()
      : new Promise((drained) => socket.once('drain', () => drained()));
  return {
    nodeRed,
    send,
    stop: async () => {
      socket.destroy();
      server.close();
    },
  };
}

/** `npm start` on a fresh directory, without the build. @returns milliseconds */
async function startToFirstPop(): Promise<number> {
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-bench-'));
  const begun = performance.now();
  const nodeRed = await NodeRedProcess.start({ userDir });
  try {
    for (;;) {
      const cards = await nodeRed.json<unknown[]>('screen-pop/cards');
      if (cards.length > 0) return performance.now() - begun;
      await pause(20);
    }
  } finally {
    await nodeRed.stop();
    rmSync(userDir, { recursive: true, force: true });
  }
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
