/** Reads what identifies a contact from an event: keywords of unknown type, the call, the agent. */
import type { Args } from '../ctios/transport.js';
import type { ContactEvent, PopAgent } from './types.js';

/** A keyword's value as text; ids may arrive as numbers and stay strings from here on. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function numberOf(value: unknown): number | undefined {
  const result = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof result === 'number' && Number.isFinite(result) ? result : undefined;
}

/** The call's merged properties; empty where the event has no call. */
export function readCall(event: ContactEvent): Args {
  return event.call?.properties() ?? {};
}

/** @returns undefined where the properties name no agent: a device without one has them, too */
export function agentFrom(properties: Args): PopAgent | undefined {
  const id = textOf(properties.AgentID);
  if (id === undefined || id === '') return undefined;
  const instrument = textOf(properties.AgentInstrument) ?? textOf(properties.AgentExtension);
  const name = [textOf(properties.AgentFirstName), textOf(properties.AgentLastName)].filter(Boolean).join(' ');
  return {
    id,
    ...peripheralOf(properties.PeripheralID),
    ...(instrument && { instrument }),
    ...(name && { name }),
  };
}

export function peripheralOf(value: unknown): { peripheral?: number } {
  const peripheral = numberOf(value);
  return peripheral === undefined ? {} : { peripheral };
}
