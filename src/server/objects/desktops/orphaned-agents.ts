/**
 * Agents whose last desktop at this server has vanished, and who are to be logged out for it (forceLogoutOnSessionClose).
 * Where there are peers, the desktop may have gone over to one of them: an agent is logged out only once every peer has
 * said that it has no desktop there. While a peer cannot be asked, the agent stays as it is.
 */

import type { Timer } from '../../../common/clock.js';
import type { ServerAgent } from '../../model/entities.js';
import { requestAll } from '../../peers/request-all.js';
import type { Context } from '../core/context.js';

/** What a desktop that lost its server may take to be at work at the other. */
const MOVE_MS = 10_000;

export class OrphanedAgents {
  /** Agents to ask about, with the time at which to do so. */
  readonly #waiting = new Map<ServerAgent, Timer>();

  /**
   * @param hasDesktop whether an agent has a desktop at this server
   * @param logOut what the settings say for agents who have vanished
   */
  constructor(
    private readonly context: Context,
    private readonly hasDesktop: (agent: ServerAgent) => boolean,
    private readonly logOut: (agent: ServerAgent) => Promise<void>,
  ) {
    context.peers.watch({
      linked: () => {
        // A server that has just come has no desktops yet: they need time to find it.
        for (const agent of this.#waiting.keys()) this.#askLater(agent);
      },
    });
  }

  vanished(agent: ServerAgent): void {
    const { peers } = this.context;
    if (peers.linked.length === 0 && peers.missing.length === 0) {
      this.context.background(this.logOut(agent));
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
    // Which peers are missing is known a little later than who is linked: the question is not dropped, it is put off.
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
      if (counts.every((desktops) => desktops === 0)) this.context.background(this.logOut(agent));
    });
  }

  /** Waits for nothing any more where it has come back here, or was logged out otherwise. */
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
