/** A flow under test: the flow in a real Node-RED, its contact center, its receivers, and virtual time. */

import { openSession } from '../../nodes/shared/session/opening/open-session.js';
import { opening } from '../../nodes/shared/session/opening/session-factory.js';
import { type CommandArguments, CommandError, type CommandName, type CommandResult } from '../simulator/index.js';
import { milliseconds } from './durations.js';
import { type Eventually, type Expect, Expectations, type Within } from './expectations.js';
import { FlowSource } from './flow-source.js';
import { Network } from './http/network.js';
import { receivedRequest, TestReceivers } from './http/receivers.js';
import { Visitor } from './http/visitor.js';
import { type Entry, type FlowMessage, Journal, short } from './journal.js';
import { NodeRed, type Observer, PORT, type RunningNode } from './node-red.js';
import type { Duration, FlowTestOptions, ReceivedRequest } from './options.js';
import type { FlowAnswer, TestWebSocket, VisitorRequest } from './pages.js';
import { loadPeer, type Sinon } from './peers.js';
import { type NewCall, TestAgent, TestCaller } from './people.js';
import { TestCenter } from './test-center.js';
import { Activity, VirtualTime } from './virtual-time.js';

const START = '2026-01-05T08:00:00Z';
/** The virtual time of a deploy: nodes that do not close time out after 15 s. */
const DEPLOY_MS = 60_000;
const DEFAULT_WITHIN = '60 s';

/** The open flow test: all tests share the process, with its timers, its network, and its Node-RED. */
let open: FlowTest | undefined;

export class FlowTest {
  readonly #activity = new Activity();
  readonly #time: VirtualTime;
  readonly #journal: Journal;
  readonly #world: TestCenter;
  readonly #network: Network;
  readonly #visitor: Visitor;
  readonly #expectations: Expectations;
  readonly #openSession = opening.open;
  readonly #environment = new Map<string, string | undefined>();

