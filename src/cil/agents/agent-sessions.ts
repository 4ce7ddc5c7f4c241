/**
 * Agent-mode sessions of many agents, combined into one session: each agent has a separate session of the client
 * library, opened by `Login` (or `SetAgent`) and closed after the log-out, by `Disconnect`, or after an idle time. The
 * events of all of them have one order and one numbering, and `agentId` names the agent of each.
 */
import { type Clock, systemClock, type Timer } from '../../common/clock.js';
import { type AnyRequestName, CtiosError, checkArguments, type EventArgs, requestByName } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import { agentObjectId, parseObjectId } from '../../ctios/unique-object-id.js';
import type { CilEvent, Dispose, EventListener } from '../events/cil-event.js';
import { EventStream } from '../events/event-stream.js';
import { Listeners } from '../events/listeners.js';
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import { type Confirmation, DEFAULT_ANSWER_MS, type RequestOptions, type RequestTimes } from '../objects/request.js';
import type { SkillGroup } from '../objects/skill-group.js';
import { Session } from '../session.js';
import type { SessionApi } from '../session-api.js';
import type { SessionOptions } from '../session-options.js';
import type { SessionStatus } from '../status.js';
import { AgentSession } from './agent-session.js';
import { ServerWatch } from './server-watch.js';

export interface AgentSessionsOptions extends Omit<SessionOptions, 'attemptLimit'> {
  /** The maximum number of agents with a session at the same time; default 500. */
  limit?: number;
  /**
   * Closes a session if no request was sent and the agent had no call and no change of state for this long, in
   * milliseconds; 0, the default: never. The agent remains logged in.
   */
  idleMs?: number;
  /** The peripheral of agents named without one. */
  peripheralId?: number;
}

/** Identifies an agent: by AgentID, with or without its peripheral, or by a UniqueObjectID. */
export interface NamedAgent {
  readonly agentId: string;
  readonly peripheralId?: string | number | undefined;
}

export const DEFAULT_AGENT_LIMIT = 500;
/** The number of events kept in the history, for all agents together. */
const HISTORY = 10_000;
const NOTHING_TOUCHED = { objectId: undefined, call: undefined, agent: undefined, skillGroup: undefined };
/** The minimum interval between checks for idle sessions, in milliseconds. */
const IDLE_LOOK_MS = 30_000;

export class AgentSessions implements SessionApi {
  readonly limit: number;
  readonly #clock: Clock;
  readonly #stream: EventStream;
  readonly #errors = new Listeners<unknown>(() => {});
  readonly #watch: ServerWatch;
  readonly #sessions = new Map<string, AgentSession>();
  /** The last operation on an agent's session; the next one waits for it. */
  readonly #order = new Map<string, Promise<unknown>>();
  #opening = 0;
  #idleTimer: Timer | undefined;

  constructor(private readonly options: AgentSessionsOptions) {
    const failed = (error: unknown): void => this.#errors.tell(error);
    this.limit = options.limit ?? DEFAULT_AGENT_LIMIT;
    this.#clock = options.clock ?? systemClock;
    this.#stream = new EventStream(this.#clock, options.historySize ?? HISTORY, failed);
    const relay = (event: CilEvent): void => void this.#stream.relay(event);
    this.#watch = new ServerWatch({ ...options, historySize: 0 }, this.#clock, relay, failed);
  }

  /** The open sessions, by the UniqueObjectIDs of their agents. */
  get sessions(): ReadonlyMap<string, AgentSession> {
    return this.#sessions;
  }

  connect(): void {
    this.#watch.connect();
  }

  /** Closes every session. The agents remain logged in. */
  async disconnect(): Promise<void> {
    this.#idleTimer?.cancel();
    this.#idleTimer = undefined;
    await Promise.all([...this.#sessions.values()].map((session) => this.close(session)));
    await this.#watch.disconnect();
  }

  setMessageFilter(): Promise<void> {
    return Promise.reject(
      refusal(
        'E_CTIOS_MODE_CONFLICT',
        'SetMessageFilter',
        'These are sessions in agent mode: a message filter is for monitor mode.',
      ),
    );
  }

  /** Opens an agent's session, without logging the agent in. */
  async setAgent(args: Args, times: RequestTimes = {}): Promise<Agent> {
    const checked = this.#named('SetAgent', checkArguments('SetAgent', args));
    return await this.#inOrder(checked.id, async () => {
      const session = this.#sessions.get(checked.id) ?? (await this.#open('SetAgent', checked, times));
      return session.currentAgent!;
    });
  }

