/** Ports for servers that are stopped and started again. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Systems take the ports of outgoing connections from 32768 (Linux) or 49152 (others) on. */
const FIRST = 15_000;
const END = 32_768;

/**
 * A free port that stays free: the system does not use it for outgoing connections, nor for servers that listen on port
 * 0, so that a server can be stopped and started on it.
 */
export async function lastingPort(host = '127.0.0.1'): Promise<number> {
  for (let attempts = 100; attempts > 0; attempts -= 1) {
    const port = randomInt(FIRST, END);
    const server = createServer().listen(port, host);
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`no free port from ${FIRST} to ${END - 1}`);
}
