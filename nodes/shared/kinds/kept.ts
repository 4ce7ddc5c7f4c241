/** State that a node keeps across a deploy that does not change its settings. */
import type { SessionApi } from '../../../src/cil/index.js';
import type { NodeStateEntry } from '../session/node-state.js';
import type { SessionHost } from '../session/session-host.js';

class Kept<T extends NodeStateEntry> implements NodeStateEntry {
  value: T;

  constructor(
    readonly session: SessionApi,
    public settings: string,
    make: (session: SessionApi) => T,
  ) {
    this.value = make(session);
  }

  dispose(): void {
    this.value.dispose();
  }
}

/**
 * @param settings the settings it was created with: it is replaced if they differ
 * @returns undefined while the session is not open
 */
export function keptWith<T extends NodeStateEntry>(
  host: SessionHost,
  nodeId: string,
  settings: string,
  make: (session: SessionApi) => T,
): T | undefined {
  const kept = host.getOrCreate(nodeId, (session) => new Kept(session, settings, make));
  if (kept === undefined) return undefined;
  if (settings !== kept.settings) {
    kept.dispose();
    kept.settings = settings;
    kept.value = make(kept.session);
  }
  return kept.value;
}
