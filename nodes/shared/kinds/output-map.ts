/**
 * How the outputs of an event node move after a change of its events, in the editor's format for moving wires: old port
 * to new port, -1 for one that is gone, and a non-numeric key for each new one. Pure.
 */

/** What each output carries: one event each, or everything, which is the empty name. */
export function portsOf(split: string, events: readonly string[]): readonly string[] {
  return split === 'each' && events.length > 0 ? events : [''];
}

/**
 * @param saved number of outputs that the node was saved with: a flow written by hand may have a different number
 */
export function outputMap(
  before: readonly string[],
  after: readonly string[],
  saved = before.length,
): Record<string, number> {
  const map: Record<string, number> = {};
  const taken = new Set<number>();
  for (let port = 0; port < Math.max(saved, before.length); port++) {
    const to = destination(before, after, port);
    map[port] = to;
    taken.add(to);
  }
  for (const [port, event] of after.entries()) if (!taken.has(port)) map[`new ${event}`] = port;
  return map;
}

/** Wires follow their event; if one output carries everything, before or after, the wires of the first one stay. */
function destination(before: readonly string[], after: readonly string[], port: number): number {
  const event = before[port];
  if (event === undefined) return -1;
  if (event === '' || after[0] === '') return port === 0 ? 0 : -1;
  return after.indexOf(event);
}
