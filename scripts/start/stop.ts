/** Orderly shutdown: closes the links, and leaves nothing open. */
import type { Server } from 'node:http';

/** Node-RED waits up to 15 seconds for each node to close, all at the same time. */
const FLOWS_MS = 30_000;
/** Longer than the five seconds that Node-RED itself keeps a WebSocket request open which no flow answers. */
const LEFT_OPEN_MS = 7_000;

/**
 * First signal: stop the flows, close the links gracefully, and the process exits on its own when nothing is open any
 * more; anything left open after a while is reported. Second signal: end at once.
 * @param stopFlows ends Node-RED
 */
export function stopOnSignal(stopFlows: () => Promise<void>, server: Server): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    // Without this, Node.js may loop forever while it tears down its environment (`Environment::CleanupHandles`).
    process.once('beforeExit', () => process.exit());
    const late = setTimeout(() => giveUp('the flows do not stop', 1), FLOWS_MS).unref();
    stopFlows()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        clearTimeout(late);
        server.close();
        server.closeAllConnections();
        process.stdin.unref?.();
        setTimeout(() => giveUp('still open', 0), LEFT_OPEN_MS).unref();
      });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function giveUp(reason: string, code: number): never {
  console.error(`error: ${reason}: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(code);
}
