/**
 * A team observed by three sessions across all tiers in virtual time: the supervisor's desktop, the desktop of one of
 * the agents, and a monitor session. The events of each can be read as lines.
 */
import type { Agent, CilEvent, Session } from '../../src/cil/index.js';
import type { Args } from '../../src/ctios/index.js';
import { constants, enums } from '../../src/ctios/index.js';
import type { ObjectServerSettings } from '../../src/server/index.js';
import { TestBed } from '../support/test-bed.js';

export const SUPERVISOR = '90001';
export const AGENT = '1001';
export const CUSTOMER = '2065550101';

const State = constants(enums.AgentState);
const Status = constants(enums.CallStatus);
const Button = constants(enums.SupervisorButtonEnablementMask);

/** Frequent events that are not part of a flow: media, and the agent's own buttons (separate tests cover both). */
const ASIDE = /^(OnCallRTP|OnButtonEnablementChange|OnCurrentCallChanged|OnHeartbeat)/;

export interface FloorOptions extends Partial<Omit<ObjectServerSettings, 'agents'>> {
  /** Teams have twenty members; a team's supervisor substitutes for the previous team. */
  agents?: number;
  /** The agents who are already logged in. Default: agents 1001 and 1002 and their supervisor. */
  loggedIn?: readonly string[];
}

export type Seat = 'supervisor' | 'agent' | 'monitor';

export class Floor {
  readonly sessions = {} as Record<Seat, Session>;
  readonly events: Record<Seat, CilEvent[]> = { supervisor: [], agent: [], monitor: [] };
  #callNumbers = new Map<string, number>();
  /** Sessions beyond the three. */
  readonly #others: Session[] = [];

  private constructor(readonly bed: TestBed) {}

  /** Opens three sessions: supervisor 90001, agent 1001, and a monitor. */
  static async open(options: FloorOptions = {}): Promise<Floor> {
    const { agents = 4, loggedIn = [SUPERVISOR, AGENT, '1002'], ...settings } = options;
    const bed = new TestBed({ agents, settings });
    const floor = new Floor(bed);
    await bed.open();
    for (const agent of loggedIn) bed.simulator.run('loginAgent', { agent });
    await bed.run(1_000);
    floor.sessions.monitor = bed.another();
    await bed.run(100);
    await bed.settle(floor.sessions.monitor.setMessageFilter(''), 1_000);
    floor.sessions.supervisor = await floor.desktop(SUPERVISOR);
    floor.sessions.agent = await floor.desktop(AGENT);
    await bed.run(1_000);
    for (const seat of ['supervisor', 'agent', 'monitor'] as const) {
      floor.sessions[seat].subscribe('AllInOne', (event) => floor.events[seat].push(event));
    }
    return floor;
  }

  /** The session of an agent. */
  async desktop(agentId: string): Promise<Session> {
    const session = this.bed.another();
    await this.bed.run(100);
    await this.bed.settle(session.setAgent({ AgentID: agentId, PeripheralID: 5000 }), 1_000);
    this.#others.push(session);
    return session;
  }

  get supervisor(): Agent {
    return this.sessions.supervisor.currentAgent!;
  }

  get agent(): Agent {
    return this.sessions.agent.currentAgent!;
  }

  run(seconds: number): Promise<void> {
    return this.bed.run(seconds * 1_000);
  }

  /** Completes a request. */
  async asks<T>(request: Promise<T>): Promise<T> {
    return this.bed.settle(request, 1_000);
  }

  /** The code of a refusal; "confirmed" if the request is not refused. */
  async refusal(request: Promise<unknown>): Promise<string> {
    return this.asks(
      request.then(
        () => 'confirmed',
        (error: { code: string }) => error.code,
      ),
    );
  }

  do(command: string, args: Record<string, unknown> = {}): Record<string, unknown> {
    return this.bed.simulator.run(command as 'answer', args as never) as unknown as Record<string, unknown>;
  }

  /** A customer calls sales and talks to agent 1001. @returns the UniqueObjectID of the agent's call */
  async talking(): Promise<string> {
    if (this.agent.getAgentState() !== State.eAvailable) this.do('setAgentState', { agent: AGENT, state: 'Available' });
    this.do('placeCall', { from: CUSTOMER, to: '8001' });
    await this.run(3);
    this.do('answer', { agent: AGENT });
    await this.run(1);
    return this.sessions.agent.currentCall!.uniqueObjectID;
  }

