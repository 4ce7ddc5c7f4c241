/** Reads the arguments that identify a contact from an event: keywords of unknown type, the call, the agent. */

import type { Args } from '../ctios/transport.js';
import { NULL_CALLTYPE, NULL_SKILL_GROUP } from '../ged188/constants/limits.js';
import type { ContactEvent, PopAgent } from './types.js';

/** A keyword's value as text; ids may arrive as numbers but are handled as strings. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function numberArgumentOf(value: unknown): number | undefined {
  const result = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof result === 'number' && Number.isFinite(result) ? result : undefined;
}

/** @returns undefined if the switch does not state a type: NULL_CALLTYPE, or 0 of Unified CCX */
export function callTypeOf({ CallType }: Args): number | undefined {
  const type = numberArgumentOf(CallType);
  return type === 0 || type === NULL_CALLTYPE ? undefined : type;
}

/** @returns undefined if the value names no skill group */
export function skillGroupOf(value: unknown): number | undefined {
  const number = numberArgumentOf(value);
  return number !== undefined && number < NULL_SKILL_GROUP ? number : undefined;
}

/** The journey of a routed call; undefined if the key is blank or null, which calls of other customers have, too. */
export function journeyIn(args: Args): string | undefined {
  const journey = textOf(args.ICMEnterpriseUniqueID)?.trim() ?? '';
  return /^(icm\.)?[0.]*$/.test(journey) ? undefined : journey;
}

/** The call's merged properties; empty if the event has no call. */
export function readCall(event: ContactEvent): Args {
  return event.call?.properties() ?? {};
}

/** @returns undefined if the properties name no agent: a device without one has these properties, too */
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
  const peripheral = numberArgumentOf(value);
  return peripheral === undefined ? {} : { peripheral };
}
