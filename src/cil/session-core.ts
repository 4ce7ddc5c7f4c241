/**
 * Joins the parts of a session: connection, requests, mode, objects and events each know nothing of the others; here
 * is what one has to do when another changes. The application's face is `session.ts`.
 */
import { type Clock, systemClock } from '../common/clock.js';
import { systemRandom } from '../common/random.js';
import { CtiosError } from '../ctios/index.js';
import type { Args, ArgValue } from '../ctios/transport.js';
import { Agent } from './agent.js';
import { Call } from './call.js';
import { type ConnectionOwner, type ConnectionTrouble, type Done, ServerConnection } from './connection.js';
import { Dispatcher, type SessionRule } from './dispatcher.js';
import { EventStream } from './event-stream.js';
import { Listeners } from './listeners.js';
import { ObjectCache } from './object-cache.js';
import { type Loss, OUT, Reconciliation } from './reconciliation.js';
import { type Confirmation, DEFAULT_ANSWER_MS, type ObjectHost, type RequestOptions } from './request.js';
import { RequestBook } from './request-book.js';
import { type PreparedRequest, prepareRequest } from './request-preparation.js';
import { type ModeChoice, ModeKeeper } from './session-mode.js';
import type { SessionOptions } from './session-options.js';
import { SkillGroup } from './skill-group.js';
import { StandingRequests } from './standing-requests.js';
import type { SessionStatus } from './status.js';
import { SystemStatusBoard } from './system-status.js';

const SIDES = ['A', 'B'] as const;
export class SessionCore {
  readonly clock: Clock;
  readonly stream: EventStream;
  readonly cache: ObjectCache;
  readonly dispatcher: Dispatcher;
  readonly connection: ServerConnection;
  readonly mode: ModeKeeper;
  readonly system = new SystemStatusBoard();
  readonly errors: Listeners<unknown>;
  readonly statusListeners: Listeners<SessionStatus>;
  readonly book: RequestBook;
  agent: Agent | undefined;
  /** Refuse an agent who is logged in already. */
  rejectLoggedIn = false;
  readonly #standing = new StandingRequests();
  readonly #modeMs: number;
  readonly #attemptLimit: number | undefined;
  #loss: Loss | undefined;
  /** Arguments of the last Login that asked to be repeated after a failover. */
  #autoLogin: PreparedRequest | undefined;
  #settingsDownloaded = false;
  #status: SessionStatus;
  #whenClosed: Array<() => void> = [];

