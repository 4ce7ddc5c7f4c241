/**
 * What readers have received: calls, agents and skill groups as built from the events of the log, by the same rules by
 * which a session maintains its objects. The leader compares it with its own state; a reader starts from it.
 */
import { Agent, Call, type CtiosObject, SkillGroup } from '../cil/index.js';
import { ObjectCache } from '../cil/objects/object-cache.js';
import { objectEffect } from '../cil/objects/object-effects.js';
import type { ObjectHost } from '../cil/objects/request.js';
import { eventByName, isVoice } from '../ctios/index.js';
import type { Args, EventMessage } from '../ctios/transport.js';
import { toText } from '../ctios/values.js';

/** An object as of one record of the log. */
export interface ToldObject {
  readonly id: string;
  readonly args: Args;
  /** When an agent entered its AgentState, in milliseconds since the epoch, if that was observed. */
  readonly stateSince?: number;
  /** The sequence number of the record in which it began. */
  readonly begun: number;
  /** The sequence number of the last record that changed it. */
  readonly asOf: number;
  /** Set if that record ended it: the time, in milliseconds since the epoch. */
  readonly endedAt?: number;
  /** The part of the stream that contains its events. */
  readonly part?: number;
}

/** Stored like an object: the last OnCTIOSFailure about the system status. */
const STATUS = 'session.status';
/** So is the last OnConnectionGap: states that began before it may have been left and entered again. */
const GAP = 'session.gap';

/** These objects send no requests. */
const NO_HOST: ObjectHost = {
  request: () => Promise.reject(new Error('an object without a session')),
  getObjectFromObjectID: () => undefined,
};

interface Life {
  begun: number;
  asOf: number;
}

export class ToldObjects {
  readonly cache = new ObjectCache({
    call: (monitored) => new Call(NO_HOST, monitored),
    agent: () => new Agent(NO_HOST),
    skillGroup: () => new SkillGroup(NO_HOST),
  });
  /** The last OnCTIOSFailure about the system status. */
  status: Args | undefined;
  /** When the last event was published. */
  lastTime: number | undefined;
  readonly #lives = new Map<string, Life>();

  /** Restores what was stored. */
  restoreAll(objects: Iterable<ToldObject>): void {
    let gap: ToldObject | undefined;
    for (const object of objects) {
      if (object.id === GAP) gap = object;
      else this.#restore(object);
    }
    if (gap !== undefined) this.#noteGap(gap.args);
  }

  #restore({ id, args, begun, asOf, stateSince }: ToldObject): void {
    if (id === STATUS) {
      this.status = args;
      return;
    }
    const entered = stateSince === undefined ? undefined : { time: stateSince, at: stateSince, live: true };
    const { agent } = this.cache.apply('update', withoutDuration(args), false, entered);
    if (agent !== undefined && id.startsWith('agent.') && args.TeamID !== undefined)
      agent.teams.add(toText(args.TeamID) ?? '');
    this.#lives.set(id, { begun, asOf });
  }

  /**
   * Applies an event of the log.
   * @returns the objects that were changed or ended
   */
  apply(
    { event, args, recovered }: Pick<EventMessage, 'event' | 'args' | 'recovered'>,
    sequence: number,
    time: number,
  ): ToldObject[] {
    this.lastTime = time;
    if (event === 'OnCTIOSFailure' && args.StatusSystem !== undefined) {
      this.status = args;
      return [{ id: STATUS, args, begun: 0, asOf: sequence }];
    }
    if (event === 'OnConnectionGap') {
      this.#noteGap(args);
      return [{ id: GAP, args, begun: 0, asOf: sequence }];
    }
    if (args.MRDID !== undefined && args.AgentState !== undefined && !isVoice(args.MRDID)) return [];
    const effect = objectEffect(event, eventByName(event)?.interfaces ?? []);
    if (effect === 'mention') return [];
    const live = recovered !== true && event !== 'OnQueryAgentStateConf';
    const touched = this.cache.apply(effect, args, false, { time, at: time, live });
    const changed: ToldObject[] = [];
    if (event === 'OnNewAgentTeamMember') touched.agent?.teams.add(toText(args.TeamID) ?? '');
    const { OldUniqueObjectID: old } = args;
    if (typeof old === 'string' && old !== touched.objectId)
      this.#rename(old, touched.objectId, sequence, time, changed);
    const object = touched.call ?? touched.agent ?? touched.skillGroup;
    if (object === undefined) return changed;
    const id = object.uniqueObjectID;
    const life = this.#lives.get(id) ?? { begun: sequence, asOf: sequence };
    life.asOf = sequence;
    if (effect === 'end' && touched.call !== undefined) {
      this.cache.calls.delete(id);
      this.#lives.delete(id);
      changed.push({ id, args: object.properties(), ...life, endedAt: time });
    } else {
      this.#lives.set(id, life);
      const stateSince = beginningOfState(object);
      changed.push({ id, args: object.properties(), ...life, ...(stateSince !== undefined && { stateSince }) });
    }
    return changed;
  }

  /**
   * The events of the initial snapshot of these objects.
   * @param now in milliseconds since the epoch
   */
  *snapshot(now: number): Iterable<EventMessage> {
    for (const group of this.cache.skillGroups.values()) yield recovered('OnSkillInfoEvent', group.properties());
    for (const agent of this.cache.agents.values()) yield recovered('OnQueryAgentStateConf', agentAsOf(agent, now));
    for (const call of this.cache.calls.values()) yield recovered('OnSnapshotCallConf', call.properties());
  }

  #noteGap({ From, To }: Args): void {
    const [from, to] = [Date.parse(toText(From) ?? ''), Date.parse(toText(To) ?? '')];
    if (!Number.isNaN(from)) this.cache.noteGap(from, { time: to, at: to, live: false });
  }

  #rename(old: string, id: string | undefined, sequence: number, time: number, changed: ToldObject[]): void {
    const life = this.#lives.get(old);
    if (life === undefined) return;
    this.#lives.delete(old);
    if (id !== undefined) this.#lives.set(id, life);
    changed.push({ id: old, args: { UniqueObjectID: old }, begun: life.begun, asOf: sequence, endedAt: time });
  }
}

const recovered = (event: string, args: Args): EventMessage => ({ kind: 'event', event, args, recovered: true });

/** Undefined if it was not observed, or the state may have been left and entered again since. */
function beginningOfState({ uniqueObjectID, stateSince }: CtiosObject): number | undefined {
  if (!uniqueObjectID.startsWith('agent.') || stateSince === undefined || stateSince.atLeast) return undefined;
  return stateSince.certainSince === stateSince.since ? stateSince.since : undefined;
}

/** The duration in the event that reported the state has become too short. */
function agentAsOf(agent: Agent, now: number): Args {
  const args = withoutDuration(agent.properties());
  const since = beginningOfState(agent);
  return since === undefined ? args : { ...args, StateDuration: Math.max(0, Math.round((now - since) / 1000)) };
}

function withoutDuration({ StateDuration: _, ...args }: Readonly<Args>): Args {
  return args;
}
