import type { KeywordSpec } from './definition.js';
import { keywords } from './keywords.js';

/** The result of a keyword lookup: its spelling in the tables, and its definition. */
export interface KeywordDefinition extends KeywordSpec {
  readonly keyword: string;
}

const byName = new Map<string, KeywordDefinition>();
for (const [keyword, spec] of Object.entries<KeywordSpec>(keywords)) {
  const definition = { ...spec, keyword };
  for (const name of [...(spec.aka ?? []), keyword]) byName.set(name.toLowerCase(), definition);
}

const NUMBERED = /^(.+)\[(\d+)\]$/;

/**
 * Finds a keyword case-insensitively; `SkillGroup[3]` is found as `SkillGroup[n]` and keeps its number.
 * @returns undefined for keywords that are not in the vocabulary, such as ECC variables
 */
export function keywordByName(name: string): KeywordDefinition | undefined {
  const folded = name.trim().toLowerCase();
  const found = byName.get(folded);
  if (found !== undefined) return found;
  const numbered = NUMBERED.exec(folded);
  if (numbered === null) return undefined;
  const family = byName.get(`${numbered[1]}[n]`);
  return family && { ...family, keyword: family.keyword.replace('[n]', `[${numbered[2]}]`) };
}

/** The keyword of the vocabulary closest to a misspelled one, if any is close. */
export function nearestKeyword(name: string): string | undefined {
  const nearest = nearestName(name, byName.keys());
  return nearest === undefined ? undefined : byName.get(nearest)?.keyword;
}

/** The name closest to a misspelled one, case-insensitively, if any is close. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const folded = name.trim().toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(folded.length / 4)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - folded.length) >= bestDistance) continue;
    const distance = editDistance(folded, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The number of letters to add, remove or change, or adjacent letters to swap, to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, before[column - 2]! + 1);
      }
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[to.length]!;
}
