/**
 * UniqueObjectIDs: the names of objects that both sides of a session use. Devices may hold dots themselves, so only
 * the first separators count.
 */

export function callObjectId(peripheralID: number, connectionCallID: number, connectionDeviceID: string): string {
  return `call.${peripheralID}.${connectionCallID}.${connectionDeviceID}`;
}

export function agentObjectId(peripheralID: number, agentID: string): string {
  return `agent.${peripheralID}.${agentID}`;
}

export function deviceObjectId(peripheralID: number, instrument: string): string {
  return `device.${peripheralID}.${instrument}`;
}

export function skillGroupObjectId(peripheralID: number, skillGroupNumber: number): string {
  return `skillgroup.${peripheralID}.${skillGroupNumber}`;
}

export function teamObjectId(peripheralID: number, teamID: number): string {
  return `team.${peripheralID}.${teamID}`;
}

/** ICMEnterpriseUniqueID: follows a contact across sites, transfers and conferences. */
export function enterpriseUniqueId(routerCallKeyDay: number, routerCallKeyCallID: number): string {
  return `icm.${routerCallKeyDay}.${routerCallKeyCallID}`;
}

/** A UniqueObjectID in its parts. */
export type ObjectId =
  | { readonly kind: 'call'; peripheralID: number; connectionCallID: number; connectionDeviceID: string }
  | { readonly kind: 'agent'; peripheralID: number; agentID: string }
  | { readonly kind: 'device'; peripheralID: number; instrument: string }
  | { readonly kind: 'skillgroup'; peripheralID: number; skillGroupNumber: number }
  | { readonly kind: 'team'; peripheralID: number; teamID: number };

/** @returns the parts, or undefined if the text is not a UniqueObjectID */
export function parseObjectId(text: string): ObjectId | undefined {
  const match = /^(call|agent|device|skillgroup|team)\.(-?\d+)\.(.*)$/is.exec(text.trim());
  if (match === null) return undefined;
  const kind = match[1]!.toLowerCase();
  const peripheralID = Number(match[2]);
  const rest = match[3]!;
  switch (kind) {
    case 'call': {
      const call = /^(-?\d+)\.(.*)$/s.exec(rest);
      if (call === null) return undefined;
      return { kind, peripheralID, connectionCallID: Number(call[1]), connectionDeviceID: call[2]! };
    }
    case 'agent':
      return rest === '' ? undefined : { kind, peripheralID, agentID: rest };
    case 'device':
      return rest === '' ? undefined : { kind, peripheralID, instrument: rest };
    case 'skillgroup':
      return /^-?\d+$/.test(rest) ? { kind, peripheralID, skillGroupNumber: Number(rest) } : undefined;
    default:
      return /^-?\d+$/.test(rest) ? { kind: 'team', peripheralID, teamID: Number(rest) } : undefined;
  }
}

/** Which kind of object a UniqueObjectID names; cheaper than {@link parseObjectId}. */
export function objectKind(id: string): ObjectId['kind'] | undefined {
  const kind = id.slice(0, id.indexOf('.')).toLowerCase();
  switch (kind) {
    case 'call':
    case 'agent':
    case 'device':
    case 'skillgroup':
    case 'team':
      return kind;
    default:
      return undefined;
  }
}
