/** Whether the flows run once Node-RED has started. */
import type { EventEmitter } from 'node:events';

/** The runtime event about flows that Node-RED does not start. */
interface RuntimeState {
  id: string;
  payload?: { state?: string; error?: string; types?: string[] };
}

/**
 * Must be called before Node-RED starts.
 * @param events the event emitter of Node-RED
 * @returns undefined once the flows run, or the reason as a sentence if Node-RED does not start them
 */
export function flowsRun(events: EventEmitter): Promise<string | undefined> {
  return new Promise((settled) => {
    const end = (why: string | undefined) => {
      events.off('flows:started', onStarted);
      events.off('runtime-event', onState);
      settled(why);
    };
    const onStarted = () => end(undefined);
    const onState = ({ id, payload }: RuntimeState) => {
      // Unreadable passwords are reported in the same way, but the flows start nevertheless.
      if (id !== 'runtime-state' || (payload?.state !== 'stop' && payload?.state !== 'safe')) return;
      end(
        payload.error === 'missing-types'
          ? `The flows do not run: nodes are not installed that they need (${(payload.types ?? []).join(', ')}).`
          : `The flows do not run: ${payload.error ?? 'they were stopped in the editor'}.`,
      );
    };
    events.on('flows:started', onStarted);
    events.on('runtime-event', onState);
  });
}
