/**
 * Converts events of the contact center to messages for the sessions of its CTI Servers. Those of calls are in
 * `call-event-publisher.ts`; `delivery.ts` selects the recipients.
 */
import type { Clock } from '../../../common/clock.js';
import type { Random } from '../../../common/random.js';
import { DeviceIDType, type MessageInit, ServiceMask, SystemEventID } from '../../../ged188/index.js';
import { siteProfiles } from '../../model/state/site-behavior.js';
import type { AgentStateEvent, TelephonyEvent, TelephonyEventOf } from '../../model/state/types.js';
import { type Center, peripheralType } from '../center.js';
import type { Faults } from '../faults.js';
import {
  assistMessage,
  emergencyMessage,
  preCallAbortMessage,
  preCallMessage,
  teamMessages,
} from '../messages/agent-messages.js';
import { configurationUpdate } from '../requests/configuration.js';
import type { CtiServer } from '../server.js';
import { has, type PublishedEvent } from './audience.js';
import { CallEventPublisher } from './call-event-publisher.js';
import { SessionDelivery } from './delivery.js';
import { agentMaskBit, callMaskBit } from './masks.js';
import { SiteEvents } from './site-events.js';

export class MessagePublisher {
  #held: TelephonyEvent[] | undefined;
  #lateAgentEvents: (() => void)[] = [];
  readonly #delivery: SessionDelivery;
  readonly #siteEvents: SiteEvents;
  readonly #calls: CallEventPublisher;

  constructor(
    private readonly center: Center,
    private readonly servers: readonly CtiServer[],
    private readonly faults: Faults,
    private readonly clock: Clock,
    random: Random,
  ) {
    this.#siteEvents = new SiteEvents(center.config.switch.site ?? siteProfiles.standard, random);
    this.#delivery = new SessionDelivery(servers);
    this.#calls = new CallEventPublisher(center, servers, clock, this.#delivery, this.#siteEvents);
    center.listen((event) => this.#happened(event));
  }

  /**
   * Runs something with its events held back, so that its confirmation is sent first.
   * @returns publishes the events
   */
  hold<T>(run: () => T): { result: T; tell: () => void } {
    const outer = this.#held;
    const held: TelephonyEvent[] = [];
    this.#held = held;
    try {
      const result = run();
      return {
        result,
        tell: () => {
          for (const event of held) this.#happened(event);
        },
      };
    } finally {
      this.#held = outer;
    }
  }

  /**
   * After the peripheral gateway has changed sides, bridges receive the parties of each call again.
   * @returns the number of connections
   */
  tellParties(): number {
    return this.#calls.publishParties();
  }

  #happened(event: TelephonyEvent): void {
    if (this.#held) this.#held.push(event);
    else this.#tell(event);
  }

  #tell(event: TelephonyEvent): void {
    switch (event.kind) {
      case 'agentState':
        this.#agentState(event);
        break;
      case 'agentPreCall':
        this.#delivery.tell(this.#preCall(preCallMessage(event), event));
        break;
      case 'agentPreCallAbort':
        this.#delivery.tell({ ...this.#preCall(preCallAbortMessage(event), event), allEventsOnly: true });
        break;
      case 'teamChanged':
        this.#teamChanged(event);
        break;
      case 'configChanged':
        this.#configurationChanged(event);
        break;
      case 'peripheralStatus':
      case 'deviceStatus':
        this.#status(event);
        break;
      case 'emergencyCall':
        this.#emergency(event);
        break;
      case 'supervisorAssist':
        this.#assist(event);
        break;
      case 'silentMonitorStarted':
      case 'silentMonitorStopped':
        // The supervisor's own call reports it; the protocol has no message for it.
        break;
      default:
        this.#calls.publish(event);
    }
  }

