/**
 * Statistics and monitoring that the application has enabled. The server ends them with the connection, so they are
 * repeated after each reconnect, once the mode is in effect; disabling removes them.
 */
import type { Args } from '../../ctios/transport.js';

export interface StandingRequest {
  readonly request: string;
  readonly target: string | undefined;
  readonly args: Args;
}

/** The request that disables what another one enables. */
const SWITCHED_OFF_BY: Readonly<Record<string, string>> = {
  EnableAgentStatistics: 'DisableAgentStatistics',
  EnableSkillGroupStatistics: 'DisableSkillGroupStatistics',
  StartMonitoringAllAgentTeams: 'StopMonitoringAllAgentTeams',
  StartMonitoringAgentTeam: 'StopMonitoringAgentTeam',
  StartMonitoringAgent: 'StopMonitoringAgent',
};
const SWITCHES_OFF = Object.fromEntries(Object.entries(SWITCHED_OFF_BY).map(([on, off]) => [off, on]));
/** Only one at a time: the next replaces it, empty arguments end it. */
const EXCLUSIVE: ReadonlySet<string> = new Set(['StartMonitoringAgent', 'StartMonitoringCall']);

export class StandingRequests {
  #byKey = new Map<string, StandingRequest>();

  get all(): readonly StandingRequest[] {
    return [...this.#byKey.values()];
  }

  /** The server has confirmed this one. */
  confirmed({ request, target, args }: StandingRequest): void {
    const switchedOn = SWITCHES_OFF[request];
    if (switchedOn !== undefined) {
      this.#forget(switchedOn, target, args);
    } else if (EXCLUSIVE.has(request)) {
      const key = keyOf(request, target, {});
      if (Object.keys(args).length === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, { request, target, args });
    } else if (request in SWITCHED_OFF_BY) {
      this.#byKey.set(keyOf(request, target, args), { request, target, args });
    }
  }

  clear(): void {
    this.#byKey.clear();
  }

  #forget(switchedOn: string, target: string | undefined, args: Args): void {
    if (EXCLUSIVE.has(switchedOn)) this.#byKey.delete(keyOf(switchedOn, target, {}));
    else if (Object.keys(args).length > 0) this.#byKey.delete(keyOf(switchedOn, target, args));
    else {
      // Without arguments: all of them.
      for (const [key, each] of this.#byKey) {
        if (each.request === switchedOn && each.target === target) this.#byKey.delete(key);
      }
    }
  }
}

function keyOf(request: string, target: string | undefined, args: Args): string {
  return JSON.stringify([request, target ?? '', Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
