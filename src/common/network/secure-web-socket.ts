/**
 * How a WebSocket of `ws` connects with TLS. `ws` could connect itself, but does not report which certificate TLS
 * rejected.
 */
import type { createConnection } from 'node:net';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { connectSecurely } from './tls-errors.js';
import { tlsNames } from './tls-names.js';

export interface SecureWebSocket {
  /** For the options of the WebSocket. */
  readonly createConnection: typeof createConnection;
  /** Turns an error of its socket into a sentence. */
  explain(error: Error): Error;
}

/**
 * @param host the peer, for display: "ctios.example.com:42028"
 * @param connected called when the handshake is over
 */
export function secureWebSocket(
  tls: ConnectionOptions,
  host: string,
  connected: (socket: TLSSocket) => void = () => {},
): SecureWebSocket {
  let explain = (error: Error): Error => error;
  const dial = ({ host: name = '', port }: { host?: string; port?: number }): TLSSocket => {
    const names = tlsNames(name, tls.servername);
    const options: ConnectionOptions = { minVersion: 'TLSv1.2', ...tls, ...names, port: Number(port) };
    const secure = connectSecurely(options, host, { connected: () => connected(secure.socket) });
    explain = secure.explain;
    return secure.socket;
  };
  return { createConnection: dial as unknown as typeof createConnection, explain: (error) => explain(error) };
}
