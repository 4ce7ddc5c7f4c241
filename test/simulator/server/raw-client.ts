/**
 * A client of the CTI Server protocol written from the guide's rules alone; it shares nothing with the simulator but
 * the codec. It runs in memory under a virtual clock: every step lets the bytes arrive before it looks.
 */
import type { ByteStream } from '../../../src/common/byte-stream.js';
import { memoryPipe } from '../../../src/common/pipe.js';
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
/** What a bridge asks for. */
export const BRIDGE = S.CTI_SERVICE_ALL_EVENTS | S.CTI_SERVICE_CLIENT_CONTROL | S.CTI_SERVICE_CALL_DATA_UPDATE;

export class RawClient {
  /** Everything received and not yet taken, oldest first. */
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

  /** Lets everything that is on its way arrive. */
  settle(): this {
    for (let turn = 0; turn < 6; turn++) this.clock.advance(0);
    return this;
  }

  send(message: MessageInit): this {
    this.stream.write(encode(message, this.version));
    return this.settle();
  }

  /** Sends a request and returns its answer; what else arrives stays in the inbox. */
  ask(message: MessageInit): Message {
    const InvokeID = ++this.#invokeId;
    this.send({ ...message, InvokeID } as MessageInit);
    const index = this.inbox.findIndex((each) => 'InvokeID' in each && each.InvokeID === InvokeID);
    if (index < 0) throw new Error(`${message.type} was not answered`);
    return this.inbox.splice(index, 1)[0]!;
  }

  /** Asks, and expects this confirmation. */
  confirmed<N extends MessageName>(message: MessageInit, confirmation: N): MessageOf<N> {
    const answer = this.ask(message);
    if (answer.type !== confirmation) throw new Error(`${message.type} was answered with ${JSON.stringify(answer)}`);
    return answer as MessageOf<N>;
  }

  /** Asks, and expects a refusal: "status 12" or "control 8/0". */
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

  /** Takes everything received; with types, only those, and leaves the rest. */
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

  /** What was received, as one line per message: "CALL_HELD_EVENT 2001 4". Takes it all. */
  story(): string[] {
    return this.take().map(tell);
  }
}

/** A message in short: its name, the device it is about and the state there. */
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
  /** Lets time pass, in seconds. */
  pass(seconds: number): void;
}

/** A quiet center in memory: agents by hand, nobody calling, time standing still. */
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

/** Logs an agent in through the protocol, and makes it available if wanted. */
export function login(client: RawClient, agentId: string, available = true): void {
  const AgentInstrument = String(Number(agentId) + 1000);
  const request = { type: 'SET_AGENT_STATE_REQ', PeripheralID: PERIPHERAL, AgentID: agentId, AgentInstrument } as const;
  client.confirmed({ ...request, AgentState: 0 }, 'SET_AGENT_STATE_CONF');
  if (available) client.confirmed({ ...request, AgentState: 3 }, 'SET_AGENT_STATE_CONF');
}

/** Somebody calls sales and rings at an agent who is alone there. @returns the call */
export function ring(at: Lab, client: RawClient, data: Record<string, string> = {}): number {
  const { call } = at.simulator.run('placeCall', { from: '2065550101', to: '8001', data });
  at.pass(5);
  client.settle();
  return call;
}

/** A connection as requests name it. */
export function connection(call: number, device: string) {
  return {
    PeripheralID: PERIPHERAL,
    ConnectionCallID: call,
    ConnectionDeviceIDType: 0,
    ConnectionDeviceID: device,
  };
}
