/**
 * Agent-mode sessions of many agents, combined into one session: each agent has a separate session of the client
 * library, opened by `Login` (or `SetAgent`) and closed after the log-out, by `Disconnect`, or after an idle time. The
 * events of all of them have one order and one numbering, and `agentId` names the agent of each.
 */
import { type Clock, systemClock, type Timer } from '../../common/clock.js';
import { type AnyRequestName, CtiosError, checkArguments, type EventArgs, requestByName } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
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
import {
  type AgentToOpen,
  agentOfTarget,
  agentRefusal,
  agentToOpen,
  identityOf,
  type NamedAgent,
  namedBy,
  noSession,
} from './agent-names.js';
import { AgentSession } from './agent-session.js';
import { OpenAgentSessions } from './open-agent-sessions.js';
import { SerialOperations } from './serial-operations.js';
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
  readonly #open: OpenAgentSessions;
  readonly #operations = new SerialOperations();
  #opening = 0;
  #idleTimer: Timer | undefined;

  constructor(private readonly options: AgentSessionsOptions) {
    const failed = (error: unknown): void => this.#errors.tell(error);
    this.limit = options.limit ?? DEFAULT_AGENT_LIMIT;
    this.#clock = options.clock ?? systemClock;
    this.#stream = new EventStream(this.#clock, options.historySize ?? HISTORY, failed);
    const relay = (event: CilEvent): void => void this.#stream.relay(event);
    this.#open = new OpenAgentSessions(options.peripheralId);
    this.#watch = new ServerWatch({ ...options, historySize: 0 }, this.#clock, relay, failed);
  }

  /** The open sessions, by the UniqueObjectIDs of their agents. */
  get sessions(): ReadonlyMap<string, AgentSession> {
    return this.#open.byId;
  }

  connect(): void {
    this.#watch.connect();
  }

  /** Closes every session. The agents remain logged in. */
  async disconnect(): Promise<void> {
    this.#idleTimer?.cancel();
    this.#idleTimer = undefined;
    await Promise.all([...this.sessions.values()].map((session) => this.close(session)));
    await this.#watch.disconnect();
  }

  setMessageFilter(): Promise<void> {
    return Promise.reject(
      agentRefusal(
        'E_CTIOS_MODE_CONFLICT',
        'SetMessageFilter',
        'These are sessions in agent mode: a message filter is for monitor mode.',
      ),
    );
  }

  /** Opens an agent's session, without logging the agent in. */
  async setAgent(args: Args, times: RequestTimes = {}): Promise<Agent> {
    const checked = agentToOpen('SetAgent', checkArguments('SetAgent', args), this.options.peripheralId);
    return await this.#operations.run(checked.id, async () => {
      const session = this.sessions.get(checked.id) ?? (await this.#openSession('SetAgent', checked, times));
      return session.currentAgent!;
    });
  }

  /**
   * Opens the agent's session if there is none, and logs the agent in. If the agent already has a session, or is logged
   * in, the password must be correct, and the existing session is used.
   * @returns rejects with CTIOS_TOO_MANY_AGENTS, or like the request; a session opened for it is then closed
   */
  async logIn(args: Args, times: RequestTimes = {}): Promise<Confirmation> {
    const checked = agentToOpen('Login', checkArguments('Login', args), this.options.peripheralId);
    return await this.#operations.run(checked.id, async () => {
      const known = this.sessions.get(checked.id);
      const session = known ?? (await this.#openSession('Login', checked, times));
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
    await this.#operations.run(session.id, () => this.#end(session));
  }

  /**
   * The open session of an agent; undefined if there is none, or if the agent is named without a peripheral and there
   * are several.
   */
  sessionOf(agent: NamedAgent): AgentSession | undefined {
    return this.#open.of(agent);
  }

  /** The session of the agent who has the call; undefined if no agent, or more than one, has it. */
  sessionOfCall(id: string): AgentSession | undefined {
    return this.#open.ofCall(id);
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
    if (definition?.name === 'Login') return this.logIn({ ...agentOfTarget(target), ...args }, times);
    if (definition?.name === 'SetAgent') {
      const agent = await this.setAgent({ ...agentOfTarget(target), ...args }, times);
      return { event: 'OnSetAgentModeEvent', args: { UniqueObjectID: agent.uniqueObjectID } };
    }
    const { agentId, peripheralId } = { ...namedBy(agentOfTarget(target)), ...namedBy(args) };
    const session =
      agentId === undefined ? this.sessionOfCall(target ?? '') : this.sessionOf({ agentId, peripheralId });
    if (session !== undefined) return session.request(name, options);
    throw agentRefusal(
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
    return this.#open.calls;
  }

  /** The agents with sessions, and those visible to supervisors among them. */
  get agents(): ReadonlyMap<string, Agent> {
    return this.#open.agents;
  }

  get skillGroups(): ReadonlyMap<string, SkillGroup> {
    return this.#open.skillGroups;
  }

  /** Undefined, because there are many agents. */
  readonly currentCall = undefined;
  readonly currentAgent = undefined;

  /** @throws CtiosError E_CTIOS_INVALID_CALL, or the error of the session of the agent who has the call */
  setCurrentCall(call: Call): void {
    const session = this.sessionOfCall(call.uniqueObjectID);
    if (session !== undefined) session.setCurrentCall(call);
    else throw agentRefusal('E_CTIOS_INVALID_CALL', 'SetCurrentCall', `No agent has the call ${call.uniqueObjectID}.`);
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

  async #openSession(
    request: string,
    { id, agentId, args }: AgentToOpen,
    { linkWaitMs = 0, answerMs = DEFAULT_ANSWER_MS }: RequestTimes,
  ): Promise<AgentSession> {
    if (this.sessions.size + this.#opening >= this.limit) {
      const message = `${this.limit} agents have sessions here, which is the limit of this session.`;
      throw agentRefusal('CTIOS_TOO_MANY_AGENTS', request, message);
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
          agentRefusal(
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
    this.#open.add(one);
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
    this.#open.remove(session);
    if (this.sessions.size > 0) return;
    this.#idleTimer?.cancel();
    this.#idleTimer = undefined;
  }

  /** Closes the session after the sender of the log-out request has received its response. */
  #closeWhenOver(session: AgentSession): void {
    void this.#operations.run(session.id, async () => {
      if (session.isOver) await this.#end(session);
    });
  }

  #lookForIdle(): void {
    const { idleMs = 0 } = this.options;
    if (idleMs <= 0) return;
    this.#idleTimer ??= this.#clock.every(Math.min(idleMs, IDLE_LOOK_MS), () => {
      const before = this.#clock.now() - idleMs;
      for (const session of this.sessions.values())
        if (session.idle && session.usedAt <= before) void this.close(session).catch(() => {});
    });
  }
}
