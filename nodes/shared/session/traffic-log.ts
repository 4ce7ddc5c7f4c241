/**
 * A session's events in Node-RED's log, for whoever looks for a fault: at `debug` that they came, at `trace` with their
 * arguments, masked as the session's dialog has it and without secrets. Costs nothing where the log is quieter: then
 * nobody listens.
 */
import type { Node } from 'node-red';
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import { copyArgs } from '../message/copy-args.js';
import { oneLine } from '../message/values.js';
import type { SessionHost } from './session-host.js';

export type TrafficLevel = 'debug' | 'trace';

/** The most that any of the runtime's log handlers writes, as far as it concerns traffic. */
export function trafficLevel(logging: unknown): TrafficLevel | undefined {
  const levels = Object.values((logging ?? {}) as Record<string, { level?: unknown } | undefined>).map(
    (handler) => handler?.level,
  );
  if (levels.includes('trace')) return 'trace';
  return levels.includes('debug') ? 'debug' : undefined;
}

/** Follows the host's sessions, one after the other. @returns stops it */
export function logTraffic(host: SessionHost, node: Pick<Node, 'debug' | 'trace'>, level: TrafficLevel): () => void {
  let followed: SessionApi | undefined;
  let unsubscribe: (() => void) | undefined;
  const write = ({ sequence, event, objectId, recovered, args }: CilEvent): void => {
    const line = `#${sequence} ${event}${objectId === undefined ? '' : ` ${objectId}`}${recovered ? ' (recovered)' : ''}`;
    if (level === 'debug') node.debug(oneLine(line));
    else node.trace(oneLine(`${line} ${JSON.stringify(copyArgs(host.mask.apply(args)))}`));
  };
  const stopWatching = host.watch(() => {
    if (host.session === followed) return;
    unsubscribe?.();
    followed = host.session;
    unsubscribe = followed?.subscribe('AllInOne', write);
  });
  return () => {
    stopWatching();
    unsubscribe?.();
  };
}
