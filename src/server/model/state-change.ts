/**
 * Recognizes one change of an agent's state in the messages that report it. Switches differ: some send one message with
 * a list of skill groups, some one message per skill group, and a list that is too long for a message is split. A flow
 * must receive each change once. Source: CTI Server Message Reference, AGENT_STATE_EVENT.
 */
import { Limits, type MessageOf } from '../../ged188/index.js';

/** An agent's membership of a skill group. Absent members were not in the message. */
export interface AgentSkill {
  number: number;
  id?: number;
  priority?: number;
  state?: number;
}

type StateMessage = MessageOf<'AGENT_STATE_EVENT'>;

/** These have one value per change, whatever skill group a message concerns. */
const OF_THE_CHANGE = ['AgentState', 'AgentAvailabilityStatus'] as const satisfies readonly (keyof StateMessage)[];

/** So have these, but some switches state them only in the first message: a later one without them is no change. */
const STATED_FIRST = ['EventReasonCode', 'NextAgentState'] as const satisfies readonly (keyof StateMessage)[];

/** And these, in any of the messages. */
const ONCE = ['AgentInstrument', 'AgentExtension', 'Direction'] as const satisfies readonly (keyof StateMessage)[];

function agree(one: StateMessage, later: StateMessage): boolean {
  const isSilent = (value: unknown) => value === undefined || value === '';
  return (
    OF_THE_CHANGE.every((field) => one[field] === later[field]) &&
    STATED_FIRST.every((field) => (one[field] ?? 0) === (later[field] ?? 0) || !later[field]) &&
    ONCE.every((field) => one[field] === later[field] || isSilent(one[field]) || isSilent(later[field]))
  );
}

export class StateChange {
  #first: StateMessage | undefined;
  /** Skill groups that the messages about this change concerned; among them none, for the agent as a whole. */
  readonly #groups = new Set<number>();
  /** The last list was full, so the next one may be its continuation. */
  #unfinished: readonly AgentSkill[] | undefined;

  /**
   * @returns true for a further message about the change just reported: the same for another skill group, before or
   *   after the one for the agent as a whole, or the next part of a list. Anything else is a new report from the
   *   switch, even if its content is the same.
   */
  repeats(m: StateMessage): boolean {
    const first = this.#first;
    const group = m.SkillGroupNumber;
    const same =
      first !== undefined &&
      agree(first, m) &&
      (this.#continues(m) || (!this.#groups.has(group) && haveOneList(first, m)));
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
   * An agent's skill groups after a message with a list. The list is complete unless it is full: then the groups known
   * before stay until its last part has arrived.
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

/** Other skill groups are a change of their own; a message without the list does not change them. */
function haveOneList(one: StateMessage, other: StateMessage): boolean {
  const lists = [one, other].map((m) => (m.FltSkillGroups ?? []).map((each) => each.FltSkillGroupNumber).join());
  return lists[0] === lists[1] || lists.includes('');
}

function hasAny(known: readonly AgentSkill[], list: NonNullable<StateMessage['FltSkillGroups']>): boolean {
  const numbers = new Set(known.map(({ number }) => number));
  return list.some(({ FltSkillGroupNumber: number }) => number !== undefined && numbers.has(number));
}

/** Skill groups, updated by what a message contained about some of them. */
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
