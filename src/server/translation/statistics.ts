/**
 * Statistics messages -> nested `Statistics`: the known values, averages, and the same under the column names of a
 * site's grids.
 */

import type { Args } from '../../ctios/index.js';
import type { MessageOf } from '../../ged188/index.js';
import type { ServerAgent } from '../model/entities.js';
import type { ServerSkillGroup } from '../model/skill-groups.js';
import { whoAndWhere } from './agent-events.js';

/** An unknown statistic, which is left out. */
const UNKNOWN = 0xffffffff;

/** Fields of the messages that are not statistics. */
const HEAD: ReadonlySet<string> = new Set([
  'type',
  'InvokeID',
  'PeripheralID',
  'SkillGroupNumber',
  'SkillGroupID',
  'AgentExtension',
  'AgentID',
  'AgentInstrument',
  'unknown',
]);

export function agentStatistics(m: MessageOf<'QUERY_AGENT_STATISTICS_CONF'>, agent: ServerAgent): Args {
  const values = known(m);
  for (const [name, derive] of Object.entries(DERIVED_FOR_AGENTS)) {
    const value = derive(values);
    if (value !== undefined) values[name] = value;
  }
  return { ...whoAndWhere(agent), Statistics: values };
}

export function skillGroupStatistics(m: MessageOf<'QUERY_SKILL_GROUP_STATISTICS_CONF'>, group: ServerSkillGroup): Args {
  const values = known(m);
  deriveForGroups(values);
  const args: Args = {
    UniqueObjectID: group.id,
    PeripheralID: group.peripheralId,
    SkillGroupNumber: group.number,
    // Without subgroups, as on Unified CCE; filters in the guide's examples require it.
    SkillGroupPriority: 0,
    FilterTarget: 'SkillGroupStats',
    Statistics: values,
  };
  const id = m.SkillGroupID === UNKNOWN ? group.skillGroupId : m.SkillGroupID;
  if (id !== undefined) args.SkillGroupID = id;
  if (group.name !== undefined) args.SkillGroupName = group.name;
  return args;
}

type Values = Record<string, number>;

function known(m: object): Values {
  const values: Values = {};
  for (const [field, value] of Object.entries(m)) {
    if (typeof value === 'number' && value !== UNKNOWN && !HEAD.has(field)) values[field] = value;
  }
  return values;
}

/**
 * The same event, reduced to the statistics that a site has configured as columns of its grids.
 * @returns the event itself if none are configured
 */
export function minimised(args: Args, columns: readonly string[]): Args {
  if (columns.length === 0) return args;
  const values = args.Statistics as Args;
  const chosen: Args = {};
  for (const column of columns) if (values[column] !== undefined) chosen[column] = values[column];
  return { ...args, Statistics: chosen };
}

/** Undefined if a part is unknown, or if the divisor is 0. */
function quotient(over: number | undefined, under: number | undefined): number | undefined {
  if (over === undefined || under === undefined || under === 0) return undefined;
  return Math.round((over / under) * 100) / 100;
}

function sum(values: Values, ...names: readonly string[]): number | undefined {
  let total = 0;
  for (const name of names) {
    const value = values[name];
    if (value === undefined) return undefined;
    total += value;
  }
  return total;
}

const TALK = ['AgentOutCallsTalkTimeToday', 'HandledCallsTalkTimeToday'] as const;
const HOLD = ['AgentOutCallsHeldTimeToday', 'IncomingCallsHeldTimeToday'] as const;
const HANDLE = ['AgentOutCallsTimeToday', 'HandledCallsTimeToday'] as const;
const CALLS = ['AgentOutCallsToday', 'HandledCallsToday'] as const;

/** The names that the sample desktop's grid columns use. */
const DERIVED_FOR_AGENTS: Readonly<Record<string, (values: Values) => number | undefined>> = {
  CallsHandledToday: (v) => sum(v, ...CALLS),
  TimeLoggedInToday: (v) => v.LoggedOnTimeToday,
  TimeTalkingToday: (v) => sum(v, ...TALK),
  TimeHoldingToday: (v) => sum(v, ...HOLD),
  TimeReadyToday: (v) => v.AvailTimeToday,
  TimeNotReadyToday: (v) => v.NotReadyTimeToday,
  AvgTalkTimeToday: (v) => quotient(sum(v, ...TALK), sum(v, ...CALLS)),
  AvgHoldTimeToday: (v) => quotient(sum(v, ...HOLD), sum(v, ...CALLS)),
  AvgHandleTimeToday: (v) => quotient(sum(v, ...HANDLE), sum(v, ...CALLS)),
  AvgIdleTimeToday: (v) => quotient(v.NotReadyTimeToday, sum(v, ...CALLS)),
  // The guide's spelling.
  PercentUtilitizationToday: (v) => quotient(sum(v, ...HANDLE), sum(v, 'LoggedOnTimeToday', 'NotReadyTimeToday')),
};

const KINDS = ['AgentOutCalls', 'HandledCalls', 'InternalCallsRcvd', 'InternalCalls'] as const;
const HELD_KINDS = ['AgentOutCallsHeld', 'IncomingCallsHeld', 'InternalCallsHeld'] as const;
const PERIODS = ['ToHalf', 'Today'] as const;

/** Avg<calls><what><period>: seconds per call. */
function deriveForGroups(values: Values): void {
  const put = (name: string, value: number | undefined) => {
    if (value !== undefined) values[name] = value;
  };
  put('AvgCallsQTimeNow', quotient(values.CallsQTimeNow, values.CallsQNow));
  put('AvgCallsQTimeHalf', quotient(values.CallsQTimeHalf, values.CallsQHalf));
  put('AvgCallsQTimeToday', quotient(values.CallsQTimeToday, values.CallsQToday));
  for (const period of PERIODS) {
    for (const kind of KINDS) {
      for (const what of ['TalkTime', 'Time', 'AfterCallTime']) {
        put(`Avg${kind}${what}${period}`, quotient(values[`${kind}${what}${period}`], values[`${kind}${period}`]));
      }
    }
    for (const kind of HELD_KINDS) {
      put(`Avg${kind}Time${period}`, quotient(values[`${kind}Time${period}`], values[`${kind}${period}`]));
    }
  }
}
