/** How it ends: with the links closed in good order, and nothing left open. */
import type { Server } from 'node:http';

/** Longer than the five seconds that Node-RED itself keeps a WebSocket request open which no flow answers. */
const LEFT_OPEN_MS = 7_000;

/**
 * First signal: stop the flows, close the links gracefully, and the process exits on its own when nothing is open any
 * more; what is left open after a while is named. Second signal: end at once.
 * @param stopFlows ends Node-RED
 */
export function stopOnSignal(stopFlows: () => Promise<void>, server: Server): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stopFlows()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        server.close();
        server.closeAllConnections();
        process.stdin.unref?.();
        setTimeout(() => {
          console.error(`error: still open: ${process.getActiveResourcesInfo().join(', ')}`);
          process.exit(0);
        }, LEFT_OPEN_MS).unref();
      });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
