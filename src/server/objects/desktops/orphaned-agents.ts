/**
 * Agents whose last desktop at this server has vanished, and who are to be logged out for it (forceLogoutOnSessionClose).
 * Where there are peers, the desktop may have gone over to one of them: an agent is logged out only once every peer has
 * said that it has no desktop there. While a peer cannot be asked, the agent stays as it is.
 */

import type { ServerAgent } from '../../model/entities.js';
import { requestAll } from '../../peers/request-all.js';
import type { Context } from '../core/context.js';

/** What a desktop that lost its server may take to be at work at the other. */
const MOVE_MS = 10_000;

export class OrphanedAgents {
  readonly #waiting = new Set<ServerAgent>();

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
        for (const agent of [...this.#waiting]) this.#ask(agent);
      },
    });
  }

  vanished(agent: ServerAgent): void {
    const { peers, clock } = this.context;
    if (peers.linked.length === 0 && peers.missing.length === 0) {
      this.context.background(this.logOut(agent));
      return;
    }
    if (this.#waiting.has(agent)) return;
    this.#waiting.add(agent);
    clock.after(MOVE_MS, () => this.#ask(agent));
  }

  #ask(agent: ServerAgent): void {
    if (!this.#stillGone(agent) || this.context.peers.missing.length > 0) return;
    const body = { PeripheralID: agent.peripheralId, AgentID: agent.agentId };
    requestAll(this.context.peers, 'CountDesktops', body, this.context.settings.answerMs, (ends) => {
      if (!this.#stillGone(agent)) return;
      const counts = ends.map((end) => (end.outcome === 'answered' ? end.answer.Desktops : undefined));
      // Who did not answer is asked again when it is linked again.
      if (counts.includes(undefined)) return;
      this.#waiting.delete(agent);
      if (counts.every((desktops) => desktops === 0)) this.context.background(this.logOut(agent));
    });
  }

  /** Waits for nothing any more where it has come back here, or was logged out otherwise. */
  #stillGone(agent: ServerAgent): boolean {
    if (!this.#waiting.has(agent)) return false;
    if (!agent.loggedIn || this.hasDesktop(agent)) this.#waiting.delete(agent);
    return this.#waiting.has(agent);
  }
}
