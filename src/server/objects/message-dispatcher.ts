/**
 * Which part of the object server processes a message of the CTI Server. Messages that are not listed here concern no
 * object: confirmations reach the part that sent the request.
 */
import type { Message, MessageOf } from '../../ged188/index.js';
import { statusOf } from '../southbound/session/pending-requests.js';
import type { Desktops } from './desktops/desktops.js';
import type { Recovery } from './recovery/recovery.js';
import type { AgentTracker } from './tracking/agent-tracker.js';
import type { CallTracker } from './tracking/call-tracker.js';
import type { ConfigurationUpload } from './tracking/configuration.js';
import type { RelayedEvents } from './tracking/relayed-events.js';
import type { SystemState } from './tracking/system-status.js';
import type { TeamTracker } from './tracking/team-tracker.js';

export interface MessageHandlers {
  /** The peripheral of configuration records that name none. */
  readonly peripheralId: number;
  readonly calls: CallTracker;
  readonly agents: AgentTracker;
  readonly teams: TeamTracker;
  readonly relayed: RelayedEvents;
  readonly system: SystemState;
  readonly configuration: ConfigurationUpload;
  readonly recovery: Recovery;
  readonly desktops: Desktops;
}

export class MessageDispatcher {
  constructor(private readonly parts: MessageHandlers) {}

  apply(m: Message): void {
    const { parts } = this;
    switch (m.type) {
      case 'BEGIN_CALL_EVENT':
      case 'END_CALL_EVENT':
      case 'CALL_DATA_UPDATE_EVENT':
      case 'CALL_DELIVERED_EVENT':
      case 'CALL_ESTABLISHED_EVENT':
      case 'CALL_HELD_EVENT':
      case 'CALL_RETRIEVED_EVENT':
      case 'CALL_CLEARED_EVENT':
      case 'CALL_CONNECTION_CLEARED_EVENT':
      case 'CALL_ORIGINATED_EVENT':
      case 'CALL_FAILED_EVENT':
      case 'CALL_CONFERENCED_EVENT':
      case 'CALL_TRANSFERRED_EVENT':
      case 'CALL_DIVERTED_EVENT':
      case 'CALL_SERVICE_INITIATED_EVENT':
      case 'CALL_QUEUED_EVENT':
      case 'CALL_DEQUEUED_EVENT':
      case 'CALL_REACHED_NETWORK_EVENT':
        parts.calls.handle(m);
        parts.recovery.small.note(m);
        break;
      case 'AGENT_STATE_EVENT':
        parts.agents.stateEvent(m);
        break;
      case 'CALL_TRANSLATION_ROUTE_EVENT':
        parts.agents.translationRoute(m);
        break;
      case 'AGENT_PRE_CALL_EVENT':
        parts.agents.precall(m);
        break;
      case 'AGENT_PRE_CALL_ABORT_EVENT':
        parts.agents.precallAbort(m);
        break;
      case 'AGENT_TEAM_CONFIG_EVENT':
        parts.teams.configured(m);
        break;
      case 'RTP_STARTED_EVENT':
      case 'RTP_STOPPED_EVENT':
        parts.relayed.rtp(m);
        break;
      case 'NETWORK_RECORDING_STARTED_EVENT':
      case 'NETWORK_RECORDING_ENDED_EVENT':
      case 'NETWORK_RECORDING_FAILED_EVENT':
      case 'NETWORK_RECORDING_TARGET_INFO_EVENT':
        parts.relayed.networkRecording(m);
        break;
      case 'EMERGENCY_CALL_EVENT':
        parts.relayed.emergency(m);
        break;
      case 'SYSTEM_EVENT':
        this.#systemEvent(m);
        break;
      case 'FAILURE_EVENT':
        parts.system.failure(m.Status);
        break;
      case 'FAILURE_CONF':
        parts.system.failure(statusOf(m));
        break;
      case 'CONFIG_BEGIN_EVENT':
        parts.configuration.begin(m);
        break;
      case 'CONFIG_END_EVENT':
        parts.configuration.end(m);
        break;
      case 'CONFIG_AGENT_EVENT':
        parts.configuration.heard();
        parts.agents.configured(m, parts.peripheralId);
        break;
      case 'CONFIG_AGENT_SERVICE_EVENT':
        parts.agents.configuredServices(m);
        break;
      case 'CONFIG_SKILL_GROUP_EVENT':
        parts.configuration.heard();
        parts.agents.configuredSkillGroups(m, parts.peripheralId);
        break;
    }
  }

  #systemEvent(m: MessageOf<'SYSTEM_EVENT'>): void {
    const { away, back } = this.parts.system.systemEvent(m);
    for (const peripheralId of away) this.parts.recovery.peripheralAway(peripheralId);
    if (back !== undefined) this.parts.recovery.peripheralBack(back);
    this.parts.desktops.tellButtons();
  }
}
