/**
 * The session of one agent among those of many agents (`agent-sessions.ts`). It uses a client library session in agent
 * mode; its events are numbered together with those of all others, so that a sequence number is valid for all of them.
 */
import { LOGGED_OUT } from '../../ctios/enums/agent-states.js';
import { type AnyRequestName, type EventArgs, enumValue } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import type { CilEvent, Dispose, EventListener } from '../events/cil-event.js';
import { ALL_IN_ONE } from '../events/event-stream.js';
import { Listeners } from '../events/listeners.js';
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import type { Confirmation, RequestOptions, RequestTimes } from '../objects/request.js';
import type { SkillGroup } from '../objects/skill-group.js';
import type { Session } from '../session.js';
import type { SessionApi } from '../session-api.js';
import type { AgentArgs, FilterOptions } from '../session-options.js';
import type { SessionStatus } from '../status.js';

const UNKNOWN = enumValue('AgentState', 'Unknown');
const LOG_IN = enumValue('AgentState', 'Login');
/** ForcedFlag of the CTI Server protocol: only checks the password. */
const AUTHENTICATION_ONLY = 2;

/** How the events of a session name its agent. */
export interface AgentOfEvent {
  readonly agentId: string;
  /** Absent for the default peripheral. */
  readonly peripheralId?: number;
}

/** What the session of one agent requires of the collection. */
export interface AgentSessionOwner {
  readonly history: Iterable<CilEvent>;
  sequence(): number;
  /** Numbers an event and delivers it to the listeners of all sessions. */
  relay(event: CilEvent): CilEvent;
  failed(error: unknown): void;
  now(): number;
  /** The agent has logged out and has no call and no pending request, so the session may end. */
  over(): void;
  close(): Promise<void>;
}

export class AgentSession implements SessionApi {
  readonly #listeners: Listeners<CilEvent>;
  #pending = 0;
  #loggedOut = false;
  #usedAt: number;

  /**
   * @param id UniqueObjectID of the agent
   * @param whose the properties that name the agent in its events
   */
  constructor(
    readonly id: string,
    readonly whose: AgentOfEvent,
    private readonly session: Session,
    private readonly owner: AgentSessionOwner,
  ) {
    this.#usedAt = owner.now();
    this.#listeners = new Listeners((error) => owner.failed(error));
    session.subscribe(ALL_IN_ONE, (event) => this.#take(event));
    session.onError((error) => owner.failed(error));
  }

  /** When the last request for the agent was sent, or the agent's calls or state last changed. */
  get usedAt(): number {
    return this.#usedAt;
  }

  /** Whether no request is pending and the agent has no known call. */
  get idle(): boolean {
    if (this.#pending > 0) return false;
    return this.session.status.mode === 'none' || !this.#hasCalls();
  }

  /**
   * Logs the agent in. For an agent who is already logged in at the same phone, it only checks the password.
   * @returns the confirmation; rejects like any request
   */
  logIn(args: Args, times: RequestTimes): Promise<Confirmation> {
    this.#loggedOut = false;
    const { AgentInstrument, AgentPassword, PeripheralID, AgentID } = args;
    const known = this.session.currentAgent?.properties() ?? {};
    const elsewhere = AgentInstrument !== undefined && AgentInstrument !== known.AgentInstrument;
    if (!isLoggedIn(known) || elsewhere)
      return this.request('Login', { target: this.id, args: { AutoLogin: true, ...args }, ...times });
    return this.request('SetAgentState', {
      target: this.id,
      args: {
        AgentID,
        AgentState: LOG_IN,
        ForcedFlag: AUTHENTICATION_ONLY,
        ...(PeripheralID === undefined ? {} : { PeripheralID }),
        ...(known.AgentInstrument === undefined ? {} : { AgentInstrument: known.AgentInstrument }),
        AgentPassword: AgentPassword ?? '',
      },
      ...times,
    });
  }

  async request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation> {
    this.#usedAt = this.owner.now();
    this.#pending++;
    try {
      return await this.session.request(name, options);
    } finally {
      this.#pending--;
      this.#endIfOver();
    }
  }

  /** Whether an event of the combined sessions belongs to this one. */
  tells(event: CilEvent): boolean {
    return event.agentId === this.whose.agentId && event.peripheralId === this.whose.peripheralId;
  }

  connect(): void {
    this.session.connect();
  }

  /** Disconnects; the agent remains logged in. */
  async disconnect(): Promise<void> {
    await this.owner.close();
  }

  /** Closes the connection. */
  async end(): Promise<void> {
    await this.session.disconnect();
  }

  setMessageFilter(filter?: string, options?: FilterOptions): Promise<void> {
    return this.session.setMessageFilter(filter, options);
  }

  setAgent(agent: AgentArgs): Promise<Agent> {
    return this.session.setAgent(agent);
  }

  get status(): SessionStatus {
    return this.session.status;
  }

  onStatus(listener: (status: SessionStatus) => void): Dispose {
    return this.session.onStatus(listener);
  }

  onError(listener: (error: unknown) => void): Dispose {
    return this.session.onError(listener);
  }

  subscribe(name: string, listener: EventListener): Dispose {
    return this.#listeners.add((event) => {
      if (name === ALL_IN_ONE || event.interfaces.includes(name)) listener(event);
    });
  }

  get calls(): ReadonlyMap<string, Call> {
    return this.session.calls;
  }

  get agents(): ReadonlyMap<string, Agent> {
    return this.session.agents;
  }

  get skillGroups(): ReadonlyMap<string, SkillGroup> {
    return this.session.skillGroups;
  }

  get currentCall(): Call | undefined {
    return this.session.currentCall;
  }

  get currentAgent(): Agent | undefined {
    return this.session.currentAgent;
  }

  setCurrentCall(call: Call): void {
    this.#usedAt = this.owner.now();
    this.session.setCurrentCall(call);
  }

  /** The last events of this session. */
  get history(): Iterable<CilEvent> {
    return this.#own();
  }

  get sequence(): number {
    return this.owner.sequence();
  }

  reportGap(gap: EventArgs<'OnConnectionGap'>): void {
    this.session.reportGap(gap);
  }

  *#own(): Iterable<CilEvent> {
    for (const event of this.owner.history) if (this.tells(event)) yield event;
  }

  #take(event: CilEvent): void {
    const told = this.owner.relay(event);
    this.#listeners.tell(told);
    this.#follow(event);
  }

  #follow({ event, args, interfaces }: CilEvent): void {
    const own = args.UniqueObjectID === this.session.currentAgent?.uniqueObjectID;
    if (interfaces.includes('ICallEvents') || (event === 'OnAgentStateChange' && own)) this.#usedAt = this.owner.now();
    if (event === 'OnPostLogout' && own) this.#loggedOut = true;
    this.#endIfOver();
  }

  #endIfOver(): void {
    if (this.#loggedOut && this.#pending === 0 && !this.#hasCalls()) this.owner.over();
  }

  /** Whether it may still end some time after the log-out: the agent may have logged in again. */
  get isOver(): boolean {
    return this.#loggedOut && this.#pending === 0;
  }

  #hasCalls(): boolean {
    for (const call of this.session.calls.values()) if (!call.monitored) return true;
    return false;
  }
}

function isLoggedIn({ AgentState }: Args): boolean {
  return AgentState !== undefined && AgentState !== LOGGED_OUT && AgentState !== UNKNOWN;
}
