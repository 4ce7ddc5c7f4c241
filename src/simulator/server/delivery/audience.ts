/**
 * Who receives what: whether an event reaches a session, by its services, its masks, the device it is bound to and the
 * monitors it has set. Pure.
 */
import { type MessageInit, NULL_PERIPHERAL_ID, ServiceMask } from '../../../ged188/index.js';
import type { Grant } from '../session/open.js';

/** A message for its potential recipients, sent once for each of their monitors. */
export interface PublishedEvent {
  readonly message: MessageInit;
  /** `call` is filtered by CallMsgMask, `agent` by AgentStateMask. */
  readonly mask: { readonly kind: 'call' | 'agent'; readonly bit: number };
  /** undefined if the message names none: pre-call events. */
  readonly peripheralId: number;
  /** The device from whose point of view the message is. */
  readonly deviceId?: string;
  /** The instrument of the device. */
  readonly instrument?: string;
  readonly agentId?: string;
  readonly teamId?: number;
  readonly callId?: number;
  /** False for route points, VRU ports and queues: sent only to sessions that monitor them. */
  readonly phone: boolean;
  readonly nonAcdLine?: boolean;
  /** The first protocol version that has the message; absent: all. */
  readonly since?: number;
  /** For bridges only, not the device's own client. */
  readonly allEventsOnly?: true;
  /**
   * A message that exists both per party of a call (`party`) and for those who see the call as a whole (`call`): each
   * recipient gets one of them, once.
   */
  readonly seenBy?: 'party' | 'call';
}

/** The target of a monitor; each monitor's messages carry a MonitorID of their own. */
export type MonitorTarget =
  | { readonly kind: 'device'; readonly peripheralId: number; readonly deviceId: string }
  | { readonly kind: 'call'; readonly peripheralId: number; callId: number; readonly deviceId: string | undefined }
  | { readonly kind: 'session'; readonly grant: Grant; readonly sessionId: number }
  | { readonly kind: 'team'; readonly peripheralId: number; readonly teamId: number };

export interface Monitor {
  readonly id: number;
  callMask: number;
  agentMask: number;
  readonly target: MonitorTarget;
}

/** Whether the events granted to the session itself include this one. */
export function isTold(grant: Grant, event: PublishedEvent): boolean {
  return passes(event, grant.callMask, grant.agentMask) && concerns(grant, event);
}

/** Whether one of the session's monitors includes this. */
export function isMonitored(monitor: Monitor, event: PublishedEvent): boolean {
  const { target } = monitor;
  if (target.kind === 'session') return isTold(target.grant, event);
  if (!passes(event, monitor.callMask, monitor.agentMask)) return false;
  if (target.peripheralId !== event.peripheralId) return false;
  switch (target.kind) {
    case 'device':
      return event.seenBy !== 'call' && (target.deviceId === event.deviceId || target.deviceId === event.instrument);
    case 'call':
      if (target.callId !== event.callId) return false;
      return target.deviceId === undefined
        ? event.seenBy !== 'party'
        : event.seenBy !== 'call' && target.deviceId === event.deviceId;
    case 'team':
      return event.mask.kind === 'agent' && event.teamId === target.teamId;
    default:
      return false;
  }
}

function passes({ mask }: PublishedEvent, callMask: number, agentMask: number): boolean {
  return ((mask.kind === 'call' ? callMask : agentMask) & mask.bit) !== 0;
}

function concerns(grant: Grant, event: PublishedEvent): boolean {
  if (has(grant, ServiceMask.CTI_SERVICE_ACD_LINE_ONLY) && event.nonAcdLine === true) return false;
  if (has(grant, ServiceMask.CTI_SERVICE_ALL_EVENTS)) {
    const { peripheralId } = grant;
    return (
      event.seenBy !== 'party' &&
      event.phone &&
      (peripheralId === NULL_PERIPHERAL_ID || peripheralId === event.peripheralId)
    );
  }
  const { binding } = grant;
  if (
    binding === undefined ||
    event.allEventsOnly ||
    event.seenBy === 'call' ||
    binding.peripheralId !== event.peripheralId
  )
    return false;
  if (event.mask.kind === 'agent' && binding.agentId !== undefined) return binding.agentId === event.agentId;
  return binding.instrument !== undefined
    ? binding.instrument === event.instrument || binding.instrument === event.deviceId
    : binding.agentId === event.agentId;
}

export function has(grant: Pick<Grant, 'services'>, service: number): boolean {
  return (grant.services & service) !== 0;
}

/** The MonitorID of a session's own events: a bridge receives everything without a monitor. */
export function monitorIdOf(session: { readonly id: number; readonly grant: Grant | undefined }): number {
  return session.grant !== undefined && has(session.grant, ServiceMask.CTI_SERVICE_ALL_EVENTS) ? 0 : session.id;
}
