/** A real Node-RED with a flow of a bench: how it is started, flooded and asked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeRedProcess } from '../../scripts/node-red-process.js';
import type { Bench } from '../run/bench-case.js';
import { PATIENCE_MS, pause, until, within } from '../run/waits.js';
import { CtiServerWithLoad } from './cti-server-with-load.js';
import { ged188, jsonLines, type Kind, mqtt, VERSION } from './load.js';
import { startBroker, TOPIC } from './mqtt-broker.js';
import { type Driven, installSink, type Seen } from './sink.js';

const FLOOD_MS = 120_000;
const PACED_SECONDS = 4;
const STOP_MS = 10_000;

export type FlowNode = Record<string, unknown>;

/** What an event node chooses. */
export interface Choice {
  events: readonly string[];
  filter: readonly { key: string; value: string }[];
}
export const EVERYTHING: Choice = { events: [], filter: [] };
/** The first and the last of a flood: enough to know how long the rest took. */
export const MARKED: Choice = { events: ['OnCallDataUpdate'], filter: [{ key: 'CallVariable9', value: 'start,end' }] };

/** A Node-RED and the one that sends to it. */
export class FlowProcess {
  constructor(
    readonly kind: Kind,
    readonly nodeRed: NodeRedProcess,
    readonly send: (bytes: Buffer) => Promise<void>,
  ) {}

  seen(keep = false): Promise<Seen> {
    return this.nodeRed.json<Seen>(keep ? 'bench-sink?keep' : 'bench-sink');
  }

  async open(warmUp: number): Promise<void> {
    await this.send(this.kind.opening);
    await this.flood(warmUp);
  }

  /** As fast as the socket takes it. @returns what the sink saw, in how many milliseconds, and the CPU time it took */
  async flood(count: number): Promise<{ count: number; floodMs: number; cpuSeconds: number }> {
    const pieces = this.kind.flood(count);
    const { cpuSeconds: before } = await this.seen();
    for (const piece of pieces) await this.send(piece);
    const what = `the end of the flood of ${count} (${this.kind.name})`;
    const seen = await until(what, () => this.#ended(), { ms: FLOOD_MS, everyMs: 50 });
    await this.seen();
    return { count: seen.count, floodMs: seen.floodMs!, cpuSeconds: seen.cpuSeconds - before };
  }

  /** At an even rate. @returns latencies in microseconds, sorted */
  async paced(rate: number): Promise<number[]> {
    await this.seen();
    const total = rate * PACED_SECONDS;
    const start = process.hrtime.bigint();
    for (let sent = 0; sent < total; ) {
      const due = Math.min(total, Math.floor((Number(process.hrtime.bigint() - start) / 1e9) * rate));
      const frames: Buffer[] = [];
      while (sent < due) frames.push(this.kind.one(sent++, String(process.hrtime.bigint() / 1000n)));
      if (frames.length > 0) await this.send(Buffer.concat(frames));
      await pause(1);
    }
    const what = `all of ${total} messages at ${rate} per second (${this.kind.name})`;
    const all = await until(what, async () => {
      const seen = await this.seen(true);
      return seen.latencies.length >= total ? seen : undefined;
    });
    await this.seen();
    return all.latencies.sort((a, b) => a - b);
  }

  /** Lets the driver of the flow send, so many at a time or so many a second. */
  async drive(total: number, how: { inFlight: number } | { rate: number }): Promise<Driven> {
    const query = new URLSearchParams({ total: String(total) });
    for (const [key, value] of Object.entries(how)) query.set(key, String(value));
    await this.nodeRed.json(`bench-drive?${query}`);
    const what = `the answers to all of ${total} requests`;
    const done = async (): Promise<Driven | undefined> => {
      const driven = await this.nodeRed.json<Driven>('bench-driven');
      return driven.done >= total ? driven : undefined;
    };
    return until(what, done, { ms: FLOOD_MS, everyMs: 200 });
  }

  async #ended(): Promise<Seen | undefined> {
    const seen = await this.seen(true);
    return seen.floodMs === undefined ? undefined : seen;
  }
}

