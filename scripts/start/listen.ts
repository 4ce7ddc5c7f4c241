/** Where the server listens: loopback, on the requested port. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const HOST = '127.0.0.1';

/**
 * Takes the port asked for; any free one if it is in use.
 * @returns the port it has become
 */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if ((error.code === 'EADDRINUSE' || error.code === 'EACCES') && port !== 0)
        listen(server, 0).then(listening, failed);
      else failed(error);
    });
    server.listen(port, HOST, () => {
      server.removeAllListeners('error');
      listening((server.address() as AddressInfo).port);
    });
  });
}
