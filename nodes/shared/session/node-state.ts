/** State that a node keeps with the session, so that it survives a deploy. */
export interface NodeStateEntry {
  dispose(): void;
}

export class NodeState {
  #kept = new Map<string, NodeStateEntry>();

  /** The node's own state; created if there is none yet. */
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
    for (const state of this.#kept.values()) state.dispose();
    this.#kept.clear();
  }
}
