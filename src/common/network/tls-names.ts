import { isIP } from 'node:net';

/**
 * The names of a peer for `tls.connect`: whom the certificate must name, and what is sent as the server name, which must
 * not be an IP address (RFC 6066, 3).
 *
 * @param hostname as in a URL, where an IPv6 address has brackets, or without them
 * @param servername a different name that the certificate must have, if there is one
 */
export function tlsNames(
  hostname: string,
  servername?: string,
): { readonly host: string; readonly servername: string } {
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, servername: servername || (isIP(host) === 0 ? host : '') };
}
