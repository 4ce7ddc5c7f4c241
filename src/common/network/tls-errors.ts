/**
 * Explains TLS errors of the connecting side, for every connection of this software: whose certificate was rejected,
 * which one, and why.
 */
import type { ClientRequest } from 'node:http';
import { type ConnectionOptions, connect, TLSSocket } from 'node:tls';
import {
  type CertificateFacts,
  certificateFacts,
  describeCertificate,
  peerCertificate,
  weaknessIn,
  whyRefused,
} from './certificates.js';

/** Codes with which this side rejects the other's certificate. */
const VERIFICATION =
  /^(CERT_|CRL_|ERROR_IN_|UNSPECIFIED|ERR_TLS_CERT_ALTNAME_INVALID|(ERR_SSL_)?(EE|CA)_(KEY|MD)_TOO_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_(PURPOSE|CA)|PATH_LENGTH_|HOSTNAME_MISMATCH)/;

type Words = (own: string, name: string) => string;

/** What the other side reports in an alert, or does wrong, by OpenSSL's name for it. */
const ALERTS: readonly (readonly [RegExp, Words])[] = [
  [/ALERT_CERTIFICATE_REQUIRED/, () => 'requires a client certificate, but none was presented'],
  [/ALERT_UNKNOWN_CA/, (own) => `does not trust the issuer of the client certificate${own}`],
  [/ALERT_CERTIFICATE_EXPIRED/, (own) => `reports that the client certificate${own} has expired`],
  [/ALERT_CERTIFICATE_REVOKED/, (own) => `reports that the client certificate${own} has been revoked`],
  [
    /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_UNKNOWN|CERTIFICATE_UNOBTAINABLE|NO_CERTIFICATE)/,
    (own) => `rejects the client certificate${own}`,
  ],
  [/ALERT_ACCESS_DENIED/, (own) => `accepts the client certificate${own} but denies access`],
  [/ALERT_DECRYPT_ERROR/, (own) => `cannot verify the signature made with the key of the client certificate${own}`],
  [/UNRECOGNIZED_NAME/, (_, name) => `has no certificate for the name ${name}`],
  [
    /(ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|UNSUPPORTED_SSL_VERSION|WRONG_SSL_VERSION|INAPPROPRIATE_FALLBACK)/,
    () => 'supports no secure TLS version: enable TLS 1.2 or later there',
  ],
  [
    /DH_KEY_TOO_SMALL|BAD_DH_VALUE|MODULUS_TOO_SMALL/,
    () => 'offers Diffie-Hellman parameters that are too short: configure at least 2048 bits, or elliptic curves',
  ],
  [
    /(UNSAFE_LEGACY_RENEGOTIATION|LEGACY_RENEGOTIATION)/,
    () => 'does not support secure renegotiation (RFC 5746): update its TLS library',
  ],
  [
    /ALERT_HANDSHAKE_FAILURE/,
    // TLS 1.2 has no alert of its own for a missing client certificate.
    (own) =>
      `has no cipher or signature algorithm in common with this side: enable one for TLS 1.2 or 1.3 there${
        own === '' ? '; or it requires a client certificate, but none was presented' : ''
      }`,
  ],
  [
    /(HANDSHAKE_FAILURE|NO_SHARED_|NO_CIPHERS_AVAILABLE|INSUFFICIENT_SECURITY|UNKNOWN_CIPHER_RETURNED|WRONG_CIPHER|SIGNATURE_ALGORITHM|WRONG_SIGNATURE_TYPE|NO_SUITABLE_|WRONG_CURVE|UNSUPPORTED_ELLIPTIC_CURVE|LEGACY_SIGALG)/,
    () => 'has no cipher or signature algorithm in common with this side: enable one for TLS 1.2 or 1.3 there',
  ],
  [
    /(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST|BAD_RECORD_TYPE|RECORD_LAYER_FAILURE)/,
    () => 'does not speak TLS on that port',
  ],
  [/UNEXPECTED_EOF/, () => 'closed the connection during the TLS handshake'],
  [/ALERT_INTERNAL_ERROR/, () => 'reports an internal TLS error: see its log'],
];

/** What is wrong with this side's own certificate, key or settings, by OpenSSL's name for it. */
const OWN: readonly (readonly [RegExp, string])[] = [
  [/KEY_VALUES_MISMATCH/, 'the private key does not belong to the certificate'],
  [
    /BAD_DECRYPT|BAD_PASSWORD|INTERRUPTED_OR_CANCELLED|MISSING_PASSPHRASE|MAC_VERIFY_FAILURE/,
    'the passphrase of the private key is missing or wrong',
  ],
  [
    /HEADER_TOO_LONG|NO_START_LINE|BAD_BASE64|BAD_END_LINE|BASE64_DECODE|ASN1|NOT_ENOUGH_DATA|UNSUPPORTED|PKCS12|ERR_INVALID_ARG/,
    'the certificate, the key or the CA file cannot be read: each must be PEM, complete and unchanged',
  ],
  [/NO_CIPHER_MATCH|INVALID_COMMAND/, 'the list of ciphers contains none that this side supports'],
];

/**
 * Starts a TLS connection whose errors are explained.
 * @throws Error with an explanation if the certificate, the key or the CA of this side cannot be used
 */
export function connectSecurely(
  options: ConnectionOptions,
  peer: string,
  more: { connected?: () => void; now?: () => number } = {},
): { socket: TLSSocket; explain: (error: Error) => Error } {
  let socket: TLSSocket;
  try {
    socket = connect(options, more.connected);
  } catch (error) {
    throw explainOwnTls(error, options, peer);
  }
  return { socket, explain: explainTls(socket, options, peer, more.now) };
}

