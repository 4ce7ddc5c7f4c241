/**
 * A client of the CTI Server protocol, implemented from the guide alone; it shares only the codec with the simulator.
 * It runs in memory with a virtual clock: every step first lets all bytes arrive.
 */
import type { ByteStream } from '../../../src/common/network/byte-stream.js';
import { memoryPipe } from '../../../src/common/network/pipe.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import {
  decode,
  encode,
  FrameReader,
  type Message,
  type MessageInit,
  type MessageInitOf,
  type MessageName,
  type MessageOf,
  ServiceMask,
} from '../../../src/ged188/index.js';
import { Simulator, type SimulatorOptions } from '../../../src/simulator/index.js';

export const PERIPHERAL = 5000;
export const NONE = 0xffffffff;
export const ALL_CALLS = 0xffffffff;
export const ALL_AGENTS = 0x3fff;
export const S = ServiceMask;
/** The services of a bridge. */
export const BRIDGE = S.CTI_SERVICE_ALL_EVENTS | S.CTI_SERVICE_CLIENT_CONTROL | S.CTI_SERVICE_CALL_DATA_UPDATE;

export class RawClient {
  /** All messages received and not yet taken, oldest first. */
  inbox: Message[] = [];
  /** The same, as bytes. */
  readonly bytes: Buffer[] = [];
  closed: { error?: Error } | undefined;
  version = 24;
  #invokeId = 0;
  readonly #reader = new FrameReader({ onFrame: (frame) => this.#received(frame) });

  constructor(
    readonly clock: VirtualClock,
    readonly stream: ByteStream,
  ) {
    stream.onData = (bytes) => this.#reader.push(bytes);
    stream.onClose = (error) => {
      this.closed = error ? { error } : {};
    };
  }

  #received(frame: Buffer): void {
    this.bytes.push(frame);
    this.inbox.push(decode(frame, this.version));
  }

  /** Lets all bytes in transit arrive. */
  settle(): this {
    for (let turn = 0; turn < 6; turn++) this.clock.advance(0);
    return this;
  }

  send(message: MessageInit): this {
    this.stream.write(encode(message, this.version));
    return this.settle();
  }

  /** Sends a request and returns its response; other messages remain in the inbox. */
  ask(message: MessageInit): Message {
    const InvokeID = ++this.#invokeId;
    this.send({ ...message, InvokeID } as MessageInit);
    const index = this.inbox.findIndex((each) => 'InvokeID' in each && each.InvokeID === InvokeID);
    if (index < 0) throw new Error(`${message.type} was not answered`);
    return this.inbox.splice(index, 1)[0]!;
  }

  /** Sends a request and expects this confirmation. */
  confirmed<N extends MessageName>(message: MessageInit, confirmation: N): MessageOf<N> {
    const answer = this.ask(message);
    if (answer.type !== confirmation) throw new Error(`${message.type} was answered with ${JSON.stringify(answer)}`);
    return answer as MessageOf<N>;
  }

  /** Sends a request and expects a refusal: "status 12" or "control 8/0". */
  refused(message: MessageInit): string {
    const answer = this.ask(message);
    if (answer.type === 'FAILURE_CONF') return `status ${answer.Status}`;
    if (answer.type === 'CONTROL_FAILURE_CONF') return `control ${answer.FailureCode}/${answer.PeripheralErrorCode}`;
    throw new Error(`${message.type} was not refused but answered with ${answer.type}`);
  }

  open(more: Partial<MessageInitOf<'OPEN_REQ'>> = {}): Message {
    this.version = more.VersionNumber ?? this.version;
    return this.ask({
      type: 'OPEN_REQ',
      VersionNumber: this.version,
      IdleTimeout: NONE,
      PeripheralID: NONE,
      ServicesRequested: BRIDGE,
      CallMsgMask: ALL_CALLS,
      AgentStateMask: ALL_AGENTS,
      ClientID: 'test',
      ClientPassword: Buffer.alloc(0),
      ...more,
    });
  }

  /** Takes all received messages; with types, only those, and leaves the others. */
  take(): Message[];
  take<N extends MessageName>(...types: N[]): MessageOf<N>[];
  take(...types: MessageName[]): Message[] {
    this.settle();
    const wanted = (each: Message) => types.length === 0 || (types as string[]).includes(each.type);
    const taken = this.inbox.filter(wanted);
    this.inbox = this.inbox.filter((each) => !wanted(each));
    return taken;
  }

  /** The next message of the type; throws if there is none. */
  next<N extends MessageName>(type: N): MessageOf<N> {
    this.settle();
    const index = this.inbox.findIndex((each) => each.type === type);
    if (index < 0) throw new Error(`no ${type}; there are ${this.inbox.map((each) => each.type).join(', ') || 'none'}`);
    return this.inbox.splice(index, 1)[0] as MessageOf<N>;
  }

  /** The received messages, one line each: "CALL_HELD_EVENT 2001 4". Takes all of them. */
  story(): string[] {
    return this.take().map(tell);
  }
}

