/**
 * Determines the agent that an event concerns, or that is at a phone: always on one peripheral, and only while logged
 * in.
 */
import { LOGGED_OUT } from '../ctios/enums/agent-states.js';
import type { Args } from '../ctios/transport.js';
import { agentFrom, numberArgumentOf, peripheralOf, textOf } from './arguments.js';
import type { CallerIdentity, ContactEvent, PopAgent } from './types.js';

/**
 * Finds the agent logged in at an instrument.
 * @param peripheral absent if the event names none (pre-call): then an agent is returned only if it is certain
 */
export type FindAgent = (instrument: string, peripheral: number | undefined) => { properties(): Args } | undefined;

/** TeamIDs of the agent's teams, as far as they are known. */
export type TeamsOf = (agent: PopAgent) => Iterable<string>;

/** @returns undefined for an agent who has logged out, or of whom only the name is known */
export function seatedAgent(properties: Args, peripheral?: number): PopAgent | undefined {
  if (numberArgumentOf(properties.AgentState) === LOGGED_OUT) return undefined;
  const agent = agentFrom(properties);
  const elsewhere = peripheral !== undefined && agent?.peripheral !== undefined && agent.peripheral !== peripheral;
  return elsewhere ? undefined : agent;
}

/** Whether the number is an extension, or the instrument of an agent. */
export function isColleague(
  { kind, received }: CallerIdentity,
  peripheral: number | undefined,
  findAgent: FindAgent | undefined,
): boolean {
  return kind === 'internal' || (received !== '' && findAgent?.(received, peripheral) !== undefined);
}

/** @param at the device that the event concerns, if it names one */
export function agentOfEvent(
  event: ContactEvent,
  at: { instruments: Iterable<string>; peripheral: number | undefined },
  findAgent: FindAgent | undefined,
): PopAgent | undefined {
  const named = namedAgent(event.args.FilterTarget);
  const known = event.agent === undefined ? undefined : agentFrom(event.agent.properties());
  // The server names the agent at the device; the session's object only adds to that.
  if (named !== undefined) return known?.id === named.id ? { ...known, ...named } : named;
  const seated = event.agent && seatedAgent(event.agent.properties(), at.peripheral);
  if (seated !== undefined) return seated;
  for (const instrument of at.instruments) {
    const found = findAgent?.(instrument, at.peripheral);
    const agent = found && seatedAgent(found.properties(), at.peripheral);
    if (agent !== undefined) return agent;
  }
  return undefined;
}

function namedAgent(filterTarget: unknown): PopAgent | undefined {
  const [kind, peripheral, ...id] = (textOf(filterTarget) ?? '').split('.');
  return kind === 'agent' && id.length > 0 ? { id: id.join('.'), ...peripheralOf(peripheral) } : undefined;
}
