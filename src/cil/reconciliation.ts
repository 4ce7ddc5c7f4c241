/**
 * After the connection to the CTI OS Server was lost, the new one begins with a snapshot. This compares it with what
 * the session knew, so that the application receives each difference once, and nothing else: a new or changed call as
 * `OnSnapshotCallConf` (and `OnCallDataUpdate` if its data changed), a vanished one as `OnCallEnd`, a changed agent as
 * `OnAgentStateChange`. Events in between are not reconstructed; `OnConnectionGap` reports the differences in numbers.
 * (A gap between server and CTI Server is reported by the server, in the same way.)
 */
import { events } from '../ctios/index.js';
import type { Args, ArgValue } from '../ctios/transport.js';
import { toText } from '../ctios/values.js';
import type { CtiosObject } from './objects/ctios-object.js';
import type { ObjectCache } from './objects/object-cache.js';
import { EVENT_ONLY_KEYWORDS } from './objects/object-effects.js';

/** Where and when the connection was lost. */
export interface Loss {
  readonly at: number;
  /** Absent if unknown. */
  readonly side?: 'A' | 'B';
  /** Default: the connection to the CTI OS Server. */
  readonly reason?: 'northbound' | 'stream';
}

/** An event as it is raised in the session. */
export interface Raised {
  readonly event: string;
  readonly args: Args;
  readonly recovered?: true;
  readonly replayed?: true;
  /** When it was published to an event stream. */
  readonly time?: number;
  readonly at?: number;
  /** It is the response to a request: its object need not be one whose events the session receives. */
  readonly answer?: true;
}

/**
 * The events with which a mode and a supervisor's monitoring begin, repeated on a new connection; not always marked as
 * recovered. All other events that arrive meanwhile are live.
 */
export const COMPARED: ReadonlySet<string> = new Set([
  'OnSkillInfoEvent',
  'OnNewAgentTeamMember',
  'OnQueryAgentStateConf',
  'OnSnapshotDeviceConf',
  'OnSnapshotCallConf',
  'OnMonitoredAgentStateChange',
  'OnMonitoredAgentInfoEvent',
  'OnMonitoredCallBegin',
]);

const IDLE_CALL = 0;
const UNKNOWN_STATE = 9;
/** Enumeration AgentState: not reported, logged out, unknown. */
export const OUT: ReadonlySet<unknown> = new Set([undefined, 1, UNKNOWN_STATE]);

/** Properties that change continuously, or depend on the client: a difference is not a change of the object. */
const VOLATILE: ReadonlySet<string> = new Set(['EnablementMask', 'MeasuredCallQTime', 'StateDuration', 'EventTime']);
/** The content of OnCallDataUpdate, except the state, which the snapshot's own event reports. */
const CALL_DATA: ReadonlySet<string> = new Set(
  events.OnCallDataUpdate.params.map((param) => param.keyword).filter((keyword) => keyword !== 'CallStatus'),
);
/** Only a change of these makes an agent's `OnAgentStateChange`. */
const AGENT_STATE = ['AgentState', 'EventReasonCode'] as const;

export class ServerChangeReconciliation {
  readonly #calls: Set<string>;
  readonly #agents: Set<string>;
  /** Calls that are in the snapshot, without later events. */
  readonly #found = new Set<string>();
  readonly #changed: Args = {};
  #deviceTold = false;
  #callsNew = 0;
  #callsChanged = 0;
  #callsEnded = 0;
  #agentsChanged = 0;

  constructor(
    private readonly cache: ObjectCache,
    private readonly loss: Loss,
    /** UniqueObjectID of the session's own agent, whose snapshot is always delivered; undefined in monitor mode. */
    private readonly ownAgent: string | undefined,
  ) {
    this.#calls = new Set(cache.calls.keys());
    this.#agents = new Set(cache.agents.keys());
  }

