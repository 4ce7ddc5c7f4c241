/** How a request that did not end confirmed is told: a code, a sentence, and OnControlFailureConf. */
import { type Args, enumValues, type RequestFailure } from '../../ctios/index.js';
import { ControlFailureCode, nameOf, StatusCode } from '../../ged188/index.js';
import type { RequestResult } from '../object-server.js';
import type { LinkRequestError } from '../southbound/link-api.js';

/** What a failure is about; all of it goes into OnControlFailureConf. */
export interface FailureSubject {
  request: string;
  /** GED-188 number of the request, keyword MessageType; absent where nothing was to be sent. */
  messageType?: number;
  objectId?: string;
  agentId?: string;
  peripheralId?: number;
}

/** A refusal by this server: no message was sent. */
export function refusal(subject: FailureSubject, code: string, message: string, failureCode?: number): RequestResult {
  return failed(subject, { code, message, failureCode: failureCode ?? failureCodeOf(code) });
}

/** A refusal with a code of the switch that this server could tell by itself. */
export function refusalByCode(
  subject: FailureSubject,
  code: keyof typeof ControlFailureCode,
  why: string,
): RequestResult {
  return failed(subject, { code, message: `${subject.request}: ${why}`, failureCode: ControlFailureCode[code] });
}

/** What the link said of a request. */
export function failureOfLink(subject: FailureSubject, error: LinkRequestError): RequestResult {
  const { answer } = error;
  if (answer?.type === 'CONTROL_FAILURE_CONF') {
    const code = nameOf(ControlFailureCode, answer.FailureCode) ?? `CF_${answer.FailureCode}`;
    const peripheralErrorCode = answer.PeripheralErrorCode;
    return failed(subject, {
      code,
      message: `${subject.request} was refused by the switch: ${code}${peripheralText(peripheralErrorCode)}.`,
      failureCode: answer.FailureCode,
      peripheralErrorCode,
    });
  }
  if (answer?.type === 'FAILURE_CONF') {
    const status = answer.Status;
    const code = nameOf(StatusCode, status) ?? `E_CTI_${status}`;
    return failed(subject, {
      code,
      message: `${subject.request} was refused by the CTI Server: ${code}.`,
      failureCode: status,
    });
  }
  const failure: RequestFailure = { code: error.code, message: `${subject.request}: ${error.message}` };
  // Nobody knows whether it happened: to say that it failed would be a lie.
  if (error.outcome === 'unknown') return { outcome: 'unknown', failure };
  return { ...failed(subject, { ...failure, failureCode: failureCodeOf(error.code) }), outcome: error.outcome };
}

function failed(subject: FailureSubject, failure: RequestFailure): RequestResult {
  return {
    outcome: 'failed',
    failure,
    conf: { kind: 'event', event: 'OnControlFailureConf', args: controlFailure(subject, failure) },
  };
}

/** The arguments of OnControlFailureConf. */
function controlFailure(subject: FailureSubject, failure: RequestFailure): Args {
  const args: Args = {
    FailureCode: failure.failureCode ?? ControlFailureCode.CF_GENERIC_UNSPECIFIED,
    PeripheralErrorCode: failure.peripheralErrorCode ?? 0,
    ErrorMessage: failure.message,
  };
  if (subject.messageType !== undefined) args.MessageType = subject.messageType;
  if (subject.objectId !== undefined) args.UniqueObjectID = subject.objectId;
  if (subject.agentId !== undefined) args.AgentID = subject.agentId;
  if (subject.peripheralId !== undefined) args.PeripheralID = subject.peripheralId;
  return args;
}

/** FailureCode is a code of the switch: the one that says best what a code of ours means. */
const OUR_CODES: Readonly<Record<string, number>> = {
  CTIOS_OFFLINE: ControlFailureCode.CF_RESOURCE_OUT_OF_SERVICE,
  CTIOS_NO_OBJECT: ControlFailureCode.CF_OBJECT_NOT_KNOWN,
  CTIOS_NOT_SUPERVISOR: ControlFailureCode.CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE,
  CTIOS_NOT_ALLOWED: ControlFailureCode.CF_SECURITY_VIOLATION,
  CTIOS_INVALID_ARGUMENT: ControlFailureCode.CF_VALUE_OUT_OF_RANGE,
  CTIOS_MISSING_ARGUMENT: ControlFailureCode.CF_VALUE_OUT_OF_RANGE,
  CTIOS_UNKNOWN_REQUEST: ControlFailureCode.CF_UNRECOGNIZED_OPERATION_REJECTION,
};

function failureCodeOf(code: string): number {
  return OUR_CODES[code] ?? ControlFailureCode.CF_GENERIC_OPERATION;
}

let peripheralErrors: Map<number, string> | undefined;

function peripheralText(code: number): string {
  if (code === 0 || code === 0xffffffff) return '';
  peripheralErrors ??= new Map(
    enumValues('PeripheralErrorCode').map((each) => [Number(each.value), each.meaning || each.word]),
  );
  const meaning = peripheralErrors.get(code);
  return meaning === undefined || meaning === '' ? ` (peripheral error ${code})` : ` (${code}: ${meaning})`;
}
