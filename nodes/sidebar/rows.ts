/** One row for each object or event: the few facts that identify it. */
import type { Agent, Call, CilEvent, SkillGroup } from '../../src/cil/index.js';
import { type Args, enumName } from '../../src/ctios/index.js';
import type { Mask } from '../../src/ctios/mask.js';
import { toInteger, toText } from '../../src/ctios/values.js';
import type { StateTimes } from './state-times.js';
import type { AgentRow, CallRow, EventRow, SkillGroupRow } from './view.js';

const NOT_READY = 2;
/** Enumeration AgentState: with a caller. */
const TALKING: ReadonlySet<unknown> = new Set([4, 10]);
const AVAILABLE = 3;

/** What the current user may see. */
export interface Seen {
  readonly times: StateTimes | undefined;
  readonly mask: Mask;
}

export function agentRow(agent: Agent, { times, mask }: Seen): AgentRow {
  const args = mask.apply(agent.properties());
  const state = args.AgentState;
  const reasonCode = state === NOT_READY ? (toInteger(args.EventReasonCode, 'UINT') ?? 0) : 0;
  return {
    kind: 'agent',
    id: agent.uniqueObjectID,
    agentId: text(args.AgentID),
    name: text(args.AgentName) || join(' ', args.AgentFirstName, args.AgentLastName),
    extension: text(args.AgentExtension ?? args.AgentInstrument),
    state: word('AgentState', state),
    ...(reasonCode > 0 ? { reasonCode } : {}),
    ...times?.since(agent.uniqueObjectID, state),
  };
}

export function callRow(call: Call, { times, mask }: Seen): CallRow {
  const args = mask.apply(call.properties());
  return {
    kind: 'call',
    id: call.uniqueObjectID,
    from: text(args.ANI ?? args.CallingDeviceID),
    to: text(args.DialedNumber ?? args.DNIS ?? args.CalledDeviceID),
    device: text(args.DeviceID ?? args.ConnectionDeviceID),
    status: word('CallStatus', args.CallStatus),
    type: word('CallType', args.CallType),
    ...times?.since(call.uniqueObjectID, args.CallStatus),
  };
}

export interface Staff {
  agents: number;
  available: number;
  talking: number;
}

/** The number of agents in each skill group, by `peripheral.number`: the protocol reports it per agent. */
export function staffOf(agents: Iterable<Agent>): Map<string, Staff> {
  const staff = new Map<string, Staff>();
  for (const agent of agents) {
    const args = agent.properties();
    // The number comes from the server; there are no more groups than values.
    const count = Math.min(toInteger(args.NumSkillGroups, 'UINT') ?? 0, Object.keys(args).length);
    for (let index = 1; index <= count; index++) {
      const group = args[`SkillGroup[${index}]`];
      if (typeof group !== 'object') continue;
      const key = `${toText(args.PeripheralID)}.${toText(group.SkillGroupNumber)}`;
      let of = staff.get(key);
      if (of === undefined) {
        of = { agents: 0, available: 0, talking: 0 };
        staff.set(key, of);
      }
      of.agents++;
      if (group.SkillGroupState === AVAILABLE) of.available++;
      if (TALKING.has(group.SkillGroupState)) of.talking++;
    }
  }
  return staff;
}

export function skillGroupRow(group: SkillGroup, { mask }: Seen, staff: ReadonlyMap<string, Staff>): SkillGroupRow {
  const { PeripheralID, SkillGroupNumber } = group.properties();
  const args = mask.apply(group.properties());
  const { agents, available, talking } = staff.get(`${toText(PeripheralID)}.${toText(SkillGroupNumber)}`) ?? {
    agents: 0,
    available: 0,
    talking: 0,
  };
  const waiting = toText(args.CallsQNow ?? args.RouterCallsQNow);
  return {
    kind: 'skillgroup',
    id: group.uniqueObjectID,
    number: text(args.SkillGroupNumber),
    name: text(args.SkillGroupName),
    agents,
    available,
    talking,
    ...(waiting === undefined ? {} : { waiting: Number(waiting) }),
  };
}

export function eventRow(
  { event, args, sequence, time, objectId, recovered, call }: CilEvent,
  { mask }: Seen,
): EventRow {
  return {
    kind: 'event',
    id: String(sequence),
    time,
    event,
    about: aboutOf(mask.apply(args), mask.apply(call?.properties() ?? {})) || objectId || '',
    ...(recovered ? { recovered } : {}),
  };
}

/** The object of an event and its result, in as many words as fit into a row. */
function aboutOf(args: Readonly<Args>, call: Readonly<Args>): string {
  const { AgentID, DeviceID, AgentState, Reason, SkillGroupName } = args;
  const from = args.ANI ?? call.ANI;
  const to = args.DialedNumber ?? args.DNIS ?? call.DialedNumber ?? call.DNIS;
  return join(' · ', AgentID, word('AgentState', AgentState), join(' → ', from, to), DeviceID, SkillGroupName, Reason);
}

function word(enumeration: string, value: unknown): string {
  if (typeof value !== 'number' && typeof value !== 'string') return '';
  return enumName(enumeration, value) ?? String(value);
}

function text(value: unknown): string {
  // An object that a server sends in place of a text may not even become one.
  return toText(value) ?? '';
}

function join(by: string, ...parts: unknown[]): string {
  return parts
    .map(text)
    .filter((part) => part !== '')
    .join(by);
}