  /** What to deliver instead of this event of the snapshot; the objects are still as they were before the gap. */
  examine(message: Raised): readonly Raised[] {
    if (message.answer && message.event === 'OnSnapshotCallConf') return [message];
    switch (message.event) {
      case 'OnSnapshotCallConf':
        return this.#examineCall(message);
      case 'OnQueryAgentStateConf':
        return this.#examineAgent(message);
      case 'OnSnapshotDeviceConf':
        return this.#examineDevice(message);
      case 'OnSkillInfoEvent':
        return this.#examineSkillGroup(message);
      case 'OnNewAgentTeamMember':
        return this.#examineTeamMember(message);
      case 'OnMonitoredAgentStateChange':
      case 'OnMonitoredAgentInfoEvent':
        return this.#examineWatchedAgent(message);
      case 'OnMonitoredCallBegin':
        return this.#examineWatchedCall(message);
      default:
        return [message];
    }
  }

  /** A live event shows that its object exists. */
  live(args: Args): void {
    if (typeof args.UniqueObjectID !== 'string') return;
    this.#calls.delete(args.UniqueObjectID);
    this.#found.delete(args.UniqueObjectID);
    this.#agents.delete(args.UniqueObjectID);
  }

  /**
   * Agent mode: the agent's snapshot is complete once the calls at its device were listed, or if the agent is logged
   * out and cannot have any. (In monitor mode, the confirmation of the mode marks the end.)
   */
  get agentIsComplete(): boolean {
    if (this.#deviceTold || this.ownAgent === undefined) return true;
    const agent = this.cache.agents.get(this.ownAgent)?.properties();
    return agent === undefined || agent.AgentInstrument === undefined || OUT.has(agent.AgentState);
  }

  /** The snapshot is complete: objects it did not contain no longer exist. The report comes last. */
  finish(now: number, side: 'A' | 'B' | undefined): readonly Raised[] {
    const raised: Raised[] = [];
    for (const id of this.#calls) this.#vanishedCall(id, raised);
    // A team's states arrive with its monitoring, which is requested again; all other agents are in the snapshot.
    if (this.ownAgent === undefined) for (const id of this.#agents) this.#vanishedAgent(id, raised);
    raised.push({ event: 'OnConnectionGap', args: this.#report(now, side) });
    return raised;
  }

  /**
   * Removes the calls that do not match another filter. Its snapshot directly precedes its confirmation: earlier
   * events, including those of calls that began meanwhile, still belong to the old filter.
   */
  forgetUnseenCalls(): void {
    for (const id of this.cache.calls.keys()) if (!this.#found.has(id)) this.cache.calls.delete(id);
  }

  /**
   * For an agent it lists the calls. In monitor mode it contains nothing new, because devices are not objects of the
   * session.
   */
  #examineDevice(message: Raised): readonly Raised[] {
    if (this.ownAgent === undefined) return [];
    this.#deviceTold = true;
    const { UniqueObjectID: device, ValidCalls: valid } = message.args;
    const raised = [message];
    if (typeof valid !== 'object') return raised;
    for (const id of this.#calls) {
      if (valid[id] === true) continue;
      if (this.cache.calls.get(id)?.properties().DeviceUniqueObjectID !== device) continue;
      this.#vanishedCall(id, raised);
    }
    return raised;
  }

  #vanishedCall(id: string, raised: Raised[]): void {
    this.#calls.delete(id);
    const call = this.cache.calls.get(id);
    if (call === undefined) return;
    this.#callsEnded++;
    this.#changed[id] = true;
    const { ICMEnterpriseUniqueID } = call.properties();
    const args: Args = { UniqueObjectID: id, CallStatus: IDLE_CALL };
    if (ICMEnterpriseUniqueID !== undefined) args.ICMEnterpriseUniqueID = ICMEnterpriseUniqueID;
    raised.push({ event: call.monitored ? 'OnMonitoredCallEnd' : 'OnCallEnd', args, recovered: true });
  }

  #examineCall(message: Raised): readonly Raised[] {
    const id = message.args.UniqueObjectID as string;
    this.#found.add(id);
    const call = this.cache.calls.get(id);
    if (call === undefined) {
      this.#callsNew++;
      this.#changed[id] = true;
      return [message];
    }
    this.#calls.delete(id);
    const changed = changedKeys(call, message.args);
    if (changed.length === 0) return [];
    this.#callsChanged++;
    this.#changed[id] = true;
    const data = changed.filter((key) => CALL_DATA.has(key));
    if (data.length === 0) return [message];
    const update: Args = { UniqueObjectID: id };
    for (const key of data) update[key] = message.args[key]!;
    return [message, { event: 'OnCallDataUpdate', args: update, recovered: true }];
  }

  #examineAgent(message: Raised): readonly Raised[] {
    const { args } = message;
    const id = args.UniqueObjectID as string | undefined;
    const agent = id === undefined ? undefined : this.cache.agents.get(id);
    if (id === undefined || agent === undefined) return [message];
    this.#agents.delete(id);
    const own = id === this.ownAgent ? [message] : [];
    const before = agent.properties();
    if (AGENT_STATE.every((key) => args[key] === undefined || args[key] === before[key])) return own;
    this.#agentsChanged++;
    this.#changed[id] = true;
    return [...own, { event: 'OnAgentStateChange', args, recovered: true }];
  }

  #examineSkillGroup(message: Raised): readonly Raised[] {
    const group = this.cache.skillGroups.get(message.args.UniqueObjectID as string);
    return group !== undefined && changedKeys(group, message.args).length === 0 ? [] : [message];
  }

  /** A supervisor's team is repeated with its monitoring, and is delivered. */
  #examineTeamMember(message: Raised): readonly Raised[] {
    const { UniqueObjectID: id, TeamID } = message.args;
    const known = this.ownAgent === undefined && typeof id === 'string' ? this.cache.agents.get(id) : undefined;
    return message.recovered && known?.teams.has(toText(TeamID) ?? '') ? [] : [message];
  }

