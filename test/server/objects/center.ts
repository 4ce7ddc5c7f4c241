import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { Args } from '../../../src/ctios/index.js';
import type { MessageInit } from '../../../src/ged188/index.js';
import {
  createObjectServer,
  type ObjectServer,
  type ObjectServerRequester,
  type ObjectServerSettings,
  type Publication,
  type RequestResult,
} from '../../../src/server/index.js';
import { noPeers, type Peers } from '../../../src/server/peers/index.js';
import { ScriptedLink, settled } from './scripted-link.js';

export const P = 5000;
export const MONITOR: ObjectServerRequester = { clientId: 'monitor', mode: 'monitor' };
export const AGENT: ObjectServerRequester = { clientId: 'desktop', mode: 'agent', agent: 'agent.5000.1001' };

/** An object server on a scripted link, with a record of everything it published. */
export class Center {
  readonly link = new ScriptedLink();
  readonly server: ObjectServer;
  readonly published: Publication[] = [];

  constructor(
    settings: Partial<ObjectServerSettings> = {},
    readonly clock = new VirtualClock(),
    peers: Peers = noPeers,
  ) {
    // Before version 19 there is no configuration, which makes the script of a cold start shorter.
    this.link.version = 18;
    this.server = createObjectServer({ link: this.link, clock: this.clock, settings, peers });
    this.server.subscribe((publication) => this.published.push(publication));
  }

  /** A center with an established link and a complete snapshot. */
  static async up(
    settings: Partial<ObjectServerSettings> = {},
    clock = new VirtualClock(),
    peers: Peers = noPeers,
  ): Promise<Center> {
    const center = new Center(settings, clock, peers);
    center.link.connect();
    await settled();
    center.published.length = 0;
    return center;
  }

  /** Agent 1001 has logged in at 2001. */
  static async withAgent(settings: Partial<ObjectServerSettings> = {}): Promise<Center> {
    const center = await Center.up(settings);
    center.tell(agentState('1001', '2001', 2));
    center.published.length = 0;
    return center;
  }

  tell(...messages: MessageInit[]): void {
    for (const message of messages) this.link.tell(message);
  }

  /** The events that result from the messages: names with their arguments, in order. */
  hear(...messages: MessageInit[]): Publication[] {
    const before = this.published.length;
    this.tell(...messages);
    return this.published.slice(before);
  }

  names(): string[] {
    return this.published.map((each) => each.event);
  }

  last(event: string): Publication {
    const found = this.published.findLast((each) => each.event === event);
    if (found === undefined) throw new Error(`${event} was not published: ${this.names().join(', ')}`);
    return found;
  }

  request(
    name: string,
    target: string | undefined,
    args: Args = {},
    from: ObjectServerRequester = MONITOR,
  ): Promise<RequestResult> {
    return new Promise((ended) => this.server.request(from, name, target, args, 15_000, ended));
  }
}

export function agentState(
  agentId: string,
  instrument: string,
  state: number,
  more: Partial<MessageInit> = {},
): MessageInit {
  return {
    type: 'AGENT_STATE_EVENT',
    PeripheralID: P,
    PeripheralType: 17,
    SkillGroupState: state,
    SkillGroupNumber: 10,
    SkillGroupID: 5010,
    AgentState: state,
    AgentID: agentId,
    AgentExtension: instrument,
    AgentInstrument: instrument,
    ...more,
  } as MessageInit;
}

/** The arguments that identify the connection of a call at a device. */
export function at(callId: number, deviceId: string) {
  return {
    PeripheralID: P,
    PeripheralType: 17,
    ConnectionDeviceIDType: 0,
    ConnectionCallID: callId,
    ConnectionDeviceID: deviceId,
  } as const;
}

export function begin(callId: number, deviceId: string, more: Partial<MessageInit> = {}): MessageInit {
  return { type: 'BEGIN_CALL_EVENT', ...at(callId, deviceId), CallType: 2, ...more } as MessageInit;
}

export function delivered(callId: number, deviceId: string, state = 2, more: Partial<MessageInit> = {}): MessageInit {
  return {
    type: 'CALL_DELIVERED_EVENT',
    ...at(callId, deviceId),
    LineType: 0,
    AlertingDeviceID: deviceId,
    LocalConnectionState: state,
    EventCause: 22,
    ...more,
  } as MessageInit;
}

export function established(callId: number, deviceId: string, more: Partial<MessageInit> = {}): MessageInit {
  return {
    type: 'CALL_ESTABLISHED_EVENT',
    ...at(callId, deviceId),
    LineType: 0,
    AnsweringDeviceID: deviceId,
    LocalConnectionState: 3,
    EventCause: 0xffff,
    ...more,
  } as MessageInit;
}

export function end(callId: number, deviceId: string): MessageInit {
  return { type: 'END_CALL_EVENT', ...at(callId, deviceId) };
}
