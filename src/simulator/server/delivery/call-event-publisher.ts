/**
 * Converts events of calls to messages: one per participating device, as the protocol describes each call from the point
 * of view of each of its devices.
 */
import type { Clock } from '../../../common/clock.js';
import { GreetingEventCode, type MessageInit } from '../../../ged188/index.js';
import type { CallEvent, EventView, TelephonyEventOf } from '../../model/state/types.js';
import { type Center, peripheralType } from '../center.js';
import { type MessageContext, STATIC } from '../messages/call-fields.js';
import { callMessage, isRenaming } from '../messages/call-messages.js';
import { partyUpdate } from '../messages/party-update.js';
import type { CtiServer } from '../server.js';
import type { PublishedEvent } from './audience.js';
import { endWithCall, followCall } from './call-monitors.js';
import type { SessionDelivery } from './delivery.js';
import { callMaskBit } from './masks.js';
import type { SiteEvents } from './site-events.js';

/** The protocol version that has agent greetings, and how long one lasts. */
const GREETINGS_SINCE = 15;
const GREETING_MS = 2_000;

export class CallEventPublisher {
  constructor(
    private readonly center: Center,
    private readonly servers: readonly CtiServer[],
    private readonly clock: Clock,
    private readonly delivery: SessionDelivery,
    private readonly siteEvents: SiteEvents,
  ) {}

  publish(event: CallEvent): void {
    const heard = this.servers.some((server) => server.listens);
    if (heard && event.kind === 'callConnectionCleared') this.#connectionCleared(event);
    const views = heard && event.kind !== 'callConnectionCleared' ? event.views : [];
    for (const view of views) {
      const message = callMessage(event, view, this.#messageContext);
      if (message === undefined) continue;
      const bit = callMaskBit[message.type];
      if (bit !== undefined) this.delivery.tell(this.#eventMessage(event, view, message, bit));
    }
    if (heard && event.kind === 'callEstablished') this.#greeting(event);
    if (event.kind === 'callDataUpdate') followCall(this.delivery.open(), event);
    if (event.kind === 'callEnd') endWithCall(this.delivery.open(), event, this.center, this.clock);
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
      this.delivery.tell(Object.assign(this.#eventMessage(event, view, message, bit), more));
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

  /**
   * After the peripheral gateway has changed sides, bridges receive the parties of each call again: Delivered or
   * Established with a special cause. Nothing has rung or was answered.
   * @returns the number of connections
   */
  publishParties(): number {
    let told = 0;
    for (const call of this.center.calls()) {
      for (const connection of call.connections) {
        const event = partyUpdate(call, connection, this.clock.now());
        if (event === undefined) continue;
        const [view] = event.views;
        const message = callMessage(event, view!, this.#messageContext);
        const bit = message && callMaskBit[message.type];
        if (!message || bit === undefined) continue;
        this.delivery.tell({ ...this.#eventMessage(event, view!, message, bit), allEventsOnly: true });
        told++;
      }
    }
    return told;
  }

  /** A recorded greeting for a caller, if the site has them: begins when the agent answers, and ends. */
  #greeting(event: TelephonyEventOf<'callEstablished'>): void {
    const view = event.views.find((each) => each.deviceId === event.connection.deviceId);
    if (view === undefined || view.agentId === undefined || !this.siteEvents.greets(view)) return;
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
      this.delivery.tell({ ...this.#eventMessage(event, view, message, bit), since: GREETINGS_SINCE });
    };
    greet(GreetingEventCode.STARTED);
    this.clock.after(GREETING_MS, () => {
      if (this.center.connection(event.connection) !== undefined) greet(GreetingEventCode.ENDED);
    });
  }

  readonly #messageContext: MessageContext = {
    peripheralType: (peripheralId) => peripheralType(this.center, peripheralId),
    clientsAt: (peripheralId, deviceId) => this.servers.flatMap((server) => server.clientsAt(peripheralId, deviceId)),
  };
}

function isPhone({ kind }: EventView): boolean {
  return kind === 'agentPhone' || kind === 'phone';
}