  /**
   * @param host what the objects see of the session
   * @param describe takes over properties of the session itself
   */
  constructor(
    options: SessionOptions,
    private readonly host: ObjectHost,
    private readonly describe: (properties: Args) => void,
    /** The connection is closed for good; before its last event. */
    private readonly ended: () => void,
  ) {
    this.clock = options.clock ?? systemClock;
    this.#modeMs = options.modeMs ?? 60_000;
    this.#attemptLimit = options.attemptLimit;
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
      rules: this.#rules(),
      currentAgent: () => this.agent,
    });
    this.connection = new ServerConnection(
      {
        connectors: options.connectors,
        clock: this.clock,
        random: options.random ?? systemRandom,
        client: options.client ?? 'cil',
        heartbeatMs: options.heartbeatMs ?? 5_000,
        maxHeartbeats: options.maxHeartbeats ?? 3,
        connectMs: options.connectMs ?? 10_000,
        helloMs: options.helloMs ?? 5_000,
      },
      this.#connectionOwner(),
    );
    const core = this;
    this.book = new RequestBook(this.clock, {
      get open() {
        return core.connection.state === 'ready' && core.mode.settled;
      },
      get closedBecause() {
        return core.#whyClosed();
      },
      send: (message) => this.connection.send(message),
    });
    this.mode = new ModeKeeper({
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
    this.#status = this.#currentStatus();
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
    return this.book.place({
      ...prepared,
      linkWaitMs: options.linkWaitMs ?? 0,
      answerMs: options.answerMs ?? DEFAULT_ANSWER_MS,
      confirmed: () => this.#confirmed(prepared),
    });
  }

  /** Ends when the connection is closed; at once if there is none. */
  disconnect(reason = 'the session was disconnected'): Promise<void> {
    this.mode.clear(new CtiosError('CTIOS_DISCONNECTED', reason, { outcome: 'expired' }));
    this.book.closed('CTIOS_DISCONNECTED', reason);
    if (this.connection.state === 'disconnected') return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenClosed.push(resolve);
      this.connection.disconnect();
    });
  }

  /** The application's agent, before the server has named it. Its password is not kept among its properties. */
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
    const status = this.#currentStatus();
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
      stateChanged: () => this.updateStatus(),
      attemptLimit: () => (this.#settingsDownloaded ? this.#attemptLimit : undefined),
      up: () => {
        this.describe({ CurrentServer: this.connection.server, ConnectedSince: this.clock.now() });
        if (this.mode.restoring && this.#loss !== undefined) {
          const own = this.mode.choice?.mode === 'agent' ? this.agent?.uniqueObjectID : undefined;
          this.dispatcher.reconciliation = new Reconciliation(this.cache, this.#loss, own);
        }
        this.mode.connected();
        if (this.mode.settled) this.book.opened();
      },
      down: (trouble, wasUp) => this.#down(trouble, wasUp),
      closed: () => this.#closed(),
    };
  }

  #down(trouble: ConnectionTrouble, wasUp: boolean): void {
    if (wasUp && (this.mode.mode !== 'none' || this.mode.restoring)) {
      // The gap began with the first loss, however often the way back is lost too.
      this.#loss ??= { at: this.clock.now(), side: SIDES[this.connection.lostSide] ?? 'A' };
    }
    this.dispatcher.reconciliation = undefined;
    this.mode.disconnected();
    this.system.forget();
    this.book.lost(trouble.reason);
    this.updateStatus();
  }

  #closed(): void {
    const reason = this.connection.trouble?.reason ?? 'the session was disconnected';
    this.mode.clear(new CtiosError('CTIOS_DISCONNECTED', reason, { outcome: 'expired' }));
    this.book.closed('CTIOS_DISCONNECTED', reason);
    this.dispatcher.reconciliation = undefined;
    this.dispatcher.currentCall.clear();
    this.system.forget();
    this.#standing.clear();
    this.#loss = undefined;
    this.#autoLogin = undefined;
    this.#settingsDownloaded = false;
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
    // In monitor mode the snapshot is complete before the mode is announced.
    if (request === 'SetMessageFilter' && message.outcome === 'confirmed') {
      const told = message.conf?.args.StatusSystem;
      if (typeof told !== 'object' || told.StatusObjects !== false) this.#finishReconciliation();
    }
    if (message.conf !== undefined) this.dispatcher.raise(message.conf);
    this.book.done(message);
  }

  #finishReconciliation(): void {
    const { reconciliation } = this.dispatcher;
    this.#loss = undefined;
    if (reconciliation === undefined) return;
    this.dispatcher.reconciliation = undefined;
    const side = SIDES[this.connection.side] ?? 'A';
    for (const each of reconciliation.finish(this.clock.now(), side)) this.dispatcher.raise(each);
  }

  #askForMode(choice: ModeChoice, again: boolean): Promise<unknown> {
    return this.book.sendNow({
      request: choice.request,
      target: undefined,
      args: choice.args(again),
      linkWaitMs: 0,
      answerMs: this.#modeMs,
      confirmed: () => {
        this.mode.grant();
        if (again) this.#repeat();
      },
    });
  }

  /** What the server has forgotten with the lost connection. */
  #repeat(): void {
    const login = this.#autoLogin;
    if (login !== undefined && OUT.has(this.agent?.properties().AgentState)) this.#sendAgain(login);
    for (const standing of this.#standing.all) this.#sendAgain(standing);
  }

  #sendAgain(request: PreparedRequest): void {
    this.book
      .sendNow({ ...request, linkWaitMs: 0, answerMs: DEFAULT_ANSWER_MS })
      .catch((error: unknown) => this.errors.tell(error));
  }

  #confirmed(request: PreparedRequest): void {
    this.#standing.confirmed(request);
    if (request.request === 'StartMonitoringCall' && this.agent !== undefined) {
      this.agent.monitoredCallId = textOf(request.args.CallReference);
    }
    if (request.request === 'Login') this.#autoLogin = request.args.AutoLogin === true ? request : undefined;
    else if (request.request === 'Logout') this.#autoLogin = undefined;
  }

  #rules(): Readonly<Record<string, SessionRule>> {
    return {
      OnSetAgentModeEvent: {
        before: (args) => {
          this.#takeStatusSystem(args);
          if (this.agent !== undefined && typeof args.UniqueObjectID === 'string') {
            this.cache.adoptAgent(this.agent, args.UniqueObjectID);
          }
          // The guide has applications log in when this event comes: requests may pass from here on.
          if (this.mode.choice?.mode === 'agent') this.mode.grant();
        },
      },
      OnMonitorModeEstablished: {
        before: (args) => {
          this.#takeStatusSystem(args);
          if (this.mode.choice?.mode === 'monitor') this.mode.grant();
        },
      },
      OnCTIOSFailure: {
        before: (args) => {
          // Our server sends the whole picture with each change; another may tell the change alone.
          if (typeof args.StatusSystem === 'object') this.#takeStatusSystem(args);
          else if (this.system.apply(args)) this.updateStatus();
        },
        after: () => {
          // An agent's snapshot comes after its mode and ends with the state of the system. A monitor's is not whole
          // while the server is still taking one itself; then this tells the end of that.
          const whole = this.system.statusSystem.StatusObjects !== false;
          const granted = this.mode.mode !== 'none';
          if (whole && granted && this.dispatcher.reconciliation?.agentIsComplete) this.#finishReconciliation();
        },
      },
      OnGlobalSettingsDownloadConf: {
        before: (args) => {
          this.#settingsDownloaded = true;
          this.describe(args);
        },
      },
      OnStartMonitoringAgent: {
        before: (args) => {
          if (this.agent !== undefined) this.agent.monitoredAgentId = textOf(args.AgentReference);
        },
      },
      OnStopMonitoringAgent: {
        before: () => {
          if (this.agent === undefined) return;
          this.agent.monitoredAgentId = undefined;
          this.agent.monitoredCallId = undefined;
        },
      },
      OnQueryAgentStateConf: {
        after: (args) => {
          if (!this.rejectLoggedIn || this.mode.mode !== 'none' || this.mode.restoring) return;
          if (args.AgentID !== this.agent?.properties().AgentID || OUT.has(args.AgentState)) return;
          void this.disconnect(`agent ${args.AgentID} is logged in already`);
        },
      },
    };
  }

  #takeStatusSystem(args: Args): void {
    if (typeof args.StatusSystem !== 'object') return;
    this.system.replace(args.StatusSystem);
    this.updateStatus();
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

  #currentStatus(): SessionStatus {
    const { state, trouble } = this.connection;
    const ready = state === 'ready';
    const peripheral = this.agent?.properties().PeripheralID;
    const offline = ready
      ? this.system.trouble(peripheral === undefined ? undefined : String(peripheral))
      : trouble?.reason;
    const code = ready ? (offline === undefined ? undefined : 'CTIOS_OFFLINE') : trouble?.code;
    const named = state === 'disconnected' || state === 'rejected' ? undefined : this.connection.server;
    return {
      state,
      reason: offline,
      code,
      server: named,
      side: named === undefined ? undefined : (SIDES[this.connection.side] ?? 'A'),
      mode: this.mode.mode,
      // Nothing is said to be up before the server has told.
      online: ready && offline === undefined && this.system.known,
      statusSystem: this.system.statusSystem,
    };
  }
}

function textOf(value: ArgValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What the library itself refuses has an outcome like any other request that failed. */
function neverSent(request: string, error: unknown): unknown {
  if (!(error instanceof CtiosError) || error.cause.outcome !== undefined) return error;
  return new CtiosError(error.code, error.message, { request, ...error.cause, outcome: 'failed' });
}