  #examineWatchedAgent(message: Raised): readonly Raised[] {
    const id = message.args.UniqueObjectID as string;
    const agent = this.cache.agents.get(id);
    if (agent === undefined) return [message];
    const changed = changedKeys(agent, message.args);
    if (message.event === 'OnMonitoredAgentInfoEvent') return changed.length === 0 ? [] : [message];
    if (!AGENT_STATE.some((key) => changed.includes(key))) return [];
    this.#agentsChanged++;
    this.#changed[id] = true;
    return [message];
  }

  /** A monitored call begins again when its monitoring is repeated: if it is known, only changes are delivered. */
  #examineWatchedCall(message: Raised): readonly Raised[] {
    const id = message.args.UniqueObjectID as string;
    const call = this.cache.calls.get(id);
    if (call === undefined || !this.#calls.delete(id)) {
      this.#callsNew++;
      this.#changed[id] = true;
      return [message];
    }
    const changed = changedKeys(call, message.args);
    if (changed.length === 0) return [];
    this.#callsChanged++;
    this.#changed[id] = true;
    const args: Args = { UniqueObjectID: id, Monitored: true };
    for (const key of changed) args[key] = message.args[key]!;
    return [{ event: 'OnMonitoredCallDataUpdate', args, recovered: true }];
  }

  #vanishedAgent(id: string, raised: Raised[]): void {
    const agent = this.cache.agents.get(id)?.properties();
    if (agent === undefined || OUT.has(agent.AgentState)) return;
    this.#agentsChanged++;
    this.#changed[id] = true;
    const args: Args = { UniqueObjectID: id, AgentState: UNKNOWN_STATE };
    for (const key of ['PeripheralID', 'AgentID', 'AgentInstrument']) {
      if (agent[key] !== undefined) args[key] = agent[key];
    }
    raised.push({ event: 'OnAgentStateChange', args, recovered: true });
  }

  #report(now: number, side: 'A' | 'B' | undefined): Args {
    return {
      From: new Date(this.loss.at).toISOString(),
      To: new Date(now).toISOString(),
      ...(this.loss.side === undefined ? {} : { FromSide: this.loss.side }),
      ...(side === undefined ? {} : { ToSide: side }),
      Reason: this.loss.reason ?? 'northbound',
      CallsNew: this.#callsNew,
      CallsChanged: this.#callsChanged,
      CallsEnded: this.#callsEnded,
      AgentsChanged: this.#agentsChanged,
      Changed: this.#changed,
    };
  }
}

/** Keywords with different values. */
function changedKeys(object: CtiosObject, args: Args): string[] {
  const known = object.properties();
  return Object.keys(args).filter(
    (key) => !EVENT_ONLY_KEYWORDS.has(key) && !VOLATILE.has(key) && !same(known[key], args[key]),
  );
}

function same(a: ArgValue | undefined, b: ArgValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}
