/**
 * The callers and agents of a flow test: the test controls them, and waits until the flow has processed each action.
 */
import type { CommandArguments, CommandName, CommandResult } from '../simulator/index.js';
import type { Duration } from './options.js';

/** Runs a command of the simulated contact center, and waits for its effects. */
export type Act = <N extends CommandName>(command: N, args: CommandArguments<N>) => Promise<CommandResult<N>>;

/** The same for a command that only reads. */
export type Look = <N extends CommandName>(command: N, args: CommandArguments<N>) => CommandResult<N>;

/** Data of a call: CallVariable1 to CallVariable10, ECC variables such as "user.Tier". */
export type TestCallData = CommandArguments<'setCallData'>['data'];

export interface NewCall {
  /** The caller's number. Default: withheld. */
  from?: string;
  /** The dialed number. Default: "8001", the sales line. */
  to?: string;
  data?: TestCallData;
  /** The digits that the caller enters when asked. */
  digits?: string;
  /** Seconds after which the caller stops waiting. Default: never. */
  patience?: number;
}

/** A call from outside. */
export class TestCaller {
  constructor(
    private readonly act: Act,
    /** The ConnectionCallID of the call. */
    readonly callId: number,
  ) {}

  /** Hangs up as the caller. */
  async hangUp(): Promise<void> {
    await this.act('hangUp', { call: this.callId });
  }

  /** Changes the data of the call, as if by another application. */
  async setData(data: TestCallData): Promise<void> {
    await this.act('setCallData', { call: this.callId, data });
  }
}

type AgentAct = 'hold' | 'retrieve' | 'alternate' | 'reconnect' | 'hangUp';
/** The CallStatus of a party whose phone rings: LCS_ALERTING. */
const RINGING = 2;

/** An agent with a phone. */
export class TestAgent {
  /** @param until advances time until a condition is met */
  constructor(
    private readonly act: Act,
    private readonly look: Look,
    private readonly until: (holds: () => boolean, within: Duration) => Promise<boolean>,
    /** "1001" */
    readonly id: string,
  ) {}

  /** The state according to the switch: "Available". */
  get state(): string {
    return this.#facts.state;
  }

  async logIn(): Promise<void> {
    await this.act('loginAgent', { agent: this.id });
  }

  /** @param reason code of the reason */
  async logOut(reason?: number): Promise<void> {
    await this.act('logoutAgent', { agent: this.id, ...(reason !== undefined && { reason }) });
  }

  /** Logs in, if necessary, and becomes available. */
  async available(): Promise<void> {
    if (this.state === 'Logout') await this.logIn();
    await this.act('setAgentState', { agent: this.id, state: 'Available' });
  }

  /** @param reason code of the reason */
  async notReady(reason?: number): Promise<void> {
    await this.act('setAgentState', { agent: this.id, state: 'NotReady', ...(reason !== undefined && { reason }) });
  }

  /** Answers as soon as the phone rings. @param within the maximum time until it does */
  async answer(within: Duration = '60 s'): Promise<void> {
    await this.until(() => this.#isRinging, within);
    await this.act('answer', { agent: this.id });
  }

  hold = (): Promise<void> => this.#do('hold');
  retrieve = (): Promise<void> => this.#do('retrieve');
  /** Alternates between the held call and the active one. */
  alternate = (): Promise<void> => this.#do('alternate');
  /** Ends a consultation and returns to the caller. */
  reconnect = (): Promise<void> => this.#do('reconnect');
  hangUp = (): Promise<void> => this.#do('hangUp');

  async dial(to: string, data?: TestCallData): Promise<void> {
    await this.act('makeCall', { agent: this.id, to, ...(data !== undefined && { data }) });
  }

  /** Consults another party while the caller is on hold. */
  async consult(to: string): Promise<void> {
    await this.act('consult', { agent: this.id, to });
  }

  /** Transfers to the consulted party, or immediately to a number. */
  async transfer(to?: string): Promise<void> {
    await this.act('transfer', { agent: this.id, ...(to !== undefined && { to }) });
  }

  /** Joins the held call and the active one. */
  async conference(): Promise<void> {
    await this.act('conference', { agent: this.id });
  }

  /** Presses keys during the call. */
  async pressKeys(digits: string): Promise<void> {
    await this.act('sendDigits', { agent: this.id, digits });
  }

  /** Changes the data of the agent's call, as if by another application. */
  async setCallData(data: TestCallData): Promise<void> {
    await this.act('setCallData', { agent: this.id, data });
  }

  get #facts(): { state: string; instrument: string } {
    const found = this.look('agents', {}).agents.find(({ agent }) => agent === this.id);
    if (found === undefined) throw new Error(`The contact center has no agent "${this.id}".`);
    return found;
  }

  get #isRinging(): boolean {
    const { instrument } = this.#facts;
    const { calls } = this.look('calls', {});
    return calls.some(({ parties }) => parties.some(({ device, state }) => device === instrument && state === RINGING));
  }

  async #do(command: AgentAct): Promise<void> {
    await this.act(command, { agent: this.id });
  }
}
