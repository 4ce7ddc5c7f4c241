import type { Clock } from '../clock.js';

/** Codes of WebSocket closes (RFC 6455, 7.4.1). */
export const WebSocketClose = { normal: 1000, goingAway: 1001, unsupported: 1003, policy: 1008 } as const;

/** Of a close that the other end does not answer, in milliseconds. */
const CLOSE_MS = 3_000;

/** What of a WebSocket is needed to close it. */
interface OpenWebSocket {
  close(code: number, reason: string): void;
  terminate(): void;
  once(event: 'close', listener: () => void): unknown;
}

/** Closes in good order; an end that does not answer is dropped. */
export function closeWebSocket(
  socket: OpenWebSocket,
  clock: Clock,
  code: number = WebSocketClose.normal,
  reason = '',
): void {
  socket.close(code, reason);
  const timer = clock.after(CLOSE_MS, () => socket.terminate());
  socket.once('close', () => timer.cancel());
}
