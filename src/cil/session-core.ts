/**
 * Connects the parts of a session. Connection, requests, mode, objects and events are independent of each other; this
 * file defines how a change in one affects the others. The public interface is `session.ts`.
 */
import { type Clock, systemClock } from '../common/clock.js';
import { systemRandom } from '../common/random.js';
import { CtiosError } from '../ctios/index.js';
import type { Args } from '../ctios/transport.js';
import { ServerConnection } from './connection/connection.js';
import type { ConnectionOwner, Done } from './connection/connection-owner.js';
import type { ConnectionTrouble } from './connection/connection-states.js';
import { ProcessKeepAlive } from './connection/process-keep-alive.js';
import { Dispatcher } from './dispatcher.js';
import { EventStream } from './events/event-stream.js';
import { Listeners } from './events/listeners.js';
import { Agent } from './objects/agent.js';
import { Call } from './objects/call.js';
import { ObjectCache } from './objects/object-cache.js';
import { type Confirmation, DEFAULT_ANSWER_MS, type ObjectHost, type RequestOptions } from './objects/request.js';
import { SkillGroup } from './objects/skill-group.js';
import { SystemStatus } from './objects/system-status.js';
import { PendingRequests } from './requests/pending-requests.js';
import { type PreparedRequest, prepareRequest } from './requests/request-preparation.js';
import { Restoration } from './restoration.js';
import { type ModeChoice, ModeController } from './session-mode.js';
import type { SessionOptions } from './session-options.js';
import { type RuledSession, sessionRules } from './session-rules.js';
import { clientStatusOf, type SessionStatus, sideOf } from './status.js';

export class SessionCore implements RuledSession {
  readonly clock: Clock;
  readonly stream: EventStream;
  readonly cache: ObjectCache;
  readonly dispatcher: Dispatcher;
  readonly connection: ServerConnection;
  readonly mode: ModeController;
  readonly system = new SystemStatus();
  readonly errors: Listeners<unknown>;
  readonly statusListeners: Listeners<SessionStatus>;
  readonly book: PendingRequests;
  agent: Agent | undefined;
  /** Whether to reject an agent who is already logged in. */
  rejectLoggedIn = false;
  readonly restoration: Restoration;
  readonly #modeMs: number;
  readonly #attemptLimit: number | undefined;
  readonly #keepAlive: ProcessKeepAlive | undefined;
  /** After this, the number of attempts to reconnect may be limited. */
  settingsDownloaded = false;
  #status: SessionStatus;
  #whenClosed: Array<() => void> = [];

  /**
   * @param host the session as its objects see it
   * @param describe sets properties of the session itself
   */
  constructor(
    options: SessionOptions,
    private readonly host: ObjectHost,
    readonly describe: (properties: Args) => void,
    /** The connection is permanently closed; called before its last event. */
    private readonly ended: () => void,
  ) {
    this.clock = options.clock ?? systemClock;
    this.#modeMs = options.modeMs ?? 60_000;
    this.#attemptLimit = options.attemptLimit;
    const remote = options.connectors.some((connector) => connector?.remote);
    if (remote) this.#keepAlive = new ProcessKeepAlive();
    this.errors = new Listeners(() => {});
    const failed = (error: unknown) => this.errors.tell(error);
    this.statusListeners = new Listeners(failed);
    this.stream = new EventStream(this.clock, options.historySize ?? 1_000, failed);
    this.cache = new ObjectCache({
      call: (monitored) => new Call(host, monitored),
      agent: () => new Agent(host),
      skillGroup: () => new SkillGroup(host),
    });
    this.dispatcher = new Dispatcher({
      cache: this.cache,
      stream: this.stream,
      rules: sessionRules(this),
      failed,
      currentAgent: () => this.agent,
    });
    this.connection = new ServerConnection(
      {
        connectors: options.connectors,
        clock: this.clock,
        random: options.random ?? systemRandom,
        client: options.client ?? 'cil',
        // Within a process a connection cannot fall silent unnoticed.
        heartbeatMs: options.heartbeatMs ?? (remote ? 5_000 : 0),
        maxHeartbeats: options.maxHeartbeats ?? 3,
        connectMs: options.connectMs ?? 10_000,
        helloMs: options.helloMs ?? 5_000,
      },
      this.#connectionOwner(),
    );
    this.restoration = new Restoration({
      clock: this.clock,
      cache: this.cache,
      dispatcher: this.dispatcher,
      sendAgain: (request, failed) => this.#sendAgain(request, failed),
    });
    const core = this;
    this.book = new PendingRequests(this.clock, {
      get open() {
        return core.connection.state === 'ready' && core.mode.settled;
      },
      get closedBecause() {
        return core.#whyClosed();
      },
      get online() {
        // A server that has not reported the state of its link is queried.
        const { link } = core.connection;
        if (link !== undefined && link.state !== 'up') return false;
        // The server has asked for the session's own agent when it set the agent, so that a log-in need not wait.
        return core.agent !== undefined || core.system.objectsComplete;
      },
      send: (message) => this.connection.send(message),
    });
    this.mode = new ModeController({
      get connected() {
        return core.connection.state === 'ready';
      },
      ask: (choice, again) => this.#askForMode(choice, again),
      cannotRestore: (code, reason) => this.connection.fail(code, reason),
      changed: () => {
        this.updateStatus();
        this.book.opened();
      },
    });
    this.#status = clientStatusOf(this);
  }

