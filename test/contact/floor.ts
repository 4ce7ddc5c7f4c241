/** Emits the events of agents and their calls as a session would, and collects the records. */
import { VirtualClock } from '../../src/common/virtual-clock.js';
import {
  type CallRecord,
  type ContactRecord,
  ContactRecorder,
  type ContactSettings,
  type SegmentRecord,
} from '../../src/contact/index.js';
import type { Args } from '../../src/ctios/transport.js';
import type { ContactEvent, FindAgent } from '../../src/screenpop/index.js';

export const INBOUND: Args = {
  CallType: 2,
  ANI: '2065550101',
  DialedNumber: '8001',
  CallVariable1: 'A-20417',
  ICMEnterpriseUniqueID: 'icm.1.1',
};
export const State = { logout: 1, notReady: 2, available: 3, talking: 4, work: 5, reserved: 8, hold: 10 } as const;

/** Agents 1001 ... are at 2001 ... */
export class Floor {
  readonly clock = new VirtualClock();
  readonly records: CallRecord[] = [];
  readonly recorder: ContactRecorder;
  readonly #calls = new Map<string, Args>();

  constructor(settings: ContactSettings = {}, findAgent: FindAgent = agentAt) {
    this.recorder = new ContactRecorder({ region: 'US', ...settings }, { clock: this.clock, findAgent });
    this.recorder.attach((record) => void this.records.push(record));
  }

  get segments(): SegmentRecord[] {
    return this.records.filter((each) => each.event === 'segment');
  }

  get contacts(): ContactRecord[] {
    return this.records.filter((each) => each.event === 'contact');
  }

  get segment(): SegmentRecord {
    return this.segments[0]!;
  }

  pass(seconds: number): this {
    this.clock.advance(seconds * 1000);
    return this;
  }

  /** @param connection "100.2001" */
  tell(event: string, connection: string, args: Args = {}, extra: Partial<ContactEvent> = {}): this {
    const id = `call.5000.${connection}`;
    const old = typeof args.OldUniqueObjectID === 'string' ? args.OldUniqueObjectID : undefined;
    const known: Args = { ...this.#calls.get(old ?? id), ...args, UniqueObjectID: id };
    if (old !== undefined) this.#calls.delete(old);
    this.#calls.set(id, known);
    const agent = agentAt(connection.split('.')[1] ?? '');
    this.recorder.handle({
      event,
      args: { ...args, UniqueObjectID: id },
      call: { properties: () => known },
      ...(agent && { agent }),
      time: this.clock.now(),
      at: this.clock.monotonic(),
      ...extra,
    });
    if (event === 'OnCallEnd') this.#calls.delete(id);
    return this;
  }

  state(agent: string, AgentState: number, args: Args = {}, extra: Partial<ContactEvent> = {}): this {
    const all = { AgentID: agent, PeripheralID: 5000, AgentState, UniqueObjectID: `agent.5000.${agent}`, ...args };
    const [time, at] = [this.clock.now(), this.clock.monotonic()];
    this.recorder.handle({ event: 'OnAgentStateChange', args: all, time, at, ...extra });
    return this;
  }

  ring(connection: string, data: Args = INBOUND): this {
    return this.tell('OnCallBegin', connection, data).tell('OnCallDelivered', connection, { CallStatus: 2 });
  }

  answer(connection: string): this {
    return this.tell('OnCallEstablished', connection, { CallStatus: 3 });
  }

  hold(connection: string): this {
    return this.tell('OnCallHeld', connection, { CallStatus: 4 });
  }

  retrieve(connection: string): this {
    return this.tell('OnCallRetrieved', connection, { CallStatus: 3 });
  }

  dial(connection: string, data: Args): this {
    return this.tell('OnCallBegin', connection, data)
      .tell('OnCallServiceInitiatedEvent', connection, { CallStatus: 1 })
      .tell('OnCallOriginated', connection, { CallStatus: 1 })
      .tell('OnCallDelivered', connection, { CallStatus: 1 });
  }

  end(connection: string, extra: Partial<ContactEvent> = {}): this {
    if (extra.recovered) return this.tell('OnCallEnd', connection, {}, extra);
    return this.tell('OnCallConnectionCleared', connection, { CallStatus: 0 }).tell('OnCallEnd', connection);
  }

  gap(from: number, to = this.clock.now()): this {
    const args = { From: new Date(from).toISOString(), To: new Date(to).toISOString(), Reason: 'closed' };
    this.recorder.handle({ event: 'OnConnectionGap', args, time: this.clock.now() });
    return this;
  }
}

export function agentAt(instrument: string): { properties(): Args } | undefined {
  if (!/^20\d\d$/.test(instrument)) return undefined;
  const id = String(Number(instrument) - 1000);
  return { properties: () => ({ AgentID: id, PeripheralID: 5000, AgentInstrument: instrument, AgentState: 3 }) };
}
