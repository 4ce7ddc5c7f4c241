import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/common/random.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { AgentState, nameOf } from '../../../src/ged188/constants/index.js';
import { ContactCenter } from '../../../src/simulator/model/contact-center.js';
import { checkInvariants } from '../../../src/simulator/model/invariants.js';
import { DEFAULT_PERIPHERAL_ID, defaultWorld } from '../../../src/simulator/model/site/default-site.js';
import type {
  AgentStateNumber,
  CommandOutcome,
  ConnectionRef,
  InboundCallRequest,
  MakeCallRequest,
  SetAgentStateRequest,
  SimulatedDeskSettings,
  SwitchSettings,
  TelephonyEvent,
  WorldConfig,
} from '../../../src/simulator/model/state/types.js';

export const PERIPHERAL = DEFAULT_PERIPHERAL_ID;
export const CUSTOMER = '2065550101';

export interface BenchOptions {
  agents?: number;
  desk?: Partial<SimulatedDeskSettings>;
  switch?: Partial<SwitchSettings>;
  /** Further changes to the configuration. */
  world?: (config: WorldConfig) => WorldConfig;
}

/** A contact center for tests: four agents, no VRU treatment, and a record of all its events. */
export class Bench {
  readonly clock = new VirtualClock();
  readonly center: ContactCenter;
  readonly events: TelephonyEvent[] = [];
  #seen = 0;

  constructor(options: BenchOptions = {}) {
    const base = defaultWorld({ agents: options.agents ?? 4 });
    const config: WorldConfig = {
      ...base,
      dialedNumbers: base.dialedNumbers.map((each) => ({ ...each, treatment: undefined })),
      deskSettings: base.deskSettings.map((each) => ({ ...each, ...options.desk })),
      switch: { ...base.switch, ...options.switch },
    };
    this.center = new ContactCenter({
      config: options.world?.(config) ?? config,
      clock: this.clock,
      random: seededRandom(7),
    });
    this.center.listen((event) => this.events.push(event));
  }

  seconds(n: number): void {
    this.clock.advance(n * 1000);
  }

  /** Logs agents in: "1001" at "2001" and so on; supervisors "90001" at "95001". */
  logIn(...agentIds: string[]): void {
    for (const agentId of agentIds) allowed(this.state(agentId, 0));
  }

  ready(...agentIds: string[]): void {
    this.logIn(...agentIds);
    for (const agentId of agentIds) allowed(this.state(agentId, 3));
  }

  state(agentId: string, state: AgentStateNumber, more: Partial<SetAgentStateRequest> = {}): CommandOutcome {
    return this.center.setAgentState({
      peripheralId: PERIPHERAL,
      agentId,
      instrument: phoneOf(agentId),
      state,
      ...more,
    });
  }

  stateOf(agentId: string): string {
    return stateName(this.center.agent(PERIPHERAL, agentId)!.state);
  }

  /** A customer calls. @returns the call id */
  arrives(dialedNumber = '8001', more: Partial<InboundCallRequest> = {}): number {
    return allowed(this.center.placeCall({ peripheralId: PERIPHERAL, ani: CUSTOMER, dialedNumber, ...more })).callId;
  }

  at(callId: number, deviceId: string): ConnectionRef {
    return { peripheralId: PERIPHERAL, callId, deviceId };
  }

  dials(instrument: string, dialedNumber: string, more: Partial<MakeCallRequest> = {}): number {
    const made = allowed(this.center.makeCall({ peripheralId: PERIPHERAL, instrument, dialedNumber, ...more }));
    return made.connection.callId;
  }

  /** A customer talks to an agent; earlier events are discarded. @returns the call id */
  talking(agentId = '1001', dialedNumber = '8001'): number {
    if (this.center.agent(PERIPHERAL, agentId)?.loggedIn !== true) this.ready(agentId);
    const callId = this.arrives(dialedNumber);
    this.seconds(1);
    allowed(this.center.answer(this.at(callId, phoneOf(agentId))));
    this.forget();
    return callId;
  }

