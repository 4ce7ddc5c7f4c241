/** How a session ends that could not be opened, or whose stream was closed: the code, and the reason with what to check. */
import type { Endpoint } from '../../../common/network/byte-stream.js';
import { explainConnect } from '../../../common/network/connect-errors.js';
import type { SessionEnd } from './session-table.js';

/** @param secured whether TLS is used: then the port expects it */
const checkPort = (secured: boolean): string =>
  `check that it is the port of a CTI Server${secured ? '' : ', and whether it expects TLS'}`;

export function dialFailure(error: Error, { host, port }: Endpoint): SessionEnd {
  return { code: 'CTIOS_CONNECT_FAILED', reason: `cannot connect: ${explainConnect(error, host, port)}` };
}

/** @param peer host and port */
export function dialTimeout(peer: string, ms: number): SessionEnd {
  return {
    code: 'CTIOS_CONNECT_TIMEOUT',
    reason: `${peer} did not accept a connection within ${ms / 1_000} s`,
  };
}

export function openTimeout(peer: string, ms: number, secured: boolean): SessionEnd {
  return {
    code: 'CTIOS_OPEN_TIMEOUT',
    reason: `${peer} accepted the connection but did not answer OPEN_REQ within ${ms / 1_000} s: ${checkPort(secured)}`,
  };
}

export function misdirectedAnswer(peer: string, given: number, asked: number): SessionEnd {
  return {
    code: 'CTIOS_OPEN_TIMEOUT',
    reason: `${peer} did not answer OPEN_REQ, which had InvokeID ${asked}: its OPEN_CONF has ${given}. Check which program answers on this port, and whether a proxy is in between`,
  };
}

/** A port that expects TLS closes connections that do not begin with a handshake, and so do ports of other services. */
export function streamClosed(peer: string, opening: boolean, error: Error | undefined, secured: boolean): SessionEnd {
  const detail = error ? `: ${error.message}` : '';
  const before = opening ? ' before the session was open' : '';
  const check = opening ? `; ${checkPort(secured)}` : '';
  return { code: 'CTIOS_LINK_CLOSED', reason: `${peer} closed the connection${before}${detail}${check}` };
}
