/**
 * Since when each agent and call is in its current state. The protocol reports changes only, so times are taken from
 * events: first from the session's history, then, while a sidebar is open, from new events.
 */
import type { CilEvent, SessionApi } from '../../src/cil/index.js';
import { toInteger } from '../../src/ctios/values.js';
import type { Since } from './view.js';

/** The keyword with the state of each kind of object. */
const STATE_OF: Readonly<Record<string, string>> = { agent: 'AgentState', call: 'CallStatus' };

/** Events that report a state, not a change. */
const REPORTS: ReadonlySet<string> = new Set(['OnQueryAgentStateConf', 'OnSnapshotCallConf', 'OnAgentInfoEvent']);

interface Noted extends Since {
  readonly state: unknown;
}

export class StateTimes {
  #noted = new Map<string, Noted>();
  #from: number | undefined;
  readonly stop: () => void;

  constructor(session: SessionApi) {
    for (const event of session.history) this.#note(event);
    this.stop = session.subscribe('AllInOne', (event) => this.#note(event));
  }

  /** @returns undefined before the first event of the session */
  since(id: string, state: unknown): Since | undefined {
    const noted = this.#noted.get(id);
    if (noted !== undefined && noted.state === state) {
      return noted.atLeast ? { since: noted.since, atLeast: true } : { since: noted.since };
    }
    return this.#from === undefined ? undefined : { since: this.#from, atLeast: true };
  }

  #note({ event, args, objectId, time, recovered }: CilEvent): void {
    this.#from ??= time;
    if (objectId === undefined) return;
    if (event === 'OnCallEnd') {
      this.#noted.delete(objectId);
      return;
    }
    const keyword = STATE_OF[objectId.slice(0, objectId.indexOf('.'))];
    const state = keyword === undefined ? undefined : args[keyword];
    if (state === undefined) return;
    const before = this.#noted.get(objectId);
    if (before !== undefined && before.state === state) return;
    const since = time - (toInteger(args.StateDuration, 'UINT') ?? 0) * 1000;
    const seen = before !== undefined || !(recovered || REPORTS.has(event));
    this.#noted.set(objectId, seen ? { state, since } : { state, since, atLeast: true });
  }
}
