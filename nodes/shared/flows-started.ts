import type { EventEmitter } from 'node:events';

const waiting = new WeakMap<EventEmitter, Promise<void>>();

/**
 * Resolves when the current deploy is over: all nodes exist and are wired. One listener for all waiters, because
 * Node.js warns about more than ten.
 */
export function flowsStarted(events: EventEmitter): Promise<void> {
  let started = waiting.get(events);
  if (started === undefined) {
    started = new Promise((resolve) => {
      events.once('flows:started', () => {
        waiting.delete(events);
        resolve();
      });
    });
    waiting.set(events, started);
  }
  return started;
}
