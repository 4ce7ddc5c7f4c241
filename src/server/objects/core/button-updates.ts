/**
 * The events of an agent and of its calls carry EnablementMask as it was at that time. But a change of one call affects
 * what the other one at the same phone allows (a consultation begins or ends), and the agent's state affects both. If
 * no event of the object itself carries its new mask, the agent's desktops receive it in OnButtonEnablementChange.
 */

import { events } from '../../../ctios/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { DesktopRegistry } from '../../model/desktop-registry.js';
import type { ServerAgent } from '../../model/entities.js';
import { type ButtonRules, enablementMask } from './button-enablement.js';
import type { Publisher } from './publisher.js';

/** An object that has a mask: an agent, or a call at the agent's phone. */
interface Masked {
  readonly id: string;
  /** As last sent to its desktops. */
  lastSentMask: number | undefined;
}

export class ButtonUpdates {
  readonly #agents = new Set<ServerAgent>();

  constructor(
    private readonly publisher: Publisher,
    private readonly rules: ButtonRules,
    private readonly desktops: DesktopRegistry,
  ) {}

  /** Something has happened to this agent, or to a call at its phone. */
  mark(agent: ServerAgent | undefined): void {
    if (agent !== undefined && this.desktops.of(agent).size > 0) this.#agents.add(agent);
  }

  /** Publishes the differences; to be called when the objects are consistent. */
  flush(): void {
    if (this.#agents.size === 0) return;
    const agents = [...this.#agents];
    this.#agents.clear();
    for (const agent of agents) {
      for (const call of agent.device?.calls ?? []) this.#compare(agent, call, enablementMask(agent, call, this.rules));
      this.#compare(agent, agent, enablementMask(agent, currentCallOf(agent.device), this.rules));
    }
  }

  #compare(agent: ServerAgent, object: Masked, mask: number): void {
    if (object.lastSentMask === mask) return;
    object.lastSentMask = mask;
    const args = { EnablementMask: mask, UniqueObjectID: object.id, MessageID: MESSAGE_ID };
    for (const { clientId, disabled } of this.desktops.of(agent)) {
      if (!disabled) this.publisher.publish('OnButtonEnablementChange', args, { client: clientId });
    }
  }
}

const MESSAGE_ID = events.OnButtonEnablementChange.eventId;
