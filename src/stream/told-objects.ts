/**
 * What readers were told: calls, agents and skill groups as the events of the log make them, by the rules by which a
 * session keeps its objects. The leader compares it with what it knows; a reader begins with it.
 */
import { Agent, Call, SkillGroup } from '../cil/index.js';
import { ObjectCache } from '../cil/objects/object-cache.js';
import { objectEffect } from '../cil/objects/object-effects.js';
import type { ObjectHost } from '../cil/objects/request.js';
import { eventByName, isVoice } from '../ctios/index.js';
import type { Args, EventMessage } from '../ctios/transport.js';
import { asText } from '../ctios/values.js';

/** An object as it was after one record of the log. */
export interface ToldObject {
  readonly id: string;
  readonly args: Args;
  /** Sequence number of the record that it began with. */
  readonly begun: number;
  /** Sequence number of the last record that changed it. */
  readonly asOf: number;
  /** It has ended with that record; and when, in milliseconds since the epoch. */
  readonly endedAt?: number;
  /** The part of the stream that its events are in. */
  readonly part?: number;
}

/** Kept like an object: the last OnCTIOSFailure about the status of the system. */
const STATUS = 'session.status';

/** Nothing is asked of these objects. */
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
  /** The last OnCTIOSFailure about the system's status. */
  status: Args | undefined;
  /** When the last event was published. */
  lastTime: number | undefined;
  readonly #lives = new Map<string, Life>();

  /** Takes over an object as it was stored. */
  restore({ id, args, begun, asOf }: ToldObject): void {
    if (id === STATUS) {
      this.status = args;
      return;
    }
    const { agent } = this.cache.apply('update', args, false);
    if (agent !== undefined && id.startsWith('agent.') && args.TeamID !== undefined)
      agent.teams.add(asText(args.TeamID));
    this.#lives.set(id, { begun, asOf });
  }

  /**
   * Applies an event of the log.
   * @returns the objects that it has changed or ended
   */
  apply({ event, args }: Pick<EventMessage, 'event' | 'args'>, sequence: number, time: number): ToldObject[] {
    this.lastTime = time;
    if (event === 'OnCTIOSFailure' && args.StatusSystem !== undefined) {
      this.status = args;
      return [{ id: STATUS, args, begun: 0, asOf: sequence }];
    }
    if (args.MRDID !== undefined && args.AgentState !== undefined && !isVoice(args.MRDID)) return [];
    const effect = objectEffect(event, eventByName(event)?.interfaces ?? []);
    if (effect === 'mention') return [];
    const touched = this.cache.apply(effect, args, false);
    const changed: ToldObject[] = [];
    if (event === 'OnNewAgentTeamMember') touched.agent?.teams.add(asText(args.TeamID));
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
      changed.push({ id, args: object.properties(), ...life });
    }
    return changed;
  }

  /** The events that introduce a client to these objects. */
  *snapshot(): Iterable<EventMessage> {
    for (const group of this.cache.skillGroups.values()) yield recovered('OnSkillInfoEvent', group.properties());
    for (const agent of this.cache.agents.values()) yield recovered('OnQueryAgentStateConf', agent.properties());
    for (const call of this.cache.calls.values()) yield recovered('OnSnapshotCallConf', call.properties());
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
