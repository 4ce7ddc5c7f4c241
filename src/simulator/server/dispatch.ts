/**
 * From a frame to its response: what the session's state permits, what its services permit, what a strict server
 * refuses, and which row of the request tables carries it out.
 */
import type { Clock } from '../../common/clock.js';
import type { Random } from '../../common/random.js';
import {
  ControlFailureCode,
  decode,
  definitionOf,
  type Message,
  type MessageInit,
  type MessageName,
  type MessageOf,
  messageName,
  NULL_PERIPHERAL_ID,
  ServiceMask,
  StatusCode,
} from '../../ged188/index.js';
import type { Center } from './center.js';
import { has } from './delivery/audience.js';
import type { MessagePublisher } from './delivery/message-publisher.js';
import type { Faults } from './faults.js';
import { agents } from './requests/agents.js';
import { callControl, callDataOfRequest } from './requests/call-control.js';
import { configuration } from './requests/configuration.js';
import type {
  ActsOn,
  Answer,
  Refused,
  RequestRow,
  RequestTable,
  SimulatorRequestContext,
} from './requests/definition.js';
import { miscellaneous, serverService } from './requests/miscellaneous.js';
import { clientMonitor, peripheralMonitor, supervisor } from './requests/monitors.js';
import { snapshots } from './requests/snapshots.js';
import type { CtiServer } from './server.js';
import { type Grant, SIMULATOR_NEWEST_VERSION, SIMULATOR_OLDEST_VERSION } from './session/open.js';
import type { SimulatorSession } from './session/session.js';
import { formStatus, lengthStatus } from './strictness.js';

/** Every request of an open session. */
export const simulatorRequests: RequestTable = {
  ...callControl,
  ...callDataOfRequest,
  ...agents,
  ...snapshots,
  ...peripheralMonitor,
  ...clientMonitor,
  ...supervisor,
  ...miscellaneous,
  ...serverService,
  ...configuration,
};

const TYPE_OFFSET = 4;
const INVOKE_ID_OFFSET = 8;
/** OPEN_REQ's VersionNumber follows its InvokeID: it determines how the rest of the message is encoded. */
const VERSION_OFFSET = 12;

export interface DispatchSettings {
  readonly center: Center;
  readonly publisher: MessagePublisher;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly strict: boolean;
  readonly random: Random;
}

export class SimulatorDispatcher {
  constructor(private readonly settings: DispatchSettings) {}

  dispatch(server: CtiServer, session: SimulatorSession, frame: Buffer): void {
    const name = messageName(frame.readUInt32BE(TYPE_OFFSET));
    const invokeId = frame.length >= INVOKE_ID_OFFSET + 4 ? frame.readUInt32BE(INVOKE_ID_OFFSET) : 0;
    const status = this.#receive(server, session, frame, name, invokeId);
    if (status !== undefined) session.send({ type: 'FAILURE_CONF', InvokeID: invokeId, Status: status });
  }

