/** What went wrong with TLS on the side that dials, in words: whose certificate, which one, and why. */
import type { TLSSocket } from 'node:tls';
import {
  type CertificateFacts,
  certificateFacts,
  describeCertificate,
  peerCertificate,
  whyRefused,
} from './certificates.js';

/** Codes with which this side refuses the certificate of the other. */
const VERIFICATION =
  /^(CERT_|UNSPECIFIED|ERR_TLS_CERT_ALTNAME_INVALID|(ERR_SSL_)?(EE|CA)_(KEY|MD)_TOO_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/;

/** What the other side says in an alert, by the name that OpenSSL has for it. */
const ALERTS: readonly (readonly [RegExp, (own: string) => string])[] = [
  [/ALERT_CERTIFICATE_REQUIRED/, () => 'asks for a client certificate, and none was shown'],
  [/ALERT_UNKNOWN_CA/, (own) => `does not trust who signed the client certificate${own}`],
  [/ALERT_CERTIFICATE_EXPIRED/, (own) => `says that the client certificate${own} has expired`],
  [/ALERT_CERTIFICATE_REVOKED/, (own) => `says that the client certificate${own} is revoked`],
  [
    /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_UNKNOWN)/,
    (own) => `refuses the client certificate${own}`,
  ],
  [/(ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)/, () => 'speaks no version of TLS that is safe: 1.2 is the least'],
  [
    /DH_KEY_TOO_SMALL|BAD_DH_VALUE/,
    () => 'offers Diffie-Hellman parameters that are too short: it has to use 2048 bits, or elliptic curves',
  ],
  [
    /(UNSAFE_LEGACY_RENEGOTIATION|LEGACY_RENEGOTIATION)/,
    () => 'knows no secure renegotiation (RFC 5746): its TLS library must be updated',
  ],
  [
    /(HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS_AVAILABLE|INSUFFICIENT_SECURITY|UNKNOWN_CIPHER_RETURNED|WRONG_CIPHER)/,
    () => 'has no cipher or signature algorithm in common with this side: allow one of TLS 1.2 or 1.3 there',
  ],
  [/(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)/, () => 'does not speak TLS on that port'],
];

/**
 * Watches a socket from before its handshake: after a refusal Node.js no longer tells which certificate it was.
 * @param options of the dial: the certificate that this side may show, and the name that it looks for
 * @param peer "ctios.example.com:42028"
 * @returns puts an error of this socket into words, its code kept; errors that have nothing to do with TLS stay as they are
 */
export function explainTls(
  socket: TLSSocket,
  options: { cert?: unknown; servername?: string | undefined },
  peer: string,
  now: () => number = Date.now,
): (error: Error) => Error {
  let shown: CertificateFacts | undefined;
  // Before Node.js looks at it, and drops the socket.
  socket.prependOnceListener('secure', () => {
    shown = peerCertificate(socket);
  });
  return (error) => {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const words = wordsFor(code, message, shown, options, peer, now());
    return words === undefined ? error : Object.assign(new Error(words, { cause: error }), { code });
  };
}

function wordsFor(
  code: string,
  message: string,
  shown: CertificateFacts | undefined,
  { cert, servername }: { cert?: unknown; servername?: string | undefined },
  peer: string,
  now: number,
): string | undefined {
  if (VERIFICATION.test(code)) {
    const which = shown === undefined ? '' : ` (${describeCertificate(shown)})`;
    return `the certificate of ${peer}${which} ${whyRefused(code, shown, now, servername || hostOf(peer), message)}`;
  }
  // A write that fails of it is called EPROTO, and has the name in its message.
  const named = code === 'EPROTO' ? message.toUpperCase().replace(/ /g, '_') : code;
  const alert = ALERTS.find(([form]) => form.test(named));
  return alert === undefined ? undefined : `${peer} ${alert[1](ownCertificate(cert))}`;
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