  #preCall(message: MessageInit, event: TelephonyEventOf<'agentPreCall' | 'agentPreCallAbort'>): PublishedEvent {
    return {
      message,
      mask: { kind: 'call', bit: callMaskBit[message.type] ?? 0 },
      peripheralId: event.peripheralId,
      deviceId: event.instrument,
      instrument: event.instrument,
      agentId: event.agentId,
      phone: true,
    };
  }

  #agentState(event: AgentStateEvent): void {
    const { center } = this;
    const { agent } = event;
    const { agentEventDelayMs, duplicateAgentEvents } = this.faults;
    const messages = this.#siteEvents.agentStates(
      event,
      peripheralType(center, event.peripheralId),
      this.#signatureOf(agent.peripheralId, agent.instrument),
    );
    const tell = () => {
      for (const message of messages) {
        const published: PublishedEvent = {
          message,
          mask: { kind: 'agent', bit: agentMaskBit(message.AgentState ?? agent.state) },
          peripheralId: event.peripheralId,
          deviceId: agent.instrument,
          instrument: agent.instrument,
          agentId: agent.agentId,
          get teamId() {
            return center.agent(event.peripheralId, agent.agentId)?.teamId;
          },
          phone: true,
        };
        this.#delivery.tell(published);
        if (duplicateAgentEvents) this.#delivery.tell(published);
      }
    };
    const late = this.#siteEvents.agentEventDelay();
    if (agentEventDelayMs === 0 && late === undefined && this.#lateAgentEvents.length === 0) {
      tell();
      return;
    }
    // All are late, but they stay in order.
    this.#lateAgentEvents.push(tell);
    this.clock.after(agentEventDelayMs + (late ?? 0), () => this.#lateAgentEvents.shift()?.());
  }

  #teamChanged(event: TelephonyEventOf<'teamChanged'>): void {
    const team = [...this.center.teams(event.peripheralId)].find((each) => each.id === event.teamId);
    if (team === undefined) return;
    const messages = [...teamMessages(this.center, team, event.operation, event.agentIds)];
    const bit = callMaskBit.AGENT_TEAM_CONFIG_EVENT ?? 0;
    for (const session of this.#delivery.open()) {
      const grant = session.grant!;
      if (!has(grant, ServiceMask.CTI_SERVICE_SUPERVISOR) || (grant.callMask & bit) === 0) continue;
      const own = grant.binding?.agentId;
      const over =
        grant.binding === undefined ||
        (own !== undefined && (team.primarySupervisor === own || team.secondarySupervisors.includes(own)));
      if (over) for (const message of messages) session.send(message);
    }
  }

  #configurationChanged(event: TelephonyEventOf<'configChanged'>): void {
    for (const { bit, messages } of configurationUpdate(this.center, event)) {
      for (const session of this.#delivery.open()) {
        if ((session.configUpdates & bit) === 0) continue;
        session.sendAll(messages);
      }
    }
  }

  #status(event: TelephonyEventOf<'peripheralStatus' | 'deviceStatus'>): void {
    const { peripheralId } = event;
    for (const server of this.servers) {
      if (event.kind === 'peripheralStatus') {
        server.tellSystem(event.online ? SystemEventID.SYS_PERIPHERAL_ONLINE : SystemEventID.SYS_PERIPHERAL_OFFLINE, {
          peripheralId,
        });
      } else {
        server.tellSystem(
          event.inService ? SystemEventID.SYS_INSTRUMENT_BACK_IN_SERVICE : SystemEventID.SYS_INSTRUMENT_OUT_OF_SERVICE,
          { peripheralId, device: { id: event.deviceId, type: DeviceIDType.DEVID_DEVICE_IDENTIFIER } },
        );
      }
    }
  }

  /** To bridges and recorders, and to the supervisors on duty, even if none could be reached. */
  #emergency(event: TelephonyEventOf<'emergencyCall'>): void {
    const wanted =
      ServiceMask.CTI_SERVICE_ALL_EVENTS | ServiceMask.CTI_SERVICE_SERVER | ServiceMask.CTI_SERVICE_SUPERVISOR;
    const client = this.#clientOf(event.peripheralId, event.instrument);
    const message = emergencyMessage(event, client);
    for (const session of this.#delivery.open()) if (has(session.grant!, wanted)) session.send(message);
  }

  #assist(event: TelephonyEventOf<'supervisorAssist'>): void {
    const message = assistMessage(event, this.#clientOf(event.peripheralId, event.connection.deviceId));
    for (const session of this.#delivery.open()) {
      const grant = session.grant!;
      if (!has(grant, ServiceMask.CTI_SERVICE_SUPERVISOR)) continue;
      if (grant.binding === undefined || grant.binding.agentId === event.supervisorId) session.send(message);
    }
  }

  #signatureOf(peripheralId: number, instrument: string): string | undefined {
    for (const server of this.servers) {
      const [client] = server.clientsAt(peripheralId, instrument);
      if (client !== undefined) return client.CTIClientSignature;
    }
    return undefined;
  }

  #clientOf(peripheralId: number, instrument: string) {
    for (const session of this.#delivery.open()) {
      const { binding, clientId } = session.grant!;
      if (binding?.peripheralId === peripheralId && binding.instrument === instrument) {
        return { clientId, address: session.peer, sessionId: session.id };
      }
    }
    return { clientId: '', address: '', sessionId: 0 };
  }
}
