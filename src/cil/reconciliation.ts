/**
 * After a lost connection to the CTI OS Server the new one begins with a snapshot. This compares it with what the
 * session knew, so that the application hears of each difference once, and of nothing else: a new or changed call is
 * an `OnSnapshotCallConf` (and an `OnCallDataUpdate` if its data changed), one that is gone an `OnCallEnd`, a changed
 * agent an `OnAgentStateChange`. What happened in between was not seen and is not made up; `OnConnectionGap` says how
 * much that was. (A gap between server and CTI Server is the server's to tell, in the same words.)
 */
import { events } from '../ctios/index.js';
import type { Args } from '../ctios/transport.js';
import type { CtiosObject } from './ctios-object.js';
import type { ObjectCache } from './object-cache.js';
import { EVENT_ONLY_KEYWORDS } from './object-effects.js';

/** Where and when the connection was lost. */
export interface Loss {
  readonly at: number;
  readonly side: 'A' | 'B';
}

/** An event as it is raised in the session. */
export interface Raised {
  readonly event: string;
  readonly args: Args;
  readonly recovered?: true;
}

const IDLE_CALL = 0;
const LOGGED_OUT = 1;
const UNKNOWN_STATE = 9;

/** They run on by themselves, or depend on who asks: not a change of the object. */
const VOLATILE: ReadonlySet<string> = new Set(['EnablementMask', 'MeasuredCallQTime', 'StateDuration', 'EventTime']);
/** What OnCallDataUpdate carries, its state apart: that is told by the snapshot's own event. */
const CALL_DATA: ReadonlySet<string> = new Set(
  events.OnCallDataUpdate.params.map((param) => param.keyword).filter((keyword) => keyword !== 'CallStatus'),
);
/** Of an agent, only its state makes an `OnAgentStateChange`. */
const AGENT_STATE = ['AgentState', 'EventReasonCode'] as const;

export class Reconciliation {
  readonly #calls: Set<string>;
  readonly #agents: Set<string>;
  readonly #changed: Args = {};
  #callsNew = 0;
  #callsChanged = 0;
  #callsEnded = 0;
  #agentsChanged = 0;

  constructor(
    private readonly cache: ObjectCache,
    private readonly loss: Loss,
    /** UniqueObjectID of the session's own agent, whose snapshot is always told; undefined in monitor mode. */
    private readonly ownAgent: string | undefined,
  ) {
    this.#calls = new Set(cache.calls.keys());
    this.#agents = new Set(cache.agents.keys());
  }

  /** What to tell instead of this event of the snapshot; the objects are still as they were before the gap. */
  examine(message: Raised): readonly Raised[] {
    switch (message.event) {
      case 'OnSnapshotCallConf':
        return this.#examineCall(message);
      case 'OnQueryAgentStateConf':
        return this.#examineAgent(message);
      case 'OnSnapshotDeviceConf':
        // A device is no object of the session; to an agent it tells how many calls there are.
        return this.ownAgent === undefined ? [] : [message];
      default:
        return [message];
    }
  }

  /** An event that is seen to happen proves that its object lives. */
  live(args: Args): void {
    if (typeof args.UniqueObjectID !== 'string') return;
    this.#calls.delete(args.UniqueObjectID);
    this.#agents.delete(args.UniqueObjectID);
  }

  /** The snapshot is complete: what it did not contain is gone. The report comes last. */
  finish(now: number, side: 'A' | 'B'): readonly Raised[] {
    const raised: Raised[] = [];
    for (const id of this.#calls) {
      const call = this.cache.calls.get(id);
      if (call === undefined) continue;
      this.#callsEnded++;
      this.#changed[id] = true;
      const { ICMEnterpriseUniqueID } = call.properties();
      const args: Args = { UniqueObjectID: id, CallStatus: IDLE_CALL };
      if (ICMEnterpriseUniqueID !== undefined) args.ICMEnterpriseUniqueID = ICMEnterpriseUniqueID;
      raised.push({ event: call.monitored ? 'OnMonitoredCallEnd' : 'OnCallEnd', args, recovered: true });
    }
    // A team's states come with its monitoring, which is asked for again; all other agents are in the snapshot.
    if (this.ownAgent === undefined) for (const id of this.#agents) this.#vanishedAgent(id, raised);
    raised.push({ event: 'OnConnectionGap', args: this.#report(now, side) });
    return raised;
  }

  #examineCall(message: Raised): readonly Raised[] {
    const id = message.args.UniqueObjectID as string;
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
    const data = changed.filter((key) => CALL_DATA.has(key) || key.startsWith('user.'));
    if (data.length === 0) return [message];
    const update: Args = { UniqueObjectID: id };
    for (const key of data) if (message.args[key] !== undefined) update[key] = message.args[key];
    // ECC variables always come complete: part of them would erase the others.
    if (data.some((key) => key.startsWith('user.'))) {
      for (const key in message.args) if (key.startsWith('user.')) update[key] = message.args[key]!;
    }
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

  #vanishedAgent(id: string, raised: Raised[]): void {
    const agent = this.cache.agents.get(id)?.properties();
    if (agent === undefined || agent.AgentState === undefined) return;
    if (agent.AgentState === LOGGED_OUT || agent.AgentState === UNKNOWN_STATE) return;
    this.#agentsChanged++;
    this.#changed[id] = true;
    const args: Args = { UniqueObjectID: id, AgentState: UNKNOWN_STATE };
    for (const key of ['PeripheralID', 'AgentID', 'AgentInstrument']) {
      if (agent[key] !== undefined) args[key] = agent[key];
    }
    raised.push({ event: 'OnAgentStateChange', args, recovered: true });
  }

  #report(now: number, side: 'A' | 'B'): Args {
    return {
      From: new Date(this.loss.at).toISOString(),
      To: new Date(now).toISOString(),
      FromSide: this.loss.side,
      ToSide: side,
      Reason: 'northbound',
      CallsNew: this.#callsNew,
      CallsChanged: this.#callsChanged,
      CallsEnded: this.#callsEnded,
      AgentsChanged: this.#agentsChanged,
      Changed: this.#changed,
    };
  }
}

/** Keywords whose values differ; ECC variables that are no longer there included. */
function changedKeys(object: CtiosObject, args: Args): string[] {
  const known = object.properties();
  const changed: string[] = [];
  let hasEcc = false;
  for (const key in args) {
    if (key.startsWith('user.')) hasEcc = true;
    if (EVENT_ONLY_KEYWORDS.has(key) || VOLATILE.has(key)) continue;
    if (!same(known[key], args[key])) changed.push(key);
  }
  if (hasEcc) for (const key in known) if (key.startsWith('user.') && args[key] === undefined) changed.push(key);
  return changed;
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