  get status(): SessionStatus {
    return this.#status;
  }

  request(name: string, options: RequestOptions = {}): Promise<Confirmation> {
    let prepared: PreparedRequest;
    try {
      prepared = prepareRequest(name, options.target, options.args ?? {}, {
        cache: this.cache,
        currentCall: this.dispatcher.currentCall.call,
        currentAgent: this.agent,
      });
    } catch (error) {
      return Promise.reject(neverSent(name, error));
    }
    return this.book.submit({
      ...prepared,
      linkWaitMs: options.linkWaitMs ?? 0,
      answerMs: options.answerMs ?? DEFAULT_ANSWER_MS,
      confirmed: () => this.#confirmed(prepared),
    });
  }

  /** Resolves when the connection is closed; immediately if there is none. */
  disconnect(reason = 'the session was disconnected'): Promise<void> {
    this.mode.clear(new CtiosError('CTIOS_DISCONNECTED', reason, { outcome: 'expired' }));
    this.book.closed('CTIOS_DISCONNECTED', reason);
    if (this.connection.state === 'disconnected') return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenClosed.push(resolve);
      this.connection.disconnect();
    });
  }

  /** The application's agent, before the server has named it. Its password is not among its properties. */
  introduceAgent(args: Args): Agent {
    const agent = new Agent(this.host);
    const { AgentPassword, ...properties } = args;
    void AgentPassword;
    agent.merge(properties);
    if (args.PeripheralID !== undefined) {
      const id = `agent.${args.PeripheralID}.${args.AgentID}`;
      agent.merge({ UniqueObjectID: id });
      this.cache.adoptAgent(agent, id);
    }
    this.agent = agent;
    return agent;
  }

  forgetAgent(agent: Agent): void {
    this.cache.removeAgent(agent);
    if (this.agent === agent) this.agent = undefined;
  }

  raise(event: string, args: Args): void {
    this.dispatcher.raise({ event, args });
  }

  updateStatus(): void {
    const status = clientStatusOf(this);
    const before = this.#status;
    const keys = Object.keys(status) as (keyof SessionStatus)[];
    if (keys.every((key) => status[key] === before[key])) return;
    this.#status = status;
    this.statusListeners.tell(status);
  }

  #connectionOwner(): ConnectionOwner {
    return {
      raise: (event, args) => this.raise(event, args),
      event: (message) => this.dispatcher.raise(message),
      done: (message) => this.#done(message),
      stateChanged: (state) => {
        this.#keepAlive?.follow(state);
        this.updateStatus();
      },
      link: () => {
        this.updateStatus();
        this.book.opened();
      },
      attemptLimit: () => (this.settingsDownloaded ? this.#attemptLimit : undefined),
      up: () => {
        this.describe({ ConnectedSince: this.clock.now() });
        if (this.mode.restoring) this.restoration.begin(this.agent);
        this.mode.connected();
        if (this.mode.settled) this.book.opened();
      },
      down: (trouble, wasUp) => this.#down(trouble, wasUp),
      closed: () => this.#closed(),
    };
  }

  #down(trouble: ConnectionTrouble, wasUp: boolean): void {
    if (wasUp && (this.mode.mode !== 'none' || this.mode.restoring)) {
      this.restoration.lost(sideOf(this.connection.lostSide), trouble.heardAt);
    }
    this.mode.disconnected();
    this.system.forget();
    this.book.lost(trouble.reason);
    this.updateStatus();
  }

  #closed(): void {
    const reason = this.connection.trouble?.reason ?? 'the session was disconnected';
    this.mode.clear(new CtiosError('CTIOS_DISCONNECTED', reason, { outcome: 'expired' }));
    this.book.closed('CTIOS_DISCONNECTED', reason);
    this.restoration.clear();
    this.dispatcher.currentCall.clear();
    this.system.forget();
    this.settingsDownloaded = false;
    const { agent } = this;
    this.agent = undefined;
    this.cache.clear();
    if (agent?.uniqueObjectID !== undefined)
      this.raise('OnCurrentAgentReset', { UniqueObjectID: agent.uniqueObjectID });
    this.ended();
    this.updateStatus();
    this.raise('OnConnectionClosed', {});
    const waiting = this.#whenClosed;
    this.#whenClosed = [];
    for (const resolve of waiting) resolve();
  }

  #done(message: Done): void {
    const request = this.book.requestOf(message);
    if (request === 'SetMessageFilter') {
      const told = message.conf?.args.StatusSystem;
      // A monitor's snapshot is complete before its mode is announced, if the server has a complete one itself.
      if (message.outcome !== 'confirmed') this.restoration.keepFilter();
      else if (typeof told !== 'object' || told.StatusObjects !== false)
        this.restoration.finish(sideOf(this.connection.side));
      else this.restoration.filterBeforeObjects();
    }
    if (message.conf !== undefined) this.dispatcher.raise({ ...message.conf, answer: true });
    this.book.done(message);
  }

  #askForMode(choice: ModeChoice, again: boolean): Promise<unknown> {
    if (!again && this.mode.mode === 'monitor') this.restoration.refilter();
    return this.book.sendNow({
      request: choice.request,
      target: undefined,
      args: choice.args(again),
      linkWaitMs: 0,
      answerMs: this.#modeMs,
      confirmed: () => {
        this.mode.grant();
        if (again) this.restoration.repeat(this.agent);
      },
    });
  }

  #sendAgain(request: PreparedRequest, failed: () => void = () => {}): void {
    this.book.sendNow({ ...request, linkWaitMs: 0, answerMs: DEFAULT_ANSWER_MS }).catch((error: unknown) => {
      failed();
      this.errors.tell(error);
    });
  }

  #confirmed(request: PreparedRequest): void {
    this.restoration.confirmed(request);
    if (request.request === 'StartMonitoringCall' && this.agent !== undefined) {
      const { CallReference } = request.args;
      this.agent.monitoredCallId = typeof CallReference === 'string' ? CallReference : undefined;
    }
  }

  #whyClosed(): { code: string; reason: string } {
    const { state, trouble } = this.connection;
    if (trouble !== undefined) return trouble;
    if (state === 'ready')
      return { code: 'CTIOS_MODE_PENDING', reason: 'the mode of the session is not established yet' };
    if (state === 'connecting' || state === 'hello') {
      return { code: 'CTIOS_NOT_CONNECTED', reason: `connecting to ${this.connection.server}` };
    }
    return { code: 'CTIOS_NOT_CONNECTED', reason: 'the session is not connected' };
  }
}

/** A refusal by the library itself has an outcome like any other failed request. */
function neverSent(request: string, error: unknown): unknown {
  if (!(error instanceof CtiosError) || error.cause.outcome !== undefined) return error;
  return new CtiosError(error.code, error.message, { request, ...error.cause, outcome: 'failed' });
}
