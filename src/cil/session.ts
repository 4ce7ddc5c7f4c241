/**
 * A session: one connection to a CTI OS Server (side A or B), its objects, events and requests. This is the public
 * interface; the parts are connected in `session-core.ts`. Source: CTI OS Developer Guide, "Session Object".
 */
import {
  type AnyRequestName,
  type Args,
  type ArgValue,
  CtiosError,
  type EventArgs,
  requestByName,
} from '../ctios/index.js';
import type { Dispose, EventListener } from './events/cil-event.js';
import { asFunction, type ListenerOf, type Subscription } from './events/event-interfaces.js';
import type { EventHistory } from './events/history.js';
import { defineListenerMethods, type ListenerMethods, ListenerRegister } from './events/listener-methods.js';
import type { EventMask, WaitObject } from './events/wait-object.js';
import { WaitObjects } from './events/wait-objects.js';
import { OWN_REQUESTS } from './mode-requests.js';
import type { Agent } from './objects/agent.js';
import type { Call } from './objects/call.js';
import type { CtiosObject } from './objects/ctios-object.js';
import type { Confirmation, ObjectHost, RequestOptions } from './objects/request.js';
import { withRequests } from './objects/request-methods.js';
import type { SkillGroup } from './objects/skill-group.js';
import type { SessionApi } from './session-api.js';
import { chooseAgentMode, chooseCurrentCall, chooseMonitorMode } from './session-choices.js';
import { SessionCore } from './session-core.js';
import type { AgentArgs, AgentOptions, FilterOptions, SessionOptions } from './session-options.js';
import { CurrentSilentMonitor, SilentMonitorManager } from './silent-monitor-manager.js';
import type { SessionStatus } from './status.js';

/** Enumeration ConnectionMode. */
const CONNECTION_MODE = { none: 0, agent: 1, monitor: 2 } as const;
/** Methods with the vocabulary's name and arguments that do more than send one request. */
type OwnMethods = 'setAgent' | 'setMessageFilter';

const SessionBase = withRequests<'Session', OwnMethods>('Session') as abstract new () => InstanceType<
  ReturnType<typeof withRequests<'Session', OwnMethods>>
> &
  ListenerMethods;

export class Session extends SessionBase implements ObjectHost, SessionApi {
  readonly #core: SessionCore;
  readonly #register = new ListenerRegister();
  readonly #waits: WaitObjects;
  readonly #silentMonitor: CurrentSilentMonitor;

