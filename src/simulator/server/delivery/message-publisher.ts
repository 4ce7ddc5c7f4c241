/**
 * Converts events of the contact center to messages for the sessions of its CTI Servers: one message per participating
 * device. `delivery.ts` selects the recipients.
 */
import type { Clock } from '../../../common/clock.js';
import type { Random } from '../../../common/random.js';
import {
  DeviceIDType,
  GreetingEventCode,
  type MessageInit,
  ServiceMask,
  SystemEventID,
} from '../../../ged188/index.js';
import { siteProfiles } from '../../model/state/site-behavior.js';
import type {
  AgentStateEvent,
  CallEvent,
  EventView,
  TelephonyEvent,
  TelephonyEventOf,
} from '../../model/state/types.js';
import { type Center, peripheralType } from '../center.js';
import type { Faults } from '../faults.js';
import {
  assistMessage,
  emergencyMessage,
  preCallAbortMessage,
  preCallMessage,
  teamMessages,
} from '../messages/agent-messages.js';
import { type MessageContext, STATIC } from '../messages/call-fields.js';
import { callMessage, isRenaming } from '../messages/call-messages.js';
import { partyUpdate } from '../messages/party-update.js';
import { configurationUpdate } from '../requests/configuration.js';
import type { CtiServer } from '../server.js';
import { has, type PublishedEvent } from './audience.js';
import { endWithCall, followCall } from './call-monitors.js';
import { SessionDelivery } from './delivery.js';
import { agentMaskBit, callMaskBit } from './masks.js';
import { SiteEvents } from './site-events.js';

/** The protocol version that has agent greetings, and how long one lasts. */
const GREETINGS_SINCE = 15;
const GREETING_MS = 2_000;

export class MessagePublisher {
  #held: TelephonyEvent[] | undefined;
  #lateAgentEvents: (() => void)[] = [];
  readonly #delivery: SessionDelivery;
  readonly #siteEvents: SiteEvents;

  constructor(
    private readonly center: Center,
    private readonly servers: readonly CtiServer[],
    private readonly faults: Faults,
    private readonly clock: Clock,
    random: Random,
  ) {
    this.#siteEvents = new SiteEvents(center.config.switch.site ?? siteProfiles.standard, random);
    this.#delivery = new SessionDelivery(servers);
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
   * After the peripheral gateway has changed sides, bridges receive the parties of each call again: Delivered or
   * Established with a special cause. Nothing has rung or was answered.
   * @returns the number of connections
   */
  tellParties(): number {
    let told = 0;
    for (const call of this.center.calls()) {
      for (const connection of call.connections) {
        const event = partyUpdate(call, connection, this.clock.now());
        if (event === undefined) continue;
        const [view] = event.views;
        const message = callMessage(event, view!, this.#messageContext);
        const bit = message && callMaskBit[message.type];
        if (!message || bit === undefined) continue;
        this.#delivery.tell({ ...this.#eventMessage(event, view!, message, bit), allEventsOnly: true });
        told++;
      }
    }
    return told;
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
        this.#call(event);
    }
  }

  #call(event: CallEvent): void {
    const heard = this.servers.some((server) => server.listens);
    if (heard && event.kind === 'callConnectionCleared') this.#connectionCleared(event);
    const views = heard && event.kind !== 'callConnectionCleared' ? event.views : [];
    for (const view of views) {
      const message = callMessage(event, view, this.#messageContext);
      if (message === undefined) continue;
      const bit = callMaskBit[message.type];
      if (bit !== undefined) this.#delivery.tell(this.#eventMessage(event, view, message, bit));
    }
    if (heard && event.kind === 'callEstablished') this.#greeting(event);
    if (event.kind === 'callDataUpdate') followCall(this.#delivery.open(), event);
    if (event.kind === 'callEnd') endWithCall(this.#delivery.open(), event, this.center, this.clock);
  }

  /**
   * The message names the cleared connection: sent once to those who see the call, and to each party from its point of
   * view.
   */
  #connectionCleared(event: TelephonyEventOf<'callConnectionCleared'>): void {
    const bit = callMaskBit.CALL_CONNECTION_CLEARED_EVENT ?? 0;
    const publish = (view: EventView, more: Partial<PublishedEvent>) => {
      const message = callMessage(event, view, this.#messageContext);
      if (message === undefined) return;
      // Assigned instead of spread: a spread would evaluate the getters, which are lazy on purpose.
      this.#delivery.tell(Object.assign(this.#eventMessage(event, view, message, bit), more));
    };
    const gone = event.views.find((each) => each.deviceId === event.connection.deviceId);
    if (gone !== undefined) publish(gone, { seenBy: 'call', phone: event.views.some(isPhone) });
    for (const view of event.views) publish(view, { seenBy: 'party' });
  }

  #eventMessage(event: CallEvent, view: EventView, message: MessageInit, bit: number): PublishedEvent {
    const { center } = this;
    const { peripheralId } = event;
    return {
      message,
      mask: { kind: 'call', bit },
      peripheralId,
      deviceId: view.deviceId,
      // Looked up only if a session has set a monitor or is bound to a device.
      get instrument() {
        return center.device(peripheralId, view.deviceId)?.instrument;
      },
      get nonAcdLine() {
        return center.device(peripheralId, view.deviceId)?.nonAcdLine;
      },
      callId: event.kind === 'callDataUpdate' && isRenaming(event) ? event.connection.callId : view.callId,
      phone: isPhone(view),
    };
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

  /** A recorded greeting for a caller, if the site has them: begins when the agent answers, and ends. */
  #greeting(event: TelephonyEventOf<'callEstablished'>): void {
    const view = event.views.find((each) => each.deviceId === event.connection.deviceId);
    if (view === undefined || view.agentId === undefined || !this.#siteEvents.greets(view)) return;
    const { agentId, callId, deviceId } = view;
    const greet = (EventCode: number) => {
      const message: MessageInit = {
        type: 'CALL_AGENT_GREETING_EVENT',
        PeripheralID: event.peripheralId,
        ConnectionDeviceIDType: STATIC,
        ConnectionCallID: callId,
        ConnectionDeviceID: deviceId,
        EventCode,
        AgentID: agentId,
      };
      const bit = callMaskBit.CALL_AGENT_GREETING_EVENT ?? 0;
      this.#delivery.tell({ ...this.#eventMessage(event, view, message, bit), since: GREETINGS_SINCE });
    };
    greet(GreetingEventCode.STARTED);
    this.clock.after(GREETING_MS, () => {
      if (this.center.connection(event.connection) !== undefined) greet(GreetingEventCode.ENDED);
    });
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
    return this.#messageContext.clientsAt(peripheralId, instrument)[0]?.CTIClientSignature;
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

  readonly #messageContext: MessageContext = {
    peripheralType: (peripheralId) => peripheralType(this.center, peripheralId),
    clientsAt: (peripheralId, deviceId) => this.servers.flatMap((server) => server.clientsAt(peripheralId, deviceId)),
  };
}

function isPhone({ kind }: EventView): boolean {
  return kind === 'agentPhone' || kind === 'phone';
}