/** @param flow without its tab, on which all nodes are put */
export async function startNodeRed(bench: Bench, flow: readonly FlowNode[]): Promise<NodeRedProcess> {
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-bench-'));
  bench.after(() => rmSync(userDir, { recursive: true, force: true }));
  installSink(userDir);
  const tab = { id: 'bench-tab-node', type: 'tab', label: 'bench' };
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify([tab, ...flow]));
  const nodeRed = await within('the start of Node-RED', NodeRedProcess.start({ userDir }));
  bench.after(() => within('the end of Node-RED', nodeRed.stop(), STOP_MS));
  return nodeRed;
}

const SINK: FlowNode = { id: 'bench-out-node', type: 'bench-sink', z: 'bench-tab-node', wires: [] };

export function sessionNode(port: number, more: FlowNode = {}): FlowNode {
  return {
    id: 'bench-session-node',
    type: 'ctios-session',
    name: '',
    connect: 'ctiserver',
    hostA: '127.0.0.1',
    portA: port,
    peripheralId: 5000,
    clientId: 'bench',
    protocol: VERSION,
    mode: 'monitor',
    filter: '',
    snapshot: true,
    ...more,
  };
}

export function eventNodes(choices: readonly Choice[]): FlowNode[] {
  const nodes = choices.map((choice, index) => ({
    id: `bench-in-node-${index}`,
    type: 'ctios-call-events',
    z: 'bench-tab-node',
    session: 'bench-session-node',
    ...choice,
    split: 'one',
    properties: [],
    wires: [['bench-out-node']],
  }));
  return [...nodes, SINK];
}

export async function startCti(bench: Bench, choices: readonly Choice[]): Promise<FlowProcess> {
  const server = await CtiServerWithLoad.start(bench, VERSION);
  const nodeRed = await startNodeRed(bench, [sessionNode(server.port), ...eventNodes(choices)]);
  await server.connected();
  // The snapshot of the start is not part of what is measured.
  await pause(2_000);
  return new FlowProcess(ged188, nodeRed, (bytes) => server.send(bytes));
}

export async function startJson(bench: Bench, kind: Kind = jsonLines): Promise<FlowProcess> {
  const server = createServer({ noDelay: true });
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  bench.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const nodeRed = await startNodeRed(bench, [
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
    SINK,
  ]);
  const socket = await within('a connection of tcp in', connected);
  bench.after(() => socket.destroy());
  const drained = () => new Promise<void>((resolve) => socket.once('drain', () => resolve()));
  return new FlowProcess(kind, nodeRed, async (bytes) => {
    if (bytes.length > 0 && !socket.write(bytes)) await within('a tcp in that reads', drained(), PATIENCE_MS);
  });
}

export async function startMqtt(bench: Bench, kind: Kind = mqtt): Promise<FlowProcess> {
  const broker = await startBroker(bench);
  const nodeRed = await startNodeRed(bench, [
    {
      id: 'bench-broker-node',
      type: 'mqtt-broker',
      name: '',
      broker: '127.0.0.1',
      port: String(broker.port),
      clientid: 'bench',
      autoConnect: true,
      usetls: false,
      protocolVersion: '4',
      keepalive: '60',
      cleansession: true,
    },
    {
      id: 'bench-in-node',
      type: 'mqtt in',
      z: 'bench-tab-node',
      topic: TOPIC,
      qos: '0',
      datatype: 'json',
      broker: 'bench-broker-node',
      nl: false,
      rap: true,
      rh: 0,
      inputs: 0,
      wires: [['bench-out-node']],
    },
    SINK,
  ]);
  await broker.subscribed();
  return new FlowProcess(kind, nodeRed, (bytes) => broker.send(bytes));
}

/** Of values in order. */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
