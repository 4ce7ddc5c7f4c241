/** A session of the client library whose events and responses a test defines. */

import type { OpenedSession, SimulatorFace } from '../../nodes/shared/session/opening/opened-session.js';
import type { CilEvent, Confirmation, RequestOptions, SessionApi, SessionStatus } from '../../src/cil/index.js';
import { Agent, Call, type SkillGroup } from '../../src/cil/index.js';
import { type Args, CtiosError, type EventName, eventByName } from '../../src/ctios/index.js';
import type { SiteLists } from '../../src/embedded.js';

export const READY: SessionStatus = {
  state: 'ready',
  mode: 'monitor',
  online: true,
  server: 'test',
  side: 'A',
  statusSystem: {},
};

type Answer = (name: string, options: RequestOptions) => Confirmation | Promise<Confirmation>;

export class FakeSession implements SessionApi {
  status: SessionStatus = { ...READY, state: 'disconnected', mode: 'none', online: false };
  calls = new Map<string, Call>();
  agents = new Map<string, Agent>();
  skillGroups = new Map<string, SkillGroup>();
  currentCall: Call | undefined;
  currentAgent: Agent | undefined;
  history: CilEvent[] = [];
  sequence = 0;
  /** Requests in order of arrival. */
  requests: { name: string; options: RequestOptions }[] = [];
  answer: Answer = () => ({ args: {} });
  connected = 0;
  disconnected = 0;
  #listeners = new Set<{ name: string; listener: (event: CilEvent) => void }>();
  #status = new Set<(status: SessionStatus) => void>();
  #errors = new Set<(error: unknown) => void>();

  get listeners(): number {
    return this.#listeners.size;
  }
  get statusListeners(): number {
    return this.#status.size;
  }
  connect(): void {
    this.connected++;
    this.turn(READY);
  }
  async disconnect(): Promise<void> {
    this.disconnected++;
    this.turn({ ...READY, state: 'disconnected', mode: 'none', online: false });
  }
  async setMessageFilter(): Promise<void> {}
  async setAgent(agent: Args): Promise<Agent> {
    const id = `agent.${agent.PeripheralID}.${agent.AgentID}`;
    this.currentAgent = this.addAgent(id, agent);
    this.turn({ ...READY, mode: 'agent' });
    return this.currentAgent;
  }
  setCurrentCall(call: Call): void {
    this.currentCall = call;
  }
  onStatus(listener: (status: SessionStatus) => void): () => void {
    this.#status.add(listener);
    return () => this.#status.delete(listener);
  }
  onError(listener: (error: unknown) => void): () => void {
    this.#errors.add(listener);
    return () => this.#errors.delete(listener);
  }
  subscribe(name: string, listener: (event: CilEvent) => void): () => void {
    const entry = { name, listener };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }
  async request(name: string, options: RequestOptions = {}): Promise<Confirmation> {
    this.requests.push({ name, options });
    return this.answer(name, options);
  }

  reportGap(gap: Args): void {
    this.emit('OnConnectionGap', gap);
  }

  turn(status: SessionStatus): void {
    this.status = status;
    for (const listener of [...this.#status]) listener(status);
  }
  addCall(id: string, properties: Args = {}): Call {
    const call = new Call(this as never, false);
    call.merge({ UniqueObjectID: id, ...properties });
    this.calls.set(id, call);
    return call;
  }
  addAgent(id: string, properties: Args = {}): Agent {
    const agent = new Agent(this as never);
    agent.merge({ UniqueObjectID: id, ...properties });
    this.agents.set(id, agent);
    return agent;
  }
  /** Emits an event. */
  emit(event: EventName, args: Args = {}, extra: Partial<CilEvent> = {}): CilEvent {
    const id = typeof args.UniqueObjectID === 'string' ? args.UniqueObjectID : undefined;
    const said: CilEvent = {
      event,
      interfaces: eventByName(event)?.interfaces ?? [],
      args,
      ...(id === undefined ? {} : { objectId: id }),
      ...(id !== undefined && this.calls.has(id) ? { call: this.calls.get(id)! } : {}),
      ...(id !== undefined && this.agents.has(id) ? { agent: this.agents.get(id)! } : {}),
      sequence: ++this.sequence,
      time: 1_700_000_000_000 + this.sequence,
      ...extra,
    };
    this.history.push(said);
    for (const { name, listener } of [...this.#listeners]) {
      if (name === 'AllInOne' || said.interfaces.includes(name)) listener(said);
    }
    return said;
  }
}

/** The result of opening a session, with counters of its use. */
export class FakeOpening implements OpenedSession {
  closed = 0;
  control = true;
  filter = '';
  simulator: SimulatorFace | undefined;
  site: SiteLists | undefined;
  constructor(readonly session = new FakeSession()) {}
  async start(): Promise<void> {
    this.session.connect();
  }
  async close(): Promise<void> {
    this.closed++;
    await this.session.disconnect();
  }
}

export const refused = (code: string, request: string): CtiosError =>
  new CtiosError(code, `${request} was refused`, { request, outcome: 'failed', failureCode: 12 });
