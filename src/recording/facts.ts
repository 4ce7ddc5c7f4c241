/** The machine-readable line of a comment. */

/** The prefix of the line. */
export const FACTS = 'ctios-recording ';

/** @param key a member that identifies the facts */
export function factsIn<Facts>(comment: string, key: keyof Facts & string): Facts | undefined {
  for (const line of comment.split('\n')) {
    if (!line.startsWith(FACTS)) continue;
    try {
      const facts: unknown = JSON.parse(line.slice(FACTS.length));
      if (typeof facts === 'object' && facts !== null && Object.hasOwn(facts, key)) return facts as Facts;
    } catch {
      // A comment of another program.
    }
  }
  return undefined;
}