  /** The supervisor monitors the team, and the calls of agent 1001. */
  async watching(): Promise<void> {
    await this.asks(this.supervisor.requestAgentTeamList());
    await this.asks(this.supervisor.startMonitoringAllAgentTeams());
    await this.asks(this.supervisor.startMonitoringAgent({ AgentReference: 'agent.5000.1001' }));
  }

  supervise(action: 'Monitor' | 'BargeIn' | 'Intercept' | 'Clear', call: string): Promise<unknown> {
    const SupervisoryAction = constants(enums.SupervisoryAction)[`eSupervisor${action}`];
    return this.supervisor.superviseCall({
      AgentReference: 'agent.5000.1001',
      CallReference: call,
      SupervisoryAction,
    });
  }

  forget(): void {
    for (const events of Object.values(this.events)) events.length = 0;
  }

  /** The events of a session since `forget`, one line each. */
  told(seat: Seat, only = /./): string[] {
    return this.events[seat]
      .filter(({ event }) => !ASIDE.test(event))
      .map((each) => this.#line(each))
      .filter((line) => only.test(line));
  }

  /** "OnCallHeld 1@2001 Hold": the first call at phone 2001; "OnAgentStateChange 1001 Talking". */
  #line({ event, args, recovered }: CilEvent): string {
    const parts = [event.replace(/Event$/, '')];
    const id = args.UniqueObjectID;
    if (typeof id === 'string' && id.startsWith('call.')) parts.push(this.#call(id, args));
    else if (args.AgentID !== undefined) parts.push(String(args.AgentID));
    if (args.AgentState !== undefined) parts.push(nameOf(State, args.AgentState));
    if (args.EventReasonCode) parts.push(`reason ${args.EventReasonCode}`);
    if (typeof id === 'string' && id.startsWith('call.') && args.CallStatus !== undefined)
      parts.push(nameOf(Status, args.CallStatus));
    if (args.SupervisorBtnEnablementMask !== undefined) parts.push(buttonsOf(Number(args.SupervisorBtnEnablementMask)));
    if (args.ErrorMessage !== undefined) parts.push(String(args.ErrorMessage));
    if (recovered) parts.push('(recovered)');
    return parts.join(' ');
  }

  #call(id: string, args: Args): string {
    const [, , callId, device] = id.split('.');
    const old = args.OldUniqueObjectID;
    const was = typeof old === 'string' ? ` was ${this.#number(old.split('.')[2]!)}` : '';
    return `${this.#number(callId!)}@${device}${was}`;
  }

  /** Calls are numbered in the order in which they are first reported. */
  #number(callId: string): number {
    const number = this.#callNumbers.get(callId) ?? this.#callNumbers.size + 1;
    this.#callNumbers.set(callId, number);
    return number;
  }

  async close(): Promise<void> {
    for (const session of [this.sessions.monitor, ...this.#others]) {
      await this.bed.settle(session.disconnect(), 1_000);
    }
    await this.bed.close();
  }
}

function nameOf(names: Readonly<Record<string, number>>, value: unknown): string {
  const found = Object.keys(names).find((name) => names[name] === Number(value));
  return (found ?? String(value)).replace(/^(e|LCS_)/, '');
}

/** The names of the buttons, shortest first. */
function buttonsOf(mask: number): string {
  const { ENABLE_BARGE_IN, ENABLE_INTERCEPT, ENABLE_CLEAR, ENABLE_SET_AGENT_LOGOUT, ENABLE_SET_AGENT_READY } = Button;
  const words: [number, string][] = [
    [ENABLE_SET_AGENT_LOGOUT, 'logout'],
    [ENABLE_SET_AGENT_READY, 'ready'],
    [ENABLE_BARGE_IN, 'bargeIn'],
    [ENABLE_INTERCEPT, 'intercept'],
    [ENABLE_CLEAR, 'clear'],
    [Button.ENABLE_START_SILENTMONITOR, 'listen'],
    [Button.ENABLE_STOP_SILENTMONITOR, 'stop'],
  ];
  return `[${words
    .filter(([bit]) => mask & bit)
    .map(([, word]) => word)
    .join(' ')}]`;
}
