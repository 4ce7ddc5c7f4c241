/** Connects to a CTI Server step by step: name resolution, TCP, TLS. */
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { DAY_MS } from '../common/durations.js';
import type { Endpoint } from '../common/network/byte-stream.js';
import { type CertificateFacts, EXPIRING_DAYS, peerCertificate } from '../common/network/certificates.js';
import { explainConnect } from '../common/network/connect-errors.js';
import { connectSecurely } from '../common/network/tls-errors.js';
import { tlsNames } from '../common/network/tls-names.js';
import { type Finding, type FindingCode, finding } from './findings.js';

export interface ReachOptions {
  readonly side: 'A' | 'B';
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions | undefined;
  readonly limitMs: number;
  readonly now: number;
}

/** @returns the connected socket, with TLS if configured; findings are passed to `tell` */
export async function reach(options: ReachOptions, tell: (found: Finding) => void): Promise<Socket | undefined> {
  const { side, host } = options;
  const say = (code: FindingCode, message: string) => tell(finding(side, code, message));
  const address = await resolve(host, say);
  if (address === undefined) return undefined;
  const socket = await connected(options, address, say);
  if (socket === undefined || options.tls === undefined) return socket;
  return secured(socket, options, options.tls, say);
}

type Say = (code: FindingCode, message: string) => void;

async function resolve(host: string, say: Say): Promise<string | undefined> {
  if (isIP(host) !== 0) {
    say('name-resolved', `${host} is an IP address`);
    return host;
  }
  try {
    const { address } = await lookup(host);
    say('name-resolved', `${host} resolves to ${address}`);
    return address;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    say(code === 'EAI_AGAIN' ? 'dns-no-answer' : 'name-unknown', explainConnect(error as Error, host, 0));
    return undefined;
  }
}

const TCP_CODES: Readonly<Record<string, FindingCode>> = {
  ECONNREFUSED: 'port-closed',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  ETIMEDOUT: 'tcp-no-answer',
};

async function connected(
  { host, port, limitMs }: ReachOptions,
  address: string,
  say: Say,
): Promise<Socket | undefined> {
  const socket = connectTcp({ host: address, port });
  const error = await first(socket, 'connect', limitMs);
  if (error === undefined) {
    say('tcp-connected', `${host}:${port} accepts connections`);
    return socket;
  }
  socket.destroy();
  if (error === 'late') say('tcp-no-answer', `${host}:${port} did not respond within ${limitMs / 1_000} s`);
  else say(TCP_CODES[(error as NodeJS.ErrnoException).code ?? ''] ?? 'tcp-failed', explainConnect(error, host, port));
  return undefined;
}

const TLS_CODES: readonly (readonly [RegExp, FindingCode])[] = [
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'tls-expired'],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH/, 'tls-wrong-name'],
  [
    /ALERT_(CERTIFICATE_REQUIRED|UNKNOWN_CA|CERTIFICATE_|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE)/,
    'tls-client-certificate',
  ],
  [/SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO/, 'tls-not-trusted'],
  [/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE/, 'tls-version'],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/, 'tls-not-spoken'],
];

async function secured(
  socket: Socket,
  options: ReachOptions,
  tls: ConnectionOptions,
  say: Say,
): Promise<Socket | undefined> {
  const { host, port, limitMs, now } = options;
  const settings = { minVersion: 'TLSv1.2', ...tls, ...tlsNames(host, tls.servername) } as const;
  const begun = begin({ ...settings, socket }, `${host}:${port}`, now);
  if (begun instanceof Error) {
    socket.destroy();
    say('tls-own-settings', begun.message);
    return undefined;
  }
  const { socket: secure, explain } = begun;
  const error = await first(secure, 'secureConnect', limitMs);
  if (error !== undefined) {
    secure.destroy();
    if (error === 'late')
      say(
        'tls-no-answer',
        `${host}:${port} accepted the connection, but ${socket.bytesRead === 0 ? 'did not respond to' : 'did not finish'} the TLS handshake within ${limitMs / 1_000} s`,
      );
    else say(tlsCodeOf(error), explain(error).message);
    return undefined;
  }
  tellCertificate(peerCertificate(secure), secure, now, say);
  return secure;
}

/** @returns the error where the own certificate or key cannot be used */
function begin(options: ConnectionOptions, peer: string, now: number): ReturnType<typeof connectSecurely> | Error {
  try {
    return connectSecurely(options, peer, { now: () => now });
  } catch (error) {
    return error as Error;
  }
}

function tlsCodeOf(error: Error): FindingCode {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const text = `${code} ${message.toUpperCase().replace(/ /g, '_')}`;
  // A peer that disconnects during the handshake uses a different protocol.
  if (code === 'ECONNRESET') return 'tls-not-spoken';
  return TLS_CODES.find(([form]) => form.test(text))?.[1] ?? 'tls-failed';
}

function tellCertificate(facts: CertificateFacts | undefined, secure: TLSSocket, now: number, say: Say): void {
  const protocol = secure.getProtocol() ?? 'TLS';
  if (facts === undefined) {
    say('tls-ok', protocol);
    return;
  }
  const days = Math.floor((facts.validTo - now) / DAY_MS);
  const text = `${protocol}, certificate ${facts.subject}, valid until ${new Date(facts.validTo).toISOString().slice(0, 10)}`;
  if (days < EXPIRING_DAYS) say('tls-expiring', `${text}; ${days} ${days === 1 ? 'day' : 'days'} left`);
  else say('tls-ok', text);
}

/** @returns undefined after the event, otherwise the error, or 'late' after the timeout */
export function first(socket: Socket, event: string, limitMs: number): Promise<Error | 'late' | undefined> {
  return new Promise((done) => {
    const end = (error?: Error | 'late') => {
      clearTimeout(timer);
      socket.removeListener(event, come);
      socket.removeListener('close', closed);
      socket.removeListener('error', fail);
      // Later errors are handled by the session.
      socket.on('error', () => {});
      done(error);
    };
    const come = () => end();
    const fail = (error: Error) => end(error);
    const closed = () => end(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    const timer = setTimeout(() => end('late'), limitMs);
    socket.once(event, come).once('close', closed).on('error', fail);
  });
}

/** Whether a TLS handshake succeeds, whatever the certificate, or fails for want of a certificate of ours. */
export async function handshakes({ host, port }: Endpoint, limitMs: number): Promise<boolean> {
  const secure = connectTls({ host, port, rejectUnauthorized: false });
  const error = await first(secure, 'secureConnect', limitMs);
  secure.destroy();
  if (error === undefined) return true;
  return error !== 'late' && /ALERT/.test(`${(error as NodeJS.ErrnoException).code ?? ''}`);
}
