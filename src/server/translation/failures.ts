/** How a request that was not confirmed is reported: a code, a sentence, and OnControlFailureConf. */
import { type Args, enumValues, type RequestFailure } from '../../ctios/index.js';
import { ControlFailureCode, nameOf, StatusCode } from '../../ged188/index.js';
import type { RequestResult } from '../object-server.js';
import type { LinkRequestError } from '../southbound/link-api.js';
import { meaningOfStatus } from '../southbound/status-meanings.js';
import { refusalMeanings } from './refusal-meanings.js';

/** What a failure concerns; all of it goes into OnControlFailureConf. */
export interface FailureSubject {
  request: string;
  /** GED-188 number of the request, keyword MessageType; absent if nothing was to be sent. */
  messageType?: number;
  objectId?: string;
  agentId?: string;
  peripheralId?: number;
}

/** A refusal by this server: no message was sent. */
export function refusal(subject: FailureSubject, code: string, message: string, failureCode?: number): RequestResult {
  return failed(subject, { code, message, failureCode: failureCode ?? failureCodeOf(code) });
}

/** A refusal with a code of the switch, which this server could determine itself. */
export function refusalByCode(
  subject: FailureSubject,
  code: keyof typeof ControlFailureCode,
  why: string,
): RequestResult {
  return failed(subject, { code, message: `${subject.request}: ${why}`, failureCode: ControlFailureCode[code] });
}

/** A confirmation that carries a status other than success. */
export function refusalByStatus(subject: FailureSubject, status: number): RequestResult {
  const code = nameOf(StatusCode, status) ?? `E_CTI_${status}`;
  return failed(subject, {
    code,
    message: `${subject.request} was refused by the CTI Server: ${code}${meaningOfStatus(code)}.`,
    failureCode: status,
  });
}

/** From the link's error for a request. */
export function failureOfLink(subject: FailureSubject, error: LinkRequestError): RequestResult {
  const { answer } = error;
  if (answer?.type === 'CONTROL_FAILURE_CONF') {
    const code = nameOf(ControlFailureCode, answer.FailureCode) ?? `CF_${answer.FailureCode}`;
    const peripheralErrorCode = answer.PeripheralErrorCode;
    return failed(subject, {
      code,
      message: `${subject.request} was refused by the switch: ${code}${meaningOf(code, peripheralErrorCode)}.`,
      failureCode: answer.FailureCode,
      peripheralErrorCode,
    });
  }
  if (answer?.type === 'FAILURE_CONF') {
    return refusalByStatus(subject, answer.Status);
  }
  const failure: RequestFailure = { code: error.code, message: `${subject.request}: ${error.message}` };
  // It is unknown whether it happened, so it must not be reported as failed.
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

/** FailureCode is a code of the switch: the one closest in meaning to one of our codes. */
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

let peripheralErrors: Map<number, { readonly word: string; readonly meaning?: string | undefined }> | undefined;

/** In brackets: the peripheral's own reason, or the meaning of the code, as far as they are known. */
function meaningOf(code: string, peripheralErrorCode: number): string {
  peripheralErrors ??= new Map(enumValues('PeripheralErrorCode').map((each) => [Number(each.value), each]));
  const none = peripheralErrorCode === 0 || peripheralErrorCode === 0xffffffff;
  const said = refusalMeanings[code as keyof typeof refusalMeanings]?.replaceAll('`', '');
  const { word, meaning } = peripheralErrors.get(peripheralErrorCode) ?? {};
  const peripheral = none ? undefined : ['peripheral error', peripheralErrorCode, word].filter(Boolean).join(' ');
  const parts = [none ? said : meaning || said, peripheral].filter((each) => each !== undefined);
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}