/** A message in short form: its name, its device and the state. */
export function tell(message: Message): string {
  const fields = message as unknown as Record<string, unknown>;
  const device = fields.ConnectionDeviceID ?? fields.PrimaryDeviceID ?? fields.AgentID ?? '';
  const state = fields.LocalConnectionState ?? fields.AgentState ?? '';
  return [message.type, device, state].filter((each) => each !== '').join(' ');
}

export interface Lab {
  clock: VirtualClock;
  simulator: Simulator;
  /** Connects another client. */
  connect(side?: 'A' | 'B'): RawClient;
  /** Advances the time, in seconds. */
  pass(seconds: number): void;
}

/** A quiet in-memory contact center: no automatic agents, no calls, and time that does not advance by itself. */
export async function lab(options: SimulatorOptions = {}): Promise<Lab> {
  const clock = new VirtualClock();
  const simulator = new Simulator({ clock, listen: false, automatic: false, traffic: 'off', agents: 6, ...options });
  await simulator.start();
  let clients = 0;
  return {
    clock,
    simulator,
    connect(side = 'A') {
      const [near, far] = memoryPipe(clock, [`10.0.0.${++clients}:5000${clients}`, 'server:42027']);
      simulator.accept(far, side);
      return new RawClient(clock, near);
    },
    pass: (seconds) => clock.advance(seconds * 1000),
  };
}

/** A client with an open session. */
export function opened(at: Lab, more: Partial<MessageInitOf<'OPEN_REQ'>> = {}, side: 'A' | 'B' = 'A'): RawClient {
  const client = at.connect(side);
  const answer = client.open(more);
  if (answer.type !== 'OPEN_CONF') throw new Error(`not opened: ${JSON.stringify(answer)}`);
  return client;
}

/** Logs an agent in through the protocol, and optionally makes the agent available. */
export function login(client: RawClient, agentId: string, available = true): void {
  const AgentInstrument = String(Number(agentId) + 1000);
  const request = { type: 'SET_AGENT_STATE_REQ', PeripheralID: PERIPHERAL, AgentID: agentId, AgentInstrument } as const;
  client.confirmed({ ...request, AgentState: 0 }, 'SET_AGENT_STATE_CONF');
  if (available) client.confirmed({ ...request, AgentState: 3 }, 'SET_AGENT_STATE_CONF');
}

/** A customer calls sales and rings at the only available agent. @returns the call */
export function ring(at: Lab, client: RawClient, data: Record<string, string> = {}): number {
  const { call } = at.simulator.run('placeCall', { from: '2065550101', to: '8001', data });
  at.pass(5);
  client.settle();
  return call;
}

/** A connection as named in requests. */
export function connection(call: number, device: string) {
  return {
    PeripheralID: PERIPHERAL,
    ConnectionCallID: call,
    ConnectionDeviceIDType: 0,
    ConnectionDeviceID: device,
  };
}
