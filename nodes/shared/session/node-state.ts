/** What a node keeps with the session, so that a deploy does not wipe it out. */
export interface NodeStateEntry {
  dispose(): void;
}

export class NodeState {
  #kept = new Map<string, NodeStateEntry>();

  /** The node's own; made when there is none yet. */
  getOrCreate<T extends NodeStateEntry>(nodeId: string, make: () => T): T {
    const kept = this.#kept.get(nodeId) as T | undefined;
    if (kept !== undefined) return kept;
    const made = make();
    this.#kept.set(nodeId, made);
    return made;
  }

  remove(nodeId: string): void {
    this.#kept.get(nodeId)?.dispose();
    this.#kept.delete(nodeId);
  }

  clear(): void {
    for (const keepsake of this.#kept.values()) keepsake.dispose();
    this.#kept.clear();
  }
}