  /** @returns the status of the FAILURE_CONF for the message; undefined if it has another response, or needs none */
  #receive(
    server: CtiServer,
    session: SimulatorSession,
    frame: Buffer,
    name: string | undefined,
    invokeId: number,
  ): number | undefined {
    // A dismissed client may only send its CLOSE_REQ.
    if (session.state === 'dismissed' && name !== 'CLOSE_REQ') return undefined;
    const opened = session.state !== 'connected';
    switch (name) {
      case 'OPEN_REQ':
        return opened ? StatusCode.E_CTI_SESSION_ALREADY_OPEN : this.#open(server, session, frame);
      case 'CLOSE_REQ':
        session.signal('closeRequested', invokeId);
        return undefined;
      case 'HEARTBEAT_REQ':
        if (!opened) return StatusCode.E_CTI_SESSION_NOT_OPEN;
        session.send({ type: 'HEARTBEAT_CONF', InvokeID: invokeId });
        return undefined;
      default:
        if (!opened) return StatusCode.E_CTI_SESSION_NOT_OPEN;
        if (session.state === 'standby') return StatusCode.E_CTI_SERVER_NOT_MASTER;
        return this.#request(server, session, frame, name);
    }
  }

  #open(server: CtiServer, session: SimulatorSession, frame: Buffer): number | undefined {
    if (frame.length < VERSION_OFFSET + 4) return StatusCode.E_CTI_BAD_MESSAGE_FORMAT;
    const version = frame.readUInt32BE(VERSION_OFFSET);
    if (version < SIMULATOR_OLDEST_VERSION || version > SIMULATOR_NEWEST_VERSION)
      return StatusCode.E_CTI_INVALID_VERSION;
    const wrong = this.settings.strict ? formStatus(frame, version) : undefined;
    const request = decode(frame, version, { charset: session.charset }) as MessageOf<'OPEN_REQ'>;
    return wrong ?? lengthStatus(request, version) ?? server.open(session, request);
  }

  #request(server: CtiServer, session: SimulatorSession, frame: Buffer, name: string | undefined): number | undefined {
    const { version } = session.grant!;
    if (name === 'ACTIVE_MAINTENANCE_RESP_MSG') {
      const answer = decode(frame, version, { charset: session.charset }) as MessageOf<'ACTIVE_MAINTENANCE_RESP_MSG'>;
      server.maintenance.answered(session, answer.MaintenanceModeAccepted);
      return undefined;
    }
    if (name === 'STOPPING_REQUESTS_TO_THIS_SIDE_IND') {
      server.maintenance.moved(session);
      return undefined;
    }
    const row = requestRow(name, session.grant!);
    if (typeof row === 'number') return row;
    const wrong = this.settings.strict ? formStatus(frame, version) : undefined;
    if (wrong !== undefined) return wrong;
    const request = decode(frame, version, { charset: session.charset });
    const tooMuch = lengthStatus(request, version);
    if (tooMuch !== undefined) return tooMuch;
    if ('PeripheralID' in request && !this.#isPeripheral(request.PeripheralID as number)) {
      return StatusCode.E_CTI_INVALID_PERIPHERAL_ID;
    }
    const { confirmationDelayMs } = this.settings.faults;
    if (!isQuestion(request) || confirmationDelayMs === 0) this.#carryOut(server, session, request, row);
    // A delayed response to a query contains the current state: events in the meantime have been sent by then.
    else this.#later(session, confirmationDelayMs, () => this.#carryOut(server, session, request, row));
    return undefined;
  }

  #carryOut(server: CtiServer, session: SimulatorSession, request: Message, row: RequestRow<MessageName>): void {
    const { center, publisher, faults, clock, strict } = this.settings;
    const context: SimulatorRequestContext = { center, server, session, clock, strict };
    const asked = request as MessageOf<MessageName>;
    const planned = row.control ? faults.refuse(request.type) : undefined;
    if (planned) {
      this.#answer(session, request, { refused: planned }, row);
      return;
    }
    if (row.actsOn && !this.#mayActOn(session, row.actsOn(asked))) {
      const refused = {
        failureCode: ControlFailureCode.CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE,
        peripheralErrorCode: 0,
      };
      this.#answer(session, request, { refused }, row);
      return;
    }
    const { result, tell } = publisher.hold(() => row.run(asked, context));
    // The protocol does not define whether a confirmation comes before the events that the request causes, or after
    // them.
    const shuffled = center.config.switch.site?.shuffledOrder === true && this.settings.random.next() < 0.5;
    const last = (row.confirmLast === true) !== shuffled;
    if (last) tell();
    this.#answer(session, request, result, row);
    if (!last) tell();
  }

  #answer(session: SimulatorSession, request: Message, answer: Answer, row: RequestRow<MessageName>): void {
    if (answer === undefined) return;
    const message = 'refused' in answer ? refusal(answer) : answer.confirm;
    const unwanted = 'confirm' in answer && row.control && has(session.grant!, ServiceMask.CTI_SERVICE_IGNORE_CONF);
    const invokeId = 'InvokeID' in request ? (request.InvokeID as number) : 0;
    const send = () => {
      if (message && !unwanted) session.send({ ...message, InvokeID: invokeId } as MessageInit);
      if ('confirm' in answer && answer.following) session.sendAll(answer.following);
    };
    const { confirmationDelayMs } = this.settings.faults;
    if (confirmationDelayMs > 0 && !isQuestion(request)) this.#later(session, confirmationDelayMs, send);
    else send();
  }

  #later(session: SimulatorSession, ms: number, run: () => void): void {
    this.settings.clock.after(ms, () => {
      if (session.state === 'open') run();
    });
  }

  /** Which devices a client may control: any with all events, only its own with client events. */
  #mayActOn(session: SimulatorSession, on: ActsOn): boolean {
    const { grant } = session;
    if (!grant?.binding || has(grant, ServiceMask.CTI_SERVICE_ALL_EVENTS) || on.device === undefined) return true;
    if (grant.binding.peripheralId !== on.peripheralId) return false;
    if (grant.binding.instrument === undefined || on.device === grant.binding.instrument) return true;
    return this.settings.center.device(on.peripheralId, on.device)?.instrument === grant.binding.instrument;
  }

  #isPeripheral(id: number): boolean {
    return id === NULL_PERIPHERAL_ID || this.settings.center.config.peripherals.some((each) => each.id === id);
  }
}

/** A request that changes nothing: its response is a view of the moment in which it is sent. */
function isQuestion({ type }: Message): boolean {
  return type.startsWith('QUERY_') || type.startsWith('SNAPSHOT_');
}

/** The row of the request tables for a message, or the status with which it is refused. */
function requestRow(name: string | undefined, grant: Grant): RequestRow<MessageName> | number {
  if (name === undefined) return StatusCode.E_CTI_INVALID_REQUEST_TYPE;
  const definition = definitionOf(name);
  // Messages of services that this center does not have: task management, routing.
  if (definition === undefined) return StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE;
  if ((definition.facts.since ?? 0) > grant.version) return StatusCode.E_CTI_INVALID_MSG_TYPE_FOR_VERSION;
  const row = simulatorRequests[name as MessageName] as RequestRow<MessageName> | undefined;
  if (row === undefined) return StatusCode.E_CTI_INVALID_REQUEST_TYPE;
  return row.service === 0 || has(grant, row.service) ? row : StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE;
}

function refusal({ refused }: Refused): MessageInit {
  return 'status' in refused
    ? { type: 'FAILURE_CONF', Status: refused.status }
    : {
        type: 'CONTROL_FAILURE_CONF',
        FailureCode: refused.failureCode,
        PeripheralErrorCode: refused.peripheralErrorCode,
      };
}
