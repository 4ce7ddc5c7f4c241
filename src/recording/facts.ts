/** The line of a comment that programs read. */

/** Begins the line. */
export const FACTS = 'ctios-recording ';

/** @param key what the facts must hold to be those that are looked for */
export function factsIn<Facts>(comment: string, key: keyof Facts & string): Facts | undefined {
  for (const line of comment.split('\n')) {
    if (!line.startsWith(FACTS)) continue;
    try {
      const facts: unknown = JSON.parse(line.slice(FACTS.length));
      if (typeof facts === 'object' && facts !== null && Object.hasOwn(facts, key)) return facts as Facts;
    } catch {
      // Somebody else's comment.
    }
  }
  return undefined;
}
