/**
 * Agents whose last desktop at this server has disconnected, and who must be logged out for that reason
 * (forceLogoutOnSessionClose). The desktop may have moved to a peer: an agent is logged out only once every peer has
 * answered that it has no desktop there. While a peer cannot be reached, the agent stays logged in.
 */

import type { Timer } from '../../../common/clock.js';
import type { ServerAgent } from '../../model/entities.js';
import { requestAll } from '../../peers/requests/request-all.js';
import type { Context } from '../core/context.js';

/** Time for a desktop that lost its server to be connected to the other one. */
const MOVE_MS = 10_000;

export class OrphanedAgents {
  /** Agents to query the peers about, with the time at which to do so. */
  readonly #waiting = new Map<ServerAgent, Timer>();

  /**
   * @param hasDesktop whether an agent has a desktop at this server
   * @param logOut applies the settings for orphaned agents
   */
  constructor(
    private readonly context: Context,
    private readonly hasDesktop: (agent: ServerAgent) => boolean,
    private readonly logOut: (agent: ServerAgent) => void,
  ) {
    context.peers.watch({
      linked: () => {
        // A server that has just started has no desktops yet: they need time to connect.
        for (const agent of this.#waiting.keys()) this.#askLater(agent);
      },
    });
  }

  vanished(agent: ServerAgent): void {
    const { peers } = this.context;
    if (peers.linked.length === 0 && peers.missing.length === 0) {
      this.logOut(agent);
      return;
    }
    if (!this.#waiting.has(agent)) this.#askLater(agent);
  }

  #askLater(agent: ServerAgent): void {
    this.#waiting.get(agent)?.cancel();
    this.#waiting.set(
      agent,
      this.context.clock.after(MOVE_MS, () => this.#ask(agent)),
    );
  }

  #ask(agent: ServerAgent): void {
    if (!this.#stillGone(agent)) return;
    // A peer is known to be missing a little later than its link is known to be down: the query is postponed, not dropped.
    if (this.context.peers.missing.length > 0) {
      this.#askLater(agent);
      return;
    }
    const body = { PeripheralID: agent.peripheralId, AgentID: agent.agentId };
    requestAll(this.context.peers, 'CountDesktops', body, this.context.settings.answerMs, (ends) => {
      if (!this.#stillGone(agent)) return;
      const counts = ends.map((end) => (end.outcome === 'answered' ? end.answer.Desktops : undefined));
      if (counts.includes(undefined)) {
        this.#askLater(agent);
        return;
      }
      this.#stopWaiting(agent);
      if (counts.every((desktops) => desktops === 0)) this.logOut(agent);
    });
  }

  /** Cancels the log-out because the desktop is back here, or the agent was logged out otherwise. */
  #stillGone(agent: ServerAgent): boolean {
    if (!this.#waiting.has(agent)) return false;
    if (!agent.loggedIn || this.hasDesktop(agent)) this.#stopWaiting(agent);
    return this.#waiting.has(agent);
  }

  #stopWaiting(agent: ServerAgent): void {
    this.#waiting.get(agent)?.cancel();
    this.#waiting.delete(agent);
  }
}
