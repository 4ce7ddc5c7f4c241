/**
 * A site's settings for an agent's desktop (AGENT_DESK_SETTINGS_CONF): queried at login, published as
 * OnAgentDeskSettingsConf.
 */

import type { Args } from '../../../ctios/index.js';
import { DeskSettingsMask } from '../../../ged188/index.js';
import type { DeskSettings, ServerAgent } from '../../model/entities.js';
import { whoAndWhere } from '../../translation/agent-events.js';
import type { Context } from '../core/context.js';

export class DeskSettingsOfAgents {
  constructor(private readonly context: Context) {}

  /**
   * @param to the client that receives them
   * @param then called when they were sent, or cannot be: without them the desktop has the default buttons
   */
  ask(agent: ServerAgent, to: { client: string }, then: () => void = () => {}): void {
    const { settings, publisher, buttonUpdates } = this.context;
    this.context.ask<'AGENT_DESK_SETTINGS_CONF'>(
      { type: 'AGENT_DESK_SETTINGS_REQ', PeripheralID: agent.peripheralId, AgentID: agent.agentId },
      settings.answerMs,
      (conf) => {
        if (conf !== undefined) {
          const { type: _, InvokeID: __, unknown: ___, ...desk } = conf;
          agent.deskSettings = desk as DeskSettings;
          publisher.publish('OnAgentDeskSettingsConf', this.#told(agent, agent.deskSettings), to);
          buttonUpdates.mark(agent);
          buttonUpdates.flush();
        }
        then();
      },
    );
  }

  #told(agent: ServerAgent, desk: DeskSettings): Args {
    const args = whoAndWhere(agent);
    for (const [field, value] of Object.entries(desk)) if (value !== undefined) args[field] = value;
    const { settings } = this.context;
    const mask = desk.DeskSettingsMask;
    args.LogoutReasonRequired = (mask & DeskSettingsMask.DESK_LOGOUT_REASON_REQUIRED_MASK) !== 0;
    args.NotReadyReasonRequired = (mask & DeskSettingsMask.DESK_IDLE_REASON_REQUIRED_MASK) !== 0;
    args.LogoutReasonCodes = { ...settings.logoutReasonCodes };
    args.NotReadyReasonCodes = { ...settings.notReadyReasonCodes };
    args.IncomingWrapupStrings = Object.fromEntries(
      settings.incomingWrapupStrings.map((string, index) => [String(index + 1), string]),
    );
    args.IsSupervisor = agent.isSupervisor ? 1 : 0;
    return args;
  }
}
