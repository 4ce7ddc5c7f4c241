import type { CallDataPatch, CommandOutcome, PreviewRequest } from '../state/api.js';
import { changeData, noData } from '../state/call-data.js';
import { CallKind, Cause, Direction, Lcs, Line } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedAgent, SimulatedCall, SimulatedConnection } from '../state/entities.js';
import { accept, refuse } from '../state/refusals.js';
import type { SkillGroupQueues } from '../state/skill-group-queues.js';
import type { CallHooks } from './call-hooks.js';
import { isReservation } from './conditions.js';
import type { Connections } from './connections.js';
import type { Dialing } from './dialing.js';

/** How long a customer stays on an agent's screen before the dialer tries another agent. */
const DECISION_MS = 60_000;

/**
 * Outbound preview: the dialer reserves an agent and shows a customer, as a call that rings at no phone. The agent
 * responds with call data, BAResponse: "Accept" dials the customer from the agent's phone, anything else skips it.
 */
export class Preview {
  constructor(
    private readonly context: SwitchContext,
    private readonly queues: SkillGroupQueues,
    private readonly connections: Connections,
    private readonly dialing: Dialing,
    private readonly hooks: CallHooks,
  ) {}

  offer(request: PreviewRequest): CommandOutcome<{ callId: number }> {
    const peripheral = this.context.world.peripheral(request.peripheralId);
    if (!peripheral.ok) return peripheral;
    const agent = peripheral.value.agents.get(request.agentId);
    if (agent === undefined) return refuse('unknownAgent');
    if (agent.device === undefined || !this.queues.isRoutable(agent)) return refuse('notAvailable');
    if (this.dialing.resolve(peripheral.value, request.customerNumber)?.kind !== 'external')
      return refuse('invalidDestination');
    const data = changeData({ ...noData, dialedNumber: request.customerNumber }, dialerData(request));
    if (!data.ok) return data;

    const type = request.direct ? CallKind.reservationPreviewDirect : CallKind.reservationPreview;
    const call = this.connections.newCall(peripheral.value, type, data.value.data);
    const reservation = this.connections.join(call, agent.device, Lcs.alerting, {
      callType: type,
      lineType: Line.outboundAcd,
      direction: Direction.preview,
    });
    this.hooks.offered(agent.device);
    this.context.events.tellCall({ kind: 'callDelivered', alerting: agent.device.ref }, reservation, Cause.newCall);
    this.connections.later(call, DECISION_MS, () => {
      if (reservation.state === Lcs.alerting) this.connections.release(reservation);
    });
    return accept({ callId: call.id });
  }

  /** Data was set on a call: on a reservation it may be the agent's decision. */
  decided(connection: SimulatedConnection): void {
    const { call, agent } = connection;
    if (agent === undefined || !isReservation(connection)) return;
    const response = call.data.named.get('BAResponse') ?? '';
    if (response === '') return;
    if (!/^accept/i.test(response)) {
      this.connections.release(connection);
      return;
    }
    // The agent stays reserved: no other call may come between the reservation and the customer.
    this.connections.release(connection, Cause.none, () => this.#dial(agent, connection, call));
  }

  #dial(agent: SimulatedAgent, reservation: SimulatedConnection, from: SimulatedCall): void {
    const number = from.data.dialedNumber ?? '';
    const destination = this.dialing.resolve(from.peripheral, number);
    if (agent.device === undefined || destination === undefined) return;
    const callType =
      reservation.callType === CallKind.reservationPreviewDirect
        ? CallKind.customerPreviewDirect
        : CallKind.customerPreview;
    const call = this.connections.newCall(from.peripheral, callType, from.data, from.key);
    const caller = this.dialing.pickUp(call, agent.device, number, {
      callType,
      lineType: Line.outboundAcd,
      direction: Direction.preview,
    });
    this.dialing.reach(call, caller, destination, {
      callType,
      lineType: Line.outboundAcd,
      direction: Direction.otherIn,
    });
  }
}

/** The ECC of a reservation. */
function dialerData(request: PreviewRequest): CallDataPatch {
  const named: [string, string][] = [
    ['BAStatus', 'DO'],
    ['BAResponse', ''],
    ['BACustomerNumber', request.customerNumber],
  ];
  if (request.campaign !== undefined) named.push(['BACampaign', request.campaign]);
  if (request.accountNumber !== undefined) named.push(['BAAccountNumber', request.accountNumber]);
  return {
    ...request.data,
    customerPhoneNumber: request.customerNumber,
    customerAccountNumber: request.accountNumber,
    campaignId: request.campaignId,
    queryRuleId: request.queryRuleId,
    named: [...named, ...(request.data?.named ?? [])],
  };
}
