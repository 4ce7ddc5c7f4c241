/**
 * A real Node-RED in this process, without an editor or a network. It starts with the first flow test and keeps
 * running, because Node-RED can be started only once per process. Each test deploys its own flow into it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SavedNode } from './options.js';
import { loadPeer } from './peers.js';

/** A running node of Node-RED. */
export interface RunningNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  receive(message: object): void;
  send(messages: unknown): void;
  context(): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  [property: string]: unknown;
}

interface LogLine {
  level: number;
  id?: string;
  type?: string;
  name?: string;
  msg?: unknown;
}

/** One message on one wire. */
interface Delivery {
  msg: object;
  source: { id: string; port: number };
  destination: { id: string; node?: { type: string; name?: string } };
}

interface Context {
  keys(store: string): string[];
  set(key: string, value: undefined, store: string): void;
}

interface NodeRedModule {
  init(server: Server, settings: object): void;
  start(): PromiseLike<unknown>;
  readonly httpNode: RequestListener;
  readonly events: {
    on(event: string, listener: (event: never) => void): void;
    once(event: string, listener: () => void): void;
    removeListener(event: string, listener: (event: never) => void): void;
  };
  readonly hooks: { add(hook: string, run: (event: never) => void): void; remove(hook: string): void };
  readonly nodes: {
    getNode(id: string): RunningNode | null;
    getType(type: string): unknown;
    getContext(scope: string): Context;
    listContextStores(): { stores: string[] };
  };
  readonly util: { cloneMessage(message: object): object };
  readonly runtime: {
    flows: {
      setFlows(options: {
        flows: { flows: readonly object[]; credentials: object };
        deploymentType: string;
      }): Promise<unknown>;
    };
  };
}

/** What a test observes in a flow. */
export interface Observer {
  received(node: { id: string; type: string; name?: string }, message: object, from?: Delivery['source']): void;
  status(id: string, status: object): void;
  complained(
    how: 'error' | 'warning',
    text: string,
    node: { id: string; type: string; name?: string } | undefined,
  ): void;
}

/** The port at which a browser would find it. Nothing listens there. */
export const PORT = 1880;
/** The replaced parts of Node-RED, which exist only once per process. */
const HELPER = 'node-red-node-test-helper';
const HOOKS = 'ctios-flow-test';
const PACKAGE = join(__dirname, '..', '..', '..');
const ERROR = 20;
const WARNING = 30;

let running: Promise<NodeRed> | undefined;

export class NodeRed {
  /** The source of each message in transit. */
  #sources = new WeakMap<object, Delivery['source']>();
  #observer: Observer | undefined;
  readonly #folder: string;

