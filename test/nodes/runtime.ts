/** Node-RED with our nodes for tests, and the sessions they open, controlled by a test. */
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import helper from 'node-red-node-test-helper';
import { opening } from '../../nodes/shared/session/opening/session-factory.js';
import { FakeOpening, type FakeSession } from './fake-session.js';

/** The directory in which nodes store data. */
const userDir = mkdtempSync(join(tmpdir(), 'ctios-nodes-'));
process.once('exit', () => rmSync(userDir, { recursive: true, force: true }));

helper.init(process.env.NODE_RED ?? require.resolve('node-red'), { userDir } as never);

/** Additional settings of the next Node-RED; without any, the default ones. */
export function useSettings(more: object = {}): void {
  helper.settings({ userDir, ...more } as never);
}

export const TYPES = [
  'ctios-session',
  'ctios-call-events',
  'ctios-agent-events',
  'ctios-events',
  'ctios-call',
  'ctios-agent',
  'ctios-request',
  'ctios-query',
  'ctios-wait',
  'ctios-screen-pop',
  'ctios-contact',
  'ctios-watch',
  'ctios-webhook',
  'ctios-simulate',
] as const;

/** All messages received by collector nodes, across deploys that replace them. */
export const collected = new Map<string, NodeMessage[]>();
/** Emits when a collector has received a message. */
const arrivals = new EventEmitter().setMaxListeners(0);

/** All messages of a collector, once it has this many. */
export async function collectedBy(id: string, count = 1): Promise<NodeMessage[]> {
  while ((collected.get(id)?.length ?? 0) < count) await once(arrivals, 'arrival');
  return collected.get(id)!;
}

const modules = [
  require('@node-red/nodes/core/network/06-httpproxy.js'),
  ...TYPES.map((type) => require(`../../nodes/${type}/${type}.js`)),
  (RED: NodeAPI) => {
    RED.nodes.registerType('collector', function (this: Node, def: NodeDef) {
      RED.nodes.createNode(this, def);
      const messages = collected.get(this.id) ?? [];
      collected.set(this.id, messages);
      this.on('input', (msg) => {
        messages.push(msg);
        arrivals.emit('arrival');
      });
    });
  },
];

type Flow = Record<string, unknown>[];

export { helper };
export const sessionNode = { id: 's1', type: 'ctios-session', name: '' };
export const tab = { id: 't1', type: 'tab', label: 'test' };

/** Opens fake sessions instead of real ones during a test. */
export class Openings {
  readonly all: FakeOpening[] = [];
  #real = opening.open;
  /** Modifies each opening before it is used. */
  prepare: (opening: FakeOpening) => void = () => {};

  begin(prepare: Openings['prepare'] = () => {}): void {
    this.all.length = 0;
    this.prepare = prepare;
    opening.open = () => {
      const made = new FakeOpening();
      this.prepare(made);
      this.all.push(made);
      return made;
    };
  }
  get last(): FakeOpening {
    return this.all.at(-1)!;
  }
  get session(): FakeSession {
    return this.last.session;
  }
  restore(): void {
    opening.open = this.#real;
  }
}

/**
 * Runs each test of this suite in a Node-RED with its own flows and fake sessions.
 * @param prepare modifies each opening before it is used
 */
export function inNodeRed(prepare?: Openings['prepare']): Openings {
  const openings = new Openings();
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  beforeEach(() => openings.begin(prepare));
  afterEach(async () => {
    await helper.unload();
    openings.restore();
  });
  return openings;
}

/** A position on the canvas distinguishes a node from a config node. */
const placed = (flow: Flow): Flow =>
  flow.map((each) => (each.z === undefined || each.type === 'ctios-session' ? each : { x: 0, y: 0, ...each }));

export async function load(flow: Flow, credentials: Record<string, unknown> = {}): Promise<void> {
  collected.clear();
  shown.clear();
  await helper.load(modules, [tab, ...placed(flow)] as never, credentials as never);
}

interface Internals {
  readonly _events: EventEmitter;
  readonly _redNodes: { setFlows(flows: unknown, credentials: object, type: string): Promise<unknown> };
}

/**
 * Deploys and waits until the deploy is complete, however long it takes: the helper's own function gives up after 300
 * ms.
 */
export async function deploy(
  flow: Flow,
  type: 'nodes' | 'flows' | 'full',
  credentials: object = {},
  ownTab: object = tab,
): Promise<void> {
  const { _events, _redNodes } = helper as unknown as Internals;
  const started = once(_events, 'flows:started');
  await _redNodes.setFlows([ownTab, ...placed(flow)], credentials, type);
  await started;
}

export const node = (id: string): Node => helper.getNode(id) as Node;

/** All messages received by a helper node. */
export function received(id: string): { messages: NodeMessage[]; next(count?: number): Promise<NodeMessage[]> } {
  const messages: NodeMessage[] = [];
  const bell = new EventEmitter();
  node(id).on('input', (msg, _send, done) => {
    messages.push(msg);
    bell.emit('ring');
    done();
  });
  return {
    messages,
    async next(count = 1) {
      while (messages.length < count) await once(bell, 'ring');
      return messages;
    },
  };
}

interface ShownStatus {
  fill: string;
  shape: string;
  text: string;
}
const shown = new Map<string, ShownStatus>();
(helper as unknown as { _events: EventEmitter })._events.on(
  'node-status',
  ({ id, status }: { id: string; status: ShownStatus }) => shown.set(id, status),
);

/** From now on only newly shown statuses count. */
export const forgetStatuses = (): void => shown.clear();

/** The status currently shown under a node: color, shape and the key of its text. */
export function statusOf(id: string): string {
  const status = shown.get(id);
  return status === undefined ? 'nothing' : `${status.fill} ${status.shape}`;
}

/** Waits until everything in progress is complete. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}