/** Explains why TLS cannot begin: something of this side is not usable. */
export function explainOwnTls(error: unknown, options: { cert?: unknown }, peer: string): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const words = `TLS to ${peer} is not possible: ${ownProblem(code, message, options)}`;
  return Object.assign(new Error(words, { cause: error }), { code });
}

/**
 * Explains the errors of an HTTPS request; those of a request without TLS are returned unchanged.
 * @param peer "crm.example.com"
 * @returns turns an error of this request into a sentence
 */
export function explainHttps(
  request: ClientRequest,
  options: { cert?: unknown; servername?: string | undefined },
  peer: string,
): (error: Error) => Error {
  let explain = (error: Error): Error => error;
  request.once('socket', (socket) => {
    if (socket instanceof TLSSocket && !request.reusedSocket) explain = explainTls(socket, options, peer);
  });
  return (error) => explain(error);
}

/**
 * Explains an error of a client library that does not give access to its socket.
 * @param error its causes are examined, too; one unrelated to TLS is returned unchanged
 */
export function explainTlsError(
  error: Error,
  options: { cert?: unknown; servername?: string | undefined },
  peer: string,
): Error {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const { raw } = ((cause as { cert?: { raw?: Uint8Array } }).cert ?? {}) as { raw?: Uint8Array };
    const shown = raw === undefined ? undefined : certificateFacts(raw as Buffer);
    const words = wordsFor(code, message, { shown, secured: true }, options, peer, Date.now());
    if (words !== undefined) return Object.assign(new Error(words, { cause: error }), { code });
  }
  return error;
}

function ownProblem(code: string, message: string, { cert }: { cert?: unknown }): string {
  const weakness = weaknessIn(`${code} ${message}`);
  if (weakness !== undefined) return `the client certificate${ownCertificate(cert)} ${weakness}`;
  const name = `${code} ${nameIn(message)}`;
  return OWN.find(([form]) => form.test(name))?.[1] ?? `OpenSSL says "${reasonIn(message)}"`;
}

/**
 * Observes a socket before its handshake, because after a rejection Node.js no longer knows which certificate it was.
 * @param options of the connection: the certificate that this side may present, and the expected host name
 * @param peer "ctios.example.com:42028"
 * @returns turns an error of this socket into a sentence and keeps its code; errors unrelated to TLS are returned
 * unchanged
 */
export function explainTls(
  socket: TLSSocket,
  options: { cert?: unknown; servername?: string | undefined },
  peer: string,
  now: () => number = Date.now,
): (error: Error) => Error {
  let handshake: Handshake = { shown: undefined, secured: false };
  // Before Node.js checks it, and drops the socket.
  socket.prependOnceListener('secure', () => {
    handshake = { shown: peerCertificate(socket), secured: true };
  });
  return (error) => {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const words = wordsFor(code, message, handshake, options, peer, now());
    return words === undefined ? error : Object.assign(new Error(words, { cause: error }), { code });
  };
}

interface Handshake {
  /** The certificate of the other side. */
  readonly shown: CertificateFacts | undefined;
  /** It is over, or nothing is known about it. */
  readonly secured: boolean;
}

function wordsFor(
  code: string,
  message: string,
  { shown, secured }: Handshake,
  { cert, servername }: { cert?: unknown; servername?: string | undefined },
  peer: string,
  now: number,
): string | undefined {
  if (VERIFICATION.test(code)) {
    const which = shown === undefined ? '' : ` (${describeCertificate(shown)})`;
    return `the certificate of ${peer}${which} ${whyRefused(code, shown, now, servername || hostOf(peer), message)}`;
  }
  // A plain CTI Server closes, or resets, the connection at the first TLS record. Node.js has words for a closed one.
  if (code === 'ECONNRESET' && (!secured || /before secure TLS connection/.test(message)))
    return `${peer} closed the connection during the TLS handshake: it may not speak TLS on that port`;
  // A write that fails for this reason has the code EPROTO, and the name is in its message.
  const named = code === 'EPROTO' ? nameIn(message) : code;
  const alert = ALERTS.find(([form]) => form.test(named));
  if (alert !== undefined) return `${peer} ${alert[1](ownCertificate(cert), servername || hostOf(peer))}`;
  const isTls = /^ERR_(SSL|OSSL|TLS)_/.test(code) || (code === 'EPROTO' && /SSL|TLS/.test(named));
  return isTls ? `the TLS handshake with ${peer} failed: OpenSSL says "${reasonIn(message)}"` : undefined;
}

function nameIn(message: string): string {
  return message.toUpperCase().replace(/ /g, '_');
}

/** "unexpected message", of "error:0A0000F4:SSL routines:ossl_statem_client_read_transition:unexpected message". */
function reasonIn(message: string): string {
  const [, reason] = /error:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/i.exec(message) ?? [];
  return (reason ?? message).trim();
}

function ownCertificate(cert: unknown): string {
  const first: unknown = Array.isArray(cert) ? cert[0] : cert;
  const facts =
    typeof first === 'string' || first instanceof Uint8Array ? certificateFacts(first as Buffer) : undefined;
  return facts === undefined ? '' : ` (${describeCertificate(facts)})`;
}

function hostOf(peer: string): string {
  return peer.replace(/:\d+$/, '');
}
