/** Which agent an event is about, or sits at a phone: always on one peripheral, and only while logged in. */
import type { Args } from '../ctios/transport.js';
import { agentFrom, numberOf, peripheralOf, textOf } from './arguments.js';
import type { ContactEvent, PopAgent } from './types.js';

/** Enumeration AgentState, eLogout. */
const LOGGED_OUT = 1;

/**
 * Finds who is logged in at an instrument.
 * @param peripheral absent where a message names none (pre-call): then only if it is certain
 */
export type FindAgent = (instrument: string, peripheral: number | undefined) => { properties(): Args } | undefined;

/** @returns undefined for one who has logged out, or is known only by name */
export function seatedAgent(properties: Args, peripheral?: number): PopAgent | undefined {
  if (numberOf(properties.AgentState) === LOGGED_OUT) return undefined;
  const agent = agentFrom(properties);
  const elsewhere = peripheral !== undefined && agent?.peripheral !== undefined && agent.peripheral !== peripheral;
  return elsewhere ? undefined : agent;
}

/** @param at the device that the event is about, where it names one */
export function agentOf(
  event: ContactEvent,
  at: { instruments: Iterable<string>; peripheral: number | undefined },
  findAgent: FindAgent | undefined,
): PopAgent | undefined {
  const named = namedAgent(event.args.FilterTarget);
  const known = event.agent === undefined ? undefined : agentFrom(event.agent.properties());
  // The server names the agent who sits at the device; what the session's object knows is only added to it.
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
