import assert from 'node:assert/strict';
import {
  QUERY_AGENT_STATISTICS_CONF,
  QUERY_SKILL_GROUP_STATISTICS_CONF,
} from '../../src/ged188/messages/miscellaneous.js';

/** The names of the statistics, from the protocol. */
function namesOf(definition: { facts: { fixed: object } }): string[] {
  const head = ['InvokeID', 'PeripheralID', 'SkillGroupNumber', 'SkillGroupID'];
  return Object.keys(definition.facts.fixed).filter((each) => !head.includes(each));
}
export const AGENT_NAMES = namesOf(QUERY_AGENT_STATISTICS_CONF);
export const GROUP_NAMES = namesOf(QUERY_SKILL_GROUP_STATISTICS_CONF);

/**
 * Compares each value that a session received with the oracle's; values that the oracle does not count never occur
 * here, and are 0.
 */
export function agree(
  names: readonly string[],
  told: Record<string, number>,
  books: Record<string, number>,
  whose: string,
): void {
  const expected = Object.fromEntries(names.map((name) => [name, books[name] ?? 0]));
  const actual = Object.fromEntries(names.map((name) => [name, told[name]]));
  assert.deepEqual(actual, expected, whose);
}
