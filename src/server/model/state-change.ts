/**
 * Tells one change of an agent's state from the messages that report it. Switches differ: some send one message with a
 * list of skill groups, some a message for each skill group, and a list of more groups than a message holds comes in
 * parts. A flow must see one change once. Source: CTI Server Message Reference, AGENT_STATE_EVENT.
 */
import { Limits, type MessageOf, NULL_SKILL_GROUP } from '../../ged188/index.js';

/** An agent's membership of a skill group. Absent members were not in the message. */
export interface AgentSkill {
  number: number;
  id?: number;
  priority?: number;
  state?: number;
}

type StateMessage = MessageOf<'AGENT_STATE_EVENT'>;

/** Of these one change has one value, whatever skill group a message of it is about. */
const OF_THE_CHANGE = [
  'AgentState',
  'EventReasonCode',
  'NextAgentState',
  'AgentInstrument',
  'AgentExtension',
  'Direction',
  'AgentAvailabilityStatus',
] as const satisfies readonly (keyof StateMessage)[];

export class StateChange {
  #first: StateMessage | undefined;
  /** Skill groups that the messages about this change were about. */
  readonly #groups = new Set<number>();
  /** The last list was full, so that the next one may be its continuation. */
  #unfinished: readonly AgentSkill[] | undefined;

  /**
   * @returns true for a further message about the change that the last ones reported: the same for a skill group that they
   *   were not about, or the next part of a list. Anything else is a new statement of the switch, even if it says the same.
   */
  repeats(m: StateMessage): boolean {
    const first = this.#first;
    const group = m.SkillGroupNumber;
    const same =
      first !== undefined &&
      OF_THE_CHANGE.every((field) => first[field] === m[field]) &&
      (this.#continues(m) || (group !== NULL_SKILL_GROUP && !this.#groups.has(group) && listOf(m) === listOf(first)));
    if (!same) {
      this.#first = m;
      this.#groups.clear();
      this.#unfinished = undefined;
    }
    this.#groups.add(group);
    return same;
  }

  #continues(m: StateMessage): boolean {
    const list = m.FltSkillGroups ?? [];
    return list.length > 0 && this.#unfinished !== undefined && !hasAny(this.#unfinished, list);
  }

  /**
   * An agent's skill groups after a message with a list, which is the whole list unless it is full: then the groups known
   * before stay until its last part has come.
   */
  wholeList(known: readonly AgentSkill[], list: readonly AgentSkill[]): readonly AgentSkill[] {
    const parts = this.#unfinished === undefined ? list : [...this.#unfinished, ...list];
    if (list.length < Limits.MAX_EVENT_SKILL_GROUPS) {
      this.#unfinished = undefined;
      return parts;
    }
    this.#unfinished = parts;
    return mergeSkills(known, parts);
  }
}

/** The numbers of a message's skill group list, as one text. */
function listOf(m: StateMessage): string {
  return (m.FltSkillGroups ?? []).map((each) => each.FltSkillGroupNumber).join();
}

function hasAny(known: readonly AgentSkill[], list: NonNullable<StateMessage['FltSkillGroups']>): boolean {
  const numbers = new Set(known.map(({ number }) => number));
  return list.some(({ FltSkillGroupNumber: number }) => number !== undefined && numbers.has(number));
}

/** Skill groups with what a message said of some of them. */
export function mergeSkills(known: readonly AgentSkill[], news: readonly AgentSkill[]): readonly AgentSkill[] {
  if (news.length === 0) return known;
  const merged = [...known];
  for (const skill of news) {
    const index = merged.findIndex((each) => each.number === skill.number);
    if (index < 0) merged.push(skill);
    else merged[index] = { ...merged[index]!, ...skill };
  }
  return merged;
}

/** Whether two lists name the same groups with the same states, in any order. */
export function sameSkills(one: readonly AgentSkill[], other: readonly AgentSkill[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  const byNumber = new Map(one.map((skill) => [skill.number, skill]));
  return other.every(({ number, state, priority, id }) => {
    const known = byNumber.get(number);
    return known !== undefined && known.state === state && known.priority === priority && known.id === id;
  });
}
