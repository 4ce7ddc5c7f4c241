import type { Args } from '../../ctios/index.js';
import type { Device, ServerAgent } from './entities.js';

/** A client in agent mode. */
export interface Desktop {
  readonly clientId: string;
  readonly agent: ServerAgent;
  /** The arguments to repeat if this agent must log in again; kept only for AutoLogin. */
  login: Args | undefined;
  /** The desktop was notified that nothing is enabled. */
  disabled: boolean;
  /** The phone whose calls the desktop knows. */
  phone: Device | undefined;
}

const NONE: ReadonlySet<Desktop> = new Set();

/** The registry of which client controls which agent, by client and by agent. An agent may have several desktops. */
export class DesktopRegistry {
  readonly #byClient = new Map<string, Desktop>();
  readonly #byAgent = new Map<ServerAgent, Set<Desktop>>();

  [Symbol.iterator](): IterableIterator<Desktop> {
    return this.#byClient.values();
  }

  add(desktop: Desktop): void {
    this.delete(desktop.clientId);
    this.#byClient.set(desktop.clientId, desktop);
    const desktops = this.#byAgent.get(desktop.agent);
    if (desktops === undefined) this.#byAgent.set(desktop.agent, new Set([desktop]));
    else desktops.add(desktop);
  }

  /** @returns the desktop that the client had, if any */
  delete(clientId: string): Desktop | undefined {
    const desktop = this.#byClient.get(clientId);
    if (desktop === undefined) return undefined;
    this.#byClient.delete(clientId);
    const desktops = this.#byAgent.get(desktop.agent)!;
    desktops.delete(desktop);
    if (desktops.size === 0) this.#byAgent.delete(desktop.agent);
    return desktop;
  }

  byClient(clientId: string): Desktop | undefined {
    return this.#byClient.get(clientId);
  }

  /** The agent of an agent-mode client; undefined for any other client. */
  agentOfClient(clientId: string): ServerAgent | undefined {
    return this.#byClient.get(clientId)?.agent;
  }

  /** The desktops of an agent. */
  of(agent: ServerAgent): ReadonlySet<Desktop> {
    return this.#byAgent.get(agent) ?? NONE;
  }

  /** Whether the agent has a desktop beside this client. */
  hasOther(agent: ServerAgent, clientId: string): boolean {
    for (const desktop of this.of(agent)) if (desktop.clientId !== clientId) return true;
    return false;
  }

  /** Clients of an agent. */
  clientsOf(agent: ServerAgent): string[] {
    const clients: string[] = [];
    for (const { clientId } of this.of(agent)) clients.push(clientId);
    return clients;
  }

  /** Clients whose agent is one of these. */
  *clientsWhere(fits: (agent: ServerAgent) => boolean): Iterable<string> {
    for (const { agent, clientId } of this.#byClient.values()) if (fits(agent)) yield clientId;
  }
}
