/**
 * How a connection fails: the code and text of its status, and the reason in `OnConnectionFailure`.
 */
import { constants, enums } from '../../ctios/index.js';
import { NORTHBOUND_VERSION } from '../../ctios/transport.js';
import type { ConnectionTrouble } from './connection-states.js';

const FailureReason = constants(enums.ConnectionFailureReason);

export function connectTimeout(server: string, ms: number): ConnectionTrouble {
  return {
    code: 'CTIOS_CONNECT_TIMEOUT',
    reason: `no connection to ${server} within ${ms / 1000} s`,
    failureReason: FailureReason.eConnectFail,
  };
}

export function connectFailure(server: string, error: Error): ConnectionTrouble {
  return {
    code: 'CTIOS_CONNECT_FAILED',
    reason: `cannot connect to ${server}: ${error.message}`,
    failureReason: FailureReason.eConnectFail,
  };
}

export function helloTimeout(server: string, ms: number): ConnectionTrouble {
  return otherFailure(
    'CTIOS_HELLO_TIMEOUT',
    `${server} accepted the connection but did not answer within ${ms / 1000} s`,
  );
}

export function silence(server: string, heartbeats: number, heardAt: number): ConnectionTrouble {
  return {
    code: 'CTIOS_LINK_SILENT',
    reason: `${server} has not answered ${heartbeats} heartbeats in a row`,
    failureReason: FailureReason.eMissedHeartbeats,
    heardAt,
  };
}

export function transportClosed(server: string, error: Error | undefined): ConnectionTrouble {
  return {
    code: 'CTIOS_LINK_CLOSED',
    reason: `${server} closed the connection${error ? `: ${error.message}` : ''}`,
    failureReason: FailureReason.eTransportError,
  };
}

export function unusableMessage(server: string, kind: string, error: unknown): ConnectionTrouble {
  const why = error instanceof Error ? error.message : String(error);
  return otherFailure('CTIOS_LINK_CLOSED', `${server} sent a message "${kind}" that cannot be handled: ${why}`);
}

export function versionMismatch(server: string, version: number): ConnectionTrouble {
  return protocolMismatch(
    'CTIOS_VERSION_MISMATCH',
    `${server} speaks version ${version} of the protocol, this client version ${NORTHBOUND_VERSION}`,
  );
}

export function protocolMismatch(code: string, reason: string): ConnectionTrouble {
  return { code, reason, failureReason: FailureReason.eProtocolMismatch };
}

export function otherFailure(code: string, reason: string): ConnectionTrouble {
  return { code, reason, failureReason: FailureReason.eOtherError };
}