  private constructor(
    private readonly nodeRed: NodeRed,
    private readonly source: FlowSource,
    private readonly options: FlowTestOptions,
    sinon: Sinon,
  ) {
    const { world = {}, http = {}, startAt = START, env = {} } = options;
    this.#time = new VirtualTime(sinon, new Date(startAt).getTime(), this.#activity);
    this.#journal = new Journal(() => this.#time.elapsed);
    this.#world = new TestCenter(world, this.#activity);
    const receivers = new TestReceivers(
      http,
      this.#activity,
      (request) => this.#journal.add({ what: 'http', request, counts: true }),
      (origin) =>
        this.#journal.add({
          what: 'warning',
          text: `a request to ${origin}, for which the test has no receiver: it was refused`,
          counts: true,
        }),
    );
    this.#network = new Network(this.#activity, receivers.accept, nodeRed.server, PORT, (server) => {
      const { port } = server.address() as { port: number };
      server.prependListener('request', (request) => void this.#overhear(request, `http://127.0.0.1:${port}`));
    });
    this.#visitor = new Visitor(this.#network, nodeRed.server);
    this.#expectations = new Expectations(
      this.#journal,
      (name) => source.named(name),
      () => this.#time.elapsed,
    );
    for (const [name, value] of Object.entries(env)) {
      this.#environment.set(name, process.env[name]);
      process.env[name] = value;
    }
    opening.open = (settings) => openSession(settings, () => this.#world.acquire());
    nodeRed.observe(this.#observer());
  }

  /** @throws Error if another one is open, or something is missing */
  static async open(options: FlowTestOptions): Promise<FlowTest> {
    if (open !== undefined)
      throw new Error('Another flow test is open in this process. Close it first: await test.close()');
    const source = new FlowSource(options);
    const sinon = loadPeer('sinon') as Sinon;
    const nodeRed = await NodeRed.running(options.nodeRed);
    const missing = nodeRed.missing(source.nodes);
    if (missing.length > 0) {
      throw new Error(
        `The flow has nodes of types that are not installed: ${missing.join(', ')}. Install their packages beside node-red, or let the test stand in for them: standIns: ['${missing[0]}']`,
      );
    }
    const test = new FlowTest(nodeRed, source, options, sinon);
    open = test;
    try {
      await test.#begin();
    } catch (error) {
      await test.close();
      throw error;
    }
    return test;
  }

  /** Asserts what has already happened. */
  readonly expect: Expect = {
    message: (expected) => this.#expectations.meet(this.#expectations.message(expected)).value!,
    http: (expected) => this.#expectations.meet(this.#expectations.http(expected)).request!,
    status: (expected) => this.#expectations.meet(this.#expectations.status(expected)).value!,
    error: (expected = {}) => this.#expectations.meet(this.#expectations.error(expected, 'error')).value!,
    warning: (expected = {}) => this.#expectations.meet(this.#expectations.error(expected, 'warning')).value!,
    noMessage: (expected) => this.#expectations.miss(this.#expectations.message(expected)),
    noHttp: (expected) => this.#expectations.miss(this.#expectations.http(expected)),
    nothingElse: (excepted = {}) => this.#expectations.nothingElse(excepted),
  };

  /** Asserts what will happen, advancing time until it does or the timeout is reached. */
  readonly eventually: Eventually = {
    message: async (expected) => (await this.#comes(this.#expectations.message(expected), expected)).value!,
    http: async (expected) => (await this.#comes(this.#expectations.http(expected), expected)).request!,
    status: async (expected) => (await this.#comes(this.#expectations.status(expected), expected)).value!,
    error: async (expected) => (await this.#comes(this.#expectations.error(expected, 'error'), expected)).value!,
    warning: async (expected) => (await this.#comes(this.#expectations.error(expected, 'warning'), expected)).value!,
  };

  /** The connection between the session and the CTI Server. */
  readonly link = {
    /** Drops the connection. The session reconnects as to a real server. */
    breaks: (): Promise<void> => this.#does('the link breaks', () => this.#world.cutLink(false)),
    /** Drops the connection, and refuses new ones until `comesBack`. */
    goesDown: (): Promise<void> => this.#does('the link goes down', () => this.#world.cutLink(true)),
    comesBack: (): Promise<void> => this.#does('the link can be made again', () => this.#world.admitLink()),
  };

  /** Places a call to the contact center. */
  async call(call: NewCall = {}): Promise<TestCaller> {
    const { from, ...rest } = call;
    const made = await this.simulate('placeCall', { ...rest, ...(from !== undefined && { from }) });
    return new TestCaller((command, args) => this.simulate(command, args), made.call);
  }

  /** An agent of the contact center: "1001". */
  agent(id: string): TestAgent {
    const { simulator } = this.#world;
    return new TestAgent(
      (command, args) => this.simulate(command, args),
      (command, args) => simulator.run(command, args),
      (holds, within) => this.until(holds, within),
      id,
    );
  }

  /** Runs any command of the simulated contact center by name. @throws CommandError */
  simulate<N extends CommandName>(command: N, args: CommandArguments<N>): Promise<CommandResult<N>> {
    return this.#does(`${command} ${short(args)}`, () => {
      try {
        return this.#world.simulator.run(command, args);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        throw new CommandError(
          error.code,
          `${command} ${short(args)}: ${error.message}\n\nWhat happened:\n${this.log}`,
        );
      }
    });
  }

  /** Sends a message to a node as if through a wire; without a message, presses the button of an inject node. */
  async inject(node: string, message: object = {}): Promise<void> {
    const running = this.node(node);
    await this.#does(`inject into "${node}" ${short(message)}`, () => running.receive({ ...message }));
  }

  /** Sends a message from a node: a stand-in, or any other. @param output starting at 1 */
  async send(node: string, message: object, output = 1): Promise<void> {
    const running = this.node(node);
    const messages = [...Array(output - 1).fill(null), { ...message }];
    await this.#does(`"${node}" sends ${short(message)}`, () => running.send(messages));
  }

  /** Advances virtual time, with everything that happens meanwhile. */
  async advance(duration: Duration): Promise<void> {
    await this.#time.advance(milliseconds(duration));
  }

  /** Advances virtual time until a condition is met. @returns false if it is not met within that time */
  until(holds: () => boolean, within: Duration = DEFAULT_WITHIN): Promise<boolean> {
    return this.#time.until(holds, milliseconds(within));
  }

  /** Deploys the flow again, like the button in the editor: all nodes are closed and recreated. */
  async deploy(): Promise<void> {
    this.#act('a full deploy');
    await this.#deploy();
  }

  /** Sends a request to an *http in* node of the flow: "/screen-pop". */
  fetch(path: string, request: VisitorRequest = {}): Promise<FlowAnswer> {
    this.#act(`${request.method ?? (request.body === undefined ? 'GET' : 'POST')} ${path}`);
    return this.#time.settled(this.#visitor.fetch(path, request), DEPLOY_MS, `The answer to ${path}`);
  }

  /** Connects to a *websocket in* node of the flow: "/screen-pop/live". */
  async webSocket(path: string): Promise<TestWebSocket> {
    const received: unknown[] = [];
    const socket = await this.#does(`a WebSocket is opened: ${path}`, () =>
      this.#visitor.open(path, (data) => {
        this.#activity.count++;
        received.push(data);
      }),
    );
    if (socket.readyState !== socket.OPEN) throw new Error(`The flow does not accept a WebSocket at ${path}.`);
    return {
      received,
      send: (data) =>
        this.#does(`the WebSocket sends ${short(data)}`, () =>
          socket.send(typeof data === 'string' ? data : JSON.stringify(data)),
        ),
      close: () => this.#does('the WebSocket is closed', () => socket.close()),
    };
  }

  /** The running node, for spies and for its context. @throws Error if it does not exist */
  node(name: string): RunningNode {
    const [found, second] = this.source.named(name);
    if (found === undefined) throw new Error(`The flow has no node "${name}".`);
    if (second !== undefined)
      throw new Error(`The flow has several nodes "${name}". Name one by its id: "${found.id}".`);
    const running = this.nodeRed.node(found.id);
    if (running === undefined) throw new Error(`The node "${name}" does not run.`);
    return running;
  }

  /** The journal with virtual times, one line per entry, for display. */
  get log(): string {
    return this.#journal.toString();
  }

  /** The journal as data, oldest first. */
  get entries(): readonly Entry[] {
    return this.#journal.entries;
  }

  /** Ends the test: stops the flow, and restores the time and network of Node.js. */
  async close(): Promise<void> {
    if (open !== this) return;
    try {
      this.nodeRed.observe(undefined);
      await this.#time.settled(this.nodeRed.clear(), DEPLOY_MS, 'Stopping the flow');
      await this.#world.stop();
      this.#network.end();
      await this.#time.quiet();
    } finally {
      open = undefined;
      opening.open = this.#openSession;
      this.#time.end();
      for (const [name, value] of this.#environment) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }

  async #begin(): Promise<void> {
    await this.#world.start(this.options.world?.available ?? []);
    await this.#deploy();
  }

  async #deploy(): Promise<void> {
    const { credentials = {} } = this.options;
    await this.#time.settled(this.nodeRed.deploy(this.source.nodes, credentials), DEPLOY_MS, 'The deploy');
    await this.#time.quiet();
  }

  async #comes(wanted: Parameters<Expectations['meet']>[0], { within = DEFAULT_WITHIN }: Within): Promise<Entry> {
    await this.#time.until(() => this.#expectations.find(wanted) !== undefined, milliseconds(within));
    return this.#expectations.meet(wanted);
  }

  #act(text: string): void {
    this.#journal.add({ what: 'action', text, counts: false });
  }

  /** Runs an action of the test, and waits until all its immediate effects are complete. */
  async #does<T>(text: string, act: () => T): Promise<T> {
    this.#act(text);
    const result = act();
    await this.#time.quiet();
    return result;
  }

  async #overhear(request: Parameters<typeof receivedRequest>[0], origin: string): Promise<void> {
    const received: ReceivedRequest = await receivedRequest(request, origin);
    this.#journal.add({ what: 'http', request: received, counts: false });
  }

  #observer(): Observer {
    const { source, nodeRed, options } = this;
    const all = options.record !== 'ends';
    return {
      received: (node, message, from) => {
        this.#activity.count++;
        const counts = source.isEnd(node.id);
        if (!counts && !all) return;
        const sender = from === undefined ? undefined : source.named(from.id)[0];
        this.#journal.add({
          what: 'message',
          node: source.name(node),
          ...(from !== undefined && { from: sender ?? { id: from.id, type: '', name: '' }, output: from.port + 1 }),
          value: nodeRed.clone(message) as FlowMessage,
          counts,
        });
      },
      status: (id, status) => {
        this.#activity.count++;
        const [node = { id, type: '', name: '' }] = source.named(id);
        this.#journal.add({ what: 'status', node, value: status as FlowMessage, counts: false });
      },
      complained: (what, text, node) => {
        this.#activity.count++;
        const named = node === undefined ? undefined : source.name(node);
        this.#journal.add({ what, text, value: { message: text }, ...(named && { node: named }), counts: true });
      },
    };
  }
}

/**
 * Deploys a flow into a real Node-RED, with a separate contact center and virtual time. Close it at the end of the
 * test.
 */
export function openFlow(options: FlowTestOptions): Promise<FlowTest> {
  return FlowTest.open(options);
}