  constructor(options: SessionOptions) {
    super();
    this.#core = new SessionCore(
      options,
      this,
      (properties) => this.merge(properties),
      () => this.#waits.failAll(),
    );
    const { clock, stream } = this.#core;
    const listen = (listener: EventListener) => stream.subscribe('AllInOne', listener);
    this.#waits = new WaitObjects({ clock, history: stream.history, listen });
    this.#silentMonitor = new CurrentSilentMonitor(stream);
    this.merge({
      ConnectionMode: CONNECTION_MODE.none,
      CtiosA: options.connectors[0].name,
      ...(options.connectors[1] === undefined ? {} : { CtiosB: options.connectors[1].name }),
      Heartbeat: this.#core.connection.heartbeatMs / 1_000,
      MaxHeartbeats: options.maxHeartbeats ?? 3,
    });
    this.onStatus((status) => this.merge({ ConnectionMode: CONNECTION_MODE[status.mode] }));
  }

  // Connection and mode.

  /**
   * Starts connecting; `OnConnection`, `OnConnectionFailure` and the status report the progress. Reconnects
   * automatically until `disconnect`.
   * @throws CtiosError E_CTIOS_SESSION_NOT_DISCONNECTED, E_CTIOS_IN_FAILOVER: it is connected or connecting
   */
  connect(): void {
    if (this.#core.connection.connect()) return;
    const failover = this.status.state === 'waiting' || this.#core.mode.restoring;
    throw new CtiosError(
      failover ? 'E_CTIOS_IN_FAILOVER' : 'E_CTIOS_SESSION_NOT_DISCONNECTED',
      `The session is ${this.status.state}: disconnect it first.`,
      { request: 'Connect', outcome: 'failed' },
    );
  }

  /**
   * Resolves after `OnConnectionClosed`; immediately if there is no connection. Does not wait for requests: queued ones
   * expire, sent ones end as unknown. Most switches leave the agent logged in.
   */
  async disconnect(): Promise<void> {
    await this.#core.disconnect();
  }

  /**
   * Monitor mode: from now on the matching events are delivered. Can be called before there is a connection, and again
   * to change the filter; repeated automatically after each reconnect. Resolves when the server has established it.
   * @param filter `key=value[,value…][;…]`; blank: everything
   * @returns rejects with a CtiosError: the filter's error with its position, E_CTIOS_MODE_CONFLICT (agent mode), or
   * the server's refusal
   */
  async setMessageFilter(filter = '', options: FilterOptions = {}): Promise<void> {
    await chooseMonitorMode(this.#core, filter, options);
    this.merge({ MessageFilter: filter });
  }

  /**
   * Agent mode for one agent; repeated automatically after each reconnect. Log in with `agent.login({ … })` once this
   * has resolved (or in `OnSetAgentModeEvent`); with AutoLogin true the log-in is repeated after a failover, too.
   * @returns the session's agent. Rejects with a CtiosError: E_CTIOS_SET_AGENT_SESSION_DISCONNECT_REQUIRED (monitor
   *   mode), E_CTIOS_AGENT_ALREADY_IN_SESSION, or the server's refusal
   */
  async setAgent(args: AgentArgs, options: AgentOptions = {}): Promise<Agent> {
    return await chooseAgentMode(this.#core, args, options);
  }

  get status(): SessionStatus {
    return this.#core.status;
  }

  /** Called at each change of `status`. */
  onStatus(listener: (status: SessionStatus) => void): Dispose {
    return this.#core.statusListeners.add(listener);
  }

  /**
   * Receives errors thrown by listeners, and requests that could not be repeated after a reconnect. Without a listener,
   * they are lost.
   */
  onError(listener: (error: unknown) => void): Dispose {
    return this.#core.errors.add(listener);
  }

  // Events.

  /**
   * @param name an interface of the guide ('ICallEvents' …) or 'AllInOne'
   * @param listener a function, or an object with handlers: `{ OnCallDelivered(event) { … } }`
   */
  subscribe<Name extends Subscription>(name: Name, listener: ListenerOf<Name>): Dispose {
    return this.#core.stream.subscribe(name, asFunction(listener));
  }

  /** The guide's form of `subscribe`; ended by `removeEventListener` with the same listener and list. */
  addEventListener<Name extends Subscription>(listener: ListenerOf<Name>, list: Name): void {
    this.#register.added(list, listener, this.subscribe(list, listener));
  }

  /** False if it was not added. */
  removeEventListener<Name extends Subscription>(listener: ListenerOf<Name>, list: Name): boolean {
    return this.#register.remove(list, listener);
  }

  /** The last events, oldest first; `history.after(sequence)` those after one. */
  get history(): EventHistory {
    return this.#core.stream.history;
  }

  /** Sequence of the last event. */
  get sequence(): number {
    return this.#core.stream.sequence;
  }

  /** Number of active subscriptions. */
  get listenerCount(): number {
    return this.#core.stream.listenerCount;
  }

  reportGap(gap: EventArgs<'OnConnectionGap'>): void {
    this.#core.raise('OnConnectionGap', { ...gap } as Args);
  }

  // Requests.

  /**
   * Sends any request of the vocabulary by name. Without a target, call requests are for the current call, agent
   * requests for the agent that the arguments name, otherwise for the session's agent.
   * @returns settles exactly once; rejects with a `CtiosError` whose `cause.outcome` shows whether the request had no
   * effect (`failed`), was not sent (`expired`) or has an unknown result (`unknown`)
   */
  request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation> {
    const own = OWN_REQUESTS[requestByName(name)?.name ?? ''];
    return own === undefined ? this.#core.request(name, options) : own(this, name, options);
  }

  // Objects.

  get calls(): ReadonlyMap<string, Call> {
    return this.#core.cache.calls;
  }

  get agents(): ReadonlyMap<string, Agent> {
    return this.#core.cache.agents;
  }

  get skillGroups(): ReadonlyMap<string, SkillGroup> {
    return this.#core.cache.skillGroups;
  }

  /** Agent mode only. */
  get currentCall(): Call | undefined {
    return this.#core.dispatcher.currentCall.call;
  }

  /** Agent mode only. */
  get currentAgent(): Agent | undefined {
    return this.#core.agent;
  }

  /**
   * Selects one of several calls; raises `OnCurrentCallChanged` and `OnButtonEnablementChange`.
   * @throws CtiosError E_CTIOS_CALL_ALREADY_CURRENT_IN_SESSION, E_CTIOS_INVALID_CALL, E_CTIOS_MODE_CONFLICT (no agent)
   */
  setCurrentCall(call: Call): void {
    chooseCurrentCall(this.#core, call);
  }

  getObjectFromObjectID(id: string): CtiosObject | undefined {
    return this.calls.get(id) ?? this.agents.get(id) ?? this.skillGroups.get(id);
  }

  /** Properties that represent something else: objects by their UniqueObjectID, the server by its name. */
  override getValue(keyword: string): ArgValue | undefined {
    const { state, server } = this.status;
    switch (keyword.trim().toLowerCase()) {
      case 'currentagent':
        return this.currentAgent?.uniqueObjectID;
      case 'currentcall':
        return this.currentCall?.uniqueObjectID;
      case 'currentserver':
        return state === 'ready' ? server : undefined;
      case 'tryingserver':
        return state === 'ready' ? undefined : server;
      default:
        return super.getValue(keyword);
    }
  }

  // The guide's names for the methods above.

  getAllCalls(): Call[] {
    return [...this.calls.values()];
  }

  getAllAgents(): Agent[] {
    return [...this.agents.values()];
  }

  getAllSkillGroups(): SkillGroup[] {
    return [...this.skillGroups.values()];
  }

  getCurrentCall(): Call | undefined {
    return this.currentCall;
  }

  getCurrentAgent(): Agent | undefined {
    return this.currentAgent;
  }

  /** 0 if everything is up; bits as in the protocol's PGStatus: 2 central controller, 4 a peripheral, 8 CTI Server. */
  getSystemStatus(): number {
    return this.#core.system.bits();
  }

  /** The session's agent is not a supervisor. */
  isAgent(): boolean {
    return this.currentAgent?.isAgent() === true;
  }

  isSupervisor(): boolean {
    return this.currentAgent?.isSupervisor() === true;
  }

  /** According to the downloaded desktop settings (`requestDesktopSettings`). */
  isCCMSilentMonitor(): boolean {
    const settings = this.getValueArray('IPCCSilentMonitor')?.getValueArray('settings');
    return settings?.getValueBool('CCMBasedSilentMonitor') === true;
  }

  // Waiting.

  /** @param mask names or numbers of events; can be set later. @throws CtiosError E_CTIOS_INVALID_EVENTID */
  createWaitObject(mask: EventMask = []): WaitObject {
    return this.#waits.create(mask);
  }

  /** Ends its waits with WAIT_FAILED. */
  destroyWaitObject(wait: WaitObject): void {
    this.#waits.destroy(wait);
  }

  // Silent monitoring by CTI OS itself.

  createSilentMonitorManager(settings: Args = {}): SilentMonitorManager {
    const manager = new SilentMonitorManager(this);
    for (const [keyword, value] of Object.entries(settings)) manager.setValue(keyword, value);
    return manager;
  }

  destroySilentMonitorManager(manager: SilentMonitorManager): void {
    if (this.#silentMonitor.manager === manager) this.#silentMonitor.select(undefined);
  }

  /** The manager that the session's events update; undefined: none. */
  setCurrentSilentMonitor(manager: SilentMonitorManager | undefined): void {
    this.#silentMonitor.select(manager);
  }

  getCurrentSilentMonitor(): SilentMonitorManager | undefined {
    return this.#silentMonitor.manager;
  }

  /** @param forceMonitored true: a supervisor who logs in here may be monitored too */
  setSupervisorMonitorMode(forceMonitored: boolean): void {
    this.merge({ SilentMonitorForceMonitoredMode: forceMonitored ? 1 : 0 });
  }
}

defineListenerMethods(Session.prototype);