  private constructor(
    private readonly RED: NodeRedModule,
    readonly server: Server,
    private readonly own: { userDir: string },
    lines: { log: (line: LogLine) => void },
  ) {
    this.#folder = own.userDir;
    lines.log = (line) => this.#log(line);
    RED.hooks.add(`preDeliver.${HOOKS}`, ({ msg, source }: Delivery) => void this.#sources.set(msg, source));
    RED.hooks.add(`onReceive.${HOOKS}`, ({ msg, destination }: Delivery) => this.#received(msg, destination));
    RED.events.on('node-status', ({ id, status }: { id: string; status: object }) =>
      this.#observer?.status(id, status),
    );
  }

  /** Starts it, or returns the running one. @param path of the module, unless it is the one next to the test */
  static running(path?: string): Promise<NodeRed> {
    running ??= NodeRed.#start(path);
    return running;
  }

  static async #start(path?: string): Promise<NodeRed> {
    if (Object.keys(require.cache).some((file) => file.includes(HELPER)))
      throw new Error(`${HELPER} has its own Node-RED in this process. Run flow tests in another one.`);
    const RED = loadPeer('node-red', path) as NodeRedModule;
    const folder = mkdtempSync(join(tmpdir(), 'ctios-flow-test-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const server = createServer((request, response) => RED.httpNode(request, response));
    const lines: { log: (line: LogLine) => void } = { log: () => {} };
    const own = settings(folder, (line) => lines.log(line));
    RED.init(server, own);
    // Its own flows, of which there are none, start only afterwards: a deploy before that would start flows twice.
    const ready = new Promise<void>((runs) => RED.events.once('flows:started', runs));
    await RED.start();
    await ready;
    return new NodeRed(RED, server, own, lines);
  }

  observe(observer: Observer | undefined): void {
    this.#observer = observer;
  }

  /** @returns types that no installed package provides */
  missing(nodes: readonly SavedNode[]): string[] {
    const types = nodes
      .map(({ type }) => type)
      .filter((type) => !NOT_NODES.test(type) && !this.RED.nodes.getType(type));
    return [...new Set(types)];
  }

  /** Resolves when the flow is running. */
  async deploy(nodes: readonly SavedNode[], credentials: object): Promise<void> {
    const started = new Promise<void>((runs) => this.RED.events.once('flows:started', runs));
    await this.RED.runtime.flows.setFlows({ flows: { flows: nodes, credentials }, deploymentType: 'full' });
    await started;
  }

  /** Stops the flow, and deletes the data it has stored. */
  async clear(): Promise<void> {
    await this.deploy([], {});
    const { stores } = this.RED.nodes.listContextStores();
    const context = this.RED.nodes.getContext('global');
    for (const store of stores) for (const key of context.keys(store)) context.set(key, undefined, store);
    // Data that nodes store on disk, and cache by path, must not be visible in the next test.
    this.own.userDir = mkdtempSync(join(this.#folder, 'test-'));
  }

  node(id: string): RunningNode | undefined {
    return this.RED.nodes.getNode(id) ?? undefined;
  }

  clone(message: object): object {
    return this.RED.util.cloneMessage(message);
  }

  #received(msg: object, { id, node }: Delivery['destination']): void {
    const { type = '', name } = node ?? {};
    this.#observer?.received({ id, type, ...(name === undefined ? {} : { name }) }, msg, this.#sources.get(msg));
  }

  #log({ level, id, type, name, msg }: LogLine): void {
    // Node-RED's own warnings concern its settings, which are set by the test.
    if (level > WARNING || (level > ERROR && id === undefined)) return;
    const text =
      msg instanceof Error ? msg.message : String((msg as { message?: unknown } | undefined)?.message ?? msg);
    const node = id === undefined ? undefined : { id, type: type ?? '', ...(name === undefined ? {} : { name }) };
    this.#observer?.complained(level <= ERROR ? 'error' : 'warning', text, node);
  }
}

/** The parts of a saved flow that are not nodes. */
const NOT_NODES = /^(tab|group|subflow|subflow:.*|junction|comment|global-config|unknown)$/;

function settings(folder: string, log: (line: LogLine) => void): { userDir: string } {
  const more = {
    // The nodes of this package, whose sessions are provided by the test.
    nodesDir: PACKAGE,
    storageModule: nothingStored(),
    httpAdminRoot: false,
    httpNodeRoot: '/',
    uiHost: '127.0.0.1',
    uiPort: PORT,
    credentialSecret: false,
    functionExternalModules: true,
    functionGlobalContext: {},
    exportGlobalContextKeys: false,
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: 'off' }, flowTest: { level: 'warn', handler: () => log } },
  };
  return { userDir: folder, ...more };
}

/** Flows are passed in, not stored. */
function nothingStored(): object {
  const nothing = async () => {};
  let kept: object = {};
  return {
    init: nothing,
    getFlows: async () => [],
    saveFlows: nothing,
    getCredentials: async () => ({}),
    saveCredentials: nothing,
    getSettings: async () => kept,
    saveSettings: (settings: object) => {
      kept = settings;
      return Promise.resolve();
    },
    getSessions: async () => ({}),
    saveSessions: nothing,
    getLibraryEntry: async () => [],
    saveLibraryEntry: nothing,
  };
}