  /**
   * Opens the agent's session if there is none, and logs the agent in. If the agent already has a session, or is logged
   * in, the password must be correct, and the existing session is used.
   * @returns rejects with CTIOS_TOO_MANY_AGENTS, or like the request; a session opened for it is then closed
   */
  async logIn(args: Args, times: RequestTimes = {}): Promise<Confirmation> {
    const checked = this.#named('Login', checkArguments('Login', args));
    return await this.#inOrder(checked.id, async () => {
      const known = this.#sessions.get(checked.id);
      const session = known ?? (await this.#open('Login', checked, times));
      try {
        return await session.logIn(checked.args, times);
      } catch (error) {
        // The result of a log-in whose outcome is unknown is known to the session after the link is restored.
        const unknown = error instanceof CtiosError && error.cause.outcome === 'unknown';
        if (known === undefined && !unknown) await this.#end(session);
        throw error;
      }
    });
  }

  /** Closes an agent's session. The agent remains logged in. */
  async close(session: AgentSession): Promise<void> {
    await this.#inOrder(session.id, () => this.#end(session));
  }

  /**
   * The open session of an agent; undefined if there is none, or if the agent is named without a peripheral and there
   * are several.
   */
  sessionOf({ agentId, peripheralId = this.options.peripheralId }: NamedAgent): AgentSession | undefined {
    if (/^agent\./i.test(agentId)) return this.#sessions.get(agentId);
    if (peripheralId !== undefined && peripheralId !== '')
      return this.#sessions.get(`agent.${peripheralId}.${agentId}`);
    const found = [...this.#sessions.values()].filter(({ whose }) => whose.agentId === agentId);
    return found.length === 1 ? found[0] : undefined;
  }

  /** The session of the agent who has the call; undefined if no agent, or more than one, has it. */
  sessionOfCall(id: string): AgentSession | undefined {
    const found = [...this.#sessions.values()].filter(({ calls }) => calls.get(id)?.monitored === false);
    return found.length === 1 ? found[0] : undefined;
  }

  /**
   * Sends a request for the agent or the call named by its target or arguments. `Login` and `SetAgent` open the agent's
   * session; use `sessions` for requests of supervisors.
   */
  async request(name: AnyRequestName, options: RequestOptions = {}): Promise<Confirmation> {
    const definition = requestByName(name);
    const args = checkArguments(name, options.args ?? {}, {});
    const { target, linkWaitMs, answerMs } = options;
    const times = { linkWaitMs: linkWaitMs ?? 0, answerMs: answerMs ?? DEFAULT_ANSWER_MS };
    if (definition?.name === 'Login') return this.logIn({ ...agentOf(target), ...args }, times);
    if (definition?.name === 'SetAgent') {
      const agent = await this.setAgent({ ...agentOf(target), ...args }, times);
      return { event: 'OnSetAgentModeEvent', args: { UniqueObjectID: agent.uniqueObjectID } };
    }
    const { agentId, peripheralId } = { ...namedBy(agentOf(target)), ...namedBy(args) };
    const session =
      agentId === undefined ? this.sessionOfCall(target ?? '') : this.sessionOf({ agentId, peripheralId });
    if (session !== undefined) return session.request(name, options);
    throw refusal(
      agentId === undefined ? 'CTIOS_NO_OBJECT' : 'CTIOS_NO_AGENT_SESSION',
      definition?.name ?? name,
      agentId === undefined ? 'Name the agent whose session it is for.' : noSession(agentId),
    );
  }

  get status(): SessionStatus {
    return this.#watch.status;
  }

  onStatus(listener: (status: SessionStatus) => void): Dispose {
    return this.#watch.onStatus(listener);
  }

  onError(listener: (error: unknown) => void): Dispose {
    return this.#errors.add(listener);
  }

  subscribe(name: string, listener: EventListener): Dispose {
    return this.#stream.subscribe(name, listener);
  }

  /** The calls of all agents. A call in several sessions is represented by the object of its own agent's session. */
  get calls(): ReadonlyMap<string, Call> {
    const all = new Map<string, Call>();
    for (const { calls } of this.#sessions.values())
      for (const [id, call] of calls) if (!call.monitored || !all.has(id)) all.set(id, call);
    return all;
  }

  /** The agents with sessions, and those visible to supervisors among them. */
  get agents(): ReadonlyMap<string, Agent> {
    const all = new Map<string, Agent>();
    for (const session of this.#sessions.values())
      for (const [id, agent] of session.agents) if (id === session.id || !all.has(id)) all.set(id, agent);
    return all;
  }

  get skillGroups(): ReadonlyMap<string, SkillGroup> {
    const all = new Map<string, SkillGroup>();
    for (const session of this.#sessions.values()) for (const [id, group] of session.skillGroups) all.set(id, group);
    return all;
  }

  /** Undefined, because there are many agents. */
  readonly currentCall = undefined;
  readonly currentAgent = undefined;

  /** @throws CtiosError E_CTIOS_INVALID_CALL, or the error of the session of the agent who has the call */
  setCurrentCall(call: Call): void {
    const session = this.sessionOfCall(call.uniqueObjectID);
    if (session !== undefined) session.setCurrentCall(call);
    else throw refusal('E_CTIOS_INVALID_CALL', 'SetCurrentCall', `No agent has the call ${call.uniqueObjectID}.`);
  }

  get history(): Iterable<CilEvent> {
    return this.#stream.history;
  }

  get sequence(): number {
    return this.#stream.sequence;
  }

  reportGap(gap: EventArgs<'OnConnectionGap'>): void {
    this.#stream.deliver('OnConnectionGap', ['ISessionEvents'], { ...gap } as Args, NOTHING_TOUCHED, undefined);
  }

  /** Operations on one agent's session are serialized. */
  #inOrder<T>(id: string, act: () => Promise<T>): Promise<T> {
    const done = (this.#order.get(id) ?? Promise.resolve()).then(act);
    const settled = done.then(
      () => {},
      () => {},
    );
    this.#order.set(id, settled);
    void settled.then(() => {
      if (this.#order.get(id) === settled) this.#order.delete(id);
    });
    return done;
  }

  /** The agent of a request's arguments. @throws CtiosError CTIOS_MISSING_ARGUMENT */
  #named(request: string, args: Args): { id: string; agentId: string; args: Args } {
    const { AgentID, PeripheralID = this.options.peripheralId } = args;
    if (typeof AgentID !== 'string' || AgentID === '')
      throw refusal(
        'CTIOS_MISSING_ARGUMENT',
        request,
        'AgentID is missing: it names the agent whose session is opened.',
      );
    if (typeof PeripheralID !== 'number')
      throw refusal('CTIOS_MISSING_ARGUMENT', request, 'PeripheralID is missing, and the session has none either.');
    return { id: agentObjectId(PeripheralID, AgentID), agentId: AgentID, args: { ...args, PeripheralID } };
  }

  async #open(
    request: string,
    { id, agentId, args }: { id: string; agentId: string; args: Args },
    { linkWaitMs = 0, answerMs = DEFAULT_ANSWER_MS }: RequestTimes,
  ): Promise<AgentSession> {
    if (this.#sessions.size + this.#opening >= this.limit) {
      const message = `${this.limit} agents have sessions here, which is the limit of this session.`;
      throw refusal('CTIOS_TOO_MANY_AGENTS', request, message);
    }
    this.#opening++;
    try {
      await this.#watch.online(request, linkWaitMs);
      return await this.#connect(request, id, agentId, args, answerMs);
    } finally {
      this.#opening--;
    }
  }

  async #connect(request: string, id: string, agentId: string, args: Args, limitMs: number): Promise<AgentSession> {
    const { limit: _, idleMs: __, peripheralId: ___, ...options } = this.options;
    const session = new Session({ ...options, historySize: 0 });
    const { PeripheralID } = args;
    const elsewhere = PeripheralID !== this.options.peripheralId && typeof PeripheralID === 'number';
    const whose = { agentId, ...(elsewhere ? { peripheralId: PeripheralID } : {}) };
    const one = new AgentSession(id, whose, session, {
      history: this.#stream.history,
      sequence: () => this.#stream.sequence,
      relay: (event) => this.#stream.relay(event, whose),
      failed: (error) => this.#errors.tell(error),
      now: () => this.#clock.now(),
      over: () => this.#closeWhenOver(one),
      close: () => this.close(one),
    });
    session.connect();
    let late: Timer | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      late = this.#clock.after(limitMs, () => {
        const why = session.status.reason ?? 'the server did not answer';
        reject(
          refusal(
            'CTIOS_ANSWER_TIMEOUT',
            request,
            `no session for agent ${agentId} within ${limitMs / 1_000} s: ${why}`,
          ),
        );
      });
    });
    try {
      await Promise.race([session.setAgent(identityOf(agentId, args)), limit]);
    } catch (error) {
      await session.disconnect();
      throw error;
    } finally {
      late?.cancel();
    }
    this.#sessions.set(id, one);
    // A session ends on its own only if the server rejects it: there is nothing to reconnect to.
    session.onStatus(({ state }) => {
      if (state === 'rejected' || state === 'disconnected') this.#forget(one);
    });
    this.#lookForIdle();
    return one;
  }

  async #end(session: AgentSession): Promise<void> {
    await session.end();
    this.#forget(session);
  }

  #forget(session: AgentSession): void {
    if (this.#sessions.get(session.id) === session) this.#sessions.delete(session.id);
    if (this.#sessions.size > 0) return;
    this.#idleTimer?.cancel();
    this.#idleTimer = undefined;
  }

  /** Closes the session after the sender of the log-out request has received its response. */
  #closeWhenOver(session: AgentSession): void {
    void this.#inOrder(session.id, async () => {
      if (session.isOver) await this.#end(session);
    });
  }

  #lookForIdle(): void {
    const { idleMs = 0 } = this.options;
    if (idleMs <= 0) return;
    this.#idleTimer ??= this.#clock.every(Math.min(idleMs, IDLE_LOOK_MS), () => {
      const before = this.#clock.now() - idleMs;
      for (const session of this.#sessions.values())
        if (session.idle && session.usedAt <= before) void this.close(session).catch(() => {});
    });
  }
}