  /** An active consultation about a call. @returns its call id */
  consulting(callId: number, from: string, to: string, consultType = 1): number {
    const made = allowed(this.center.consult({ active: this.at(callId, from), dialedNumber: to, consultType }));
    allowed(this.center.answer(this.at(made.connection.callId, to)));
    this.forget();
    return made.connection.callId;
  }

  forget(): void {
    this.#seen = this.events.length;
  }

  /**
   * The events for a device since `forget`: the name of the event, and the GED-188 values. Includes the states of the
   * agent at that device.
   *
   * "callDelivered 2" is status 2 (alerting); then, if relevant: "type 12", "cause 28", "of 2002" (an event of another
   * party's connection), "call 3" (the number of the call, counted from 1), "was 4" (its previous number).
   * @param only lines to keep; by default all except those about voice streams
   */
  told(deviceId: string, only = /^(?!rtp)/): string[] {
    const lines: string[] = [];
    for (const event of this.events.slice(this.#seen)) {
      const line = describe(event, deviceId);
      if (line !== undefined && only.test(line)) lines.push(line);
    }
    return lines;
  }

  consistent(): void {
    assert.deepEqual(checkInvariants(this.center), []);
  }
}

const FIRST_CALL = 0x01000001;
export const callNumber = (callId: number) => (callId === 0xffffffff ? 'none' : String(callId - FIRST_CALL + 1));

function describe(event: TelephonyEvent, deviceId: string): string | undefined {
  if (event.kind === 'agentState') {
    if (event.agent.extension !== deviceId) return undefined;
    const { reasonCode, nextState } = event.agent;
    const reason = reasonCode === 0 ? '' : ` reason ${reasonCode}`;
    const next = nextState === undefined ? '' : ` next ${stateName(nextState)}`;
    return `agent ${stateName(event.agent.state)}${reason}${next}`;
  }
  if (event.kind === 'agentPreCall' || event.kind === 'agentPreCallAbort')
    return event.instrument === deviceId ? event.kind : undefined;
  if (!('views' in event)) return undefined;
  const view = event.views.find((each) => each.deviceId === deviceId);
  if (view === undefined) return undefined;
  const parts: string[] = [event.kind, String(view.state)];
  if (event.kind === 'callBegin' || event.kind === 'callDataUpdate' || event.kind === 'callConferenced')
    parts.push(`type ${view.callType}`);
  if (event.cause !== 0xffff) parts.push(`cause ${event.cause}`);
  if (event.connection.deviceId !== deviceId) parts.push(`of ${event.connection.deviceId}`);
  if (view.callId !== FIRST_CALL) parts.push(`call ${callNumber(view.callId)}`);
  if (event.kind === 'callDataUpdate' && event.newConnection.callId !== event.connection.callId)
    parts.push(`was ${callNumber(event.connection.callId)}`);
  return parts.join(' ');
}

function stateName(state: number): string {
  return (nameOf(AgentState, state) ?? '?').replace('AGENT_STATE_', '').toLowerCase().replaceAll('_', ' ');
}

/** "1001" is at "2001", supervisor "90001" at "95001". */
export function phoneOf(agentId: string): string {
  return String(Number(agentId) + (agentId.length > 4 ? 5000 : 1000));
}

/** The result of an accepted command. */
export function allowed<T>(outcome: CommandOutcome<T>): T {
  if (!outcome.ok) assert.fail(`refused: ${outcome.reason}`);
  return outcome.value;
}

/** The codes of a refusal: [ControlFailureCode, peripheral error code]. */
export function refused(outcome: CommandOutcome<unknown>): [number, number] {
  if (outcome.ok) assert.fail('was accepted');
  return [outcome.failureCode, outcome.peripheralErrorCode];
}