/** The reason why a request about an agent cannot be sent. */
export function noSession(agentId: string): string {
  return `Agent ${agentId} has no session here: send Login first.`;
}

/** The arguments of a log-in that identify the agent and its phone. */
function identityOf(agentId: string, args: Args): Args & { AgentID: string } {
  const keywords = requestByName('SetAgent')?.args.map(({ keyword }) => keyword) ?? [];
  const given = Object.entries(args).filter(([keyword]) => keywords.includes(keyword) && keyword !== 'AutoLogin');
  return { ...Object.fromEntries(given), AgentID: agentId };
}

/** The arguments that name the agent of a target. */
function agentOf(target: string | undefined): Args {
  const parts = target === undefined ? undefined : parseObjectId(target);
  return parts?.kind === 'agent' ? { AgentID: parts.agentID, PeripheralID: parts.peripheralID } : {};
}

function namedBy({ AgentID, PeripheralID }: Args): Partial<NamedAgent> {
  return {
    ...(typeof AgentID === 'string' ? { agentId: AgentID } : {}),
    ...(typeof PeripheralID === 'number' ? { peripheralId: PeripheralID } : {}),
  };
}

function refusal(code: string, request: string, message: string): CtiosError {
  return new CtiosError(code, `${request}: ${message}`, { request, outcome: 'failed' });
}
