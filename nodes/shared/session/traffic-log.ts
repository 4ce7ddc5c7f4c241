/**
 * A session's events in Node-RED's log, for troubleshooting: at `debug` their names, at `trace` also their arguments,
 * masked as configured in the session and without secrets. Costs nothing at quieter log levels, because then there is
 * no subscription.
 */
import type { Node } from 'node-red';
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import { copyArgs } from '../message/copy-args.js';
import { oneLine } from '../message/values.js';
import type { SessionHost } from './session-host.js';

export type TrafficLevel = 'debug' | 'trace';

/** The most verbose level of the runtime's log handlers, as far as it concerns traffic. */
export function trafficLevel(logging: unknown): TrafficLevel | undefined {
  const levels = Object.values((logging ?? {}) as Record<string, { level?: unknown } | undefined>).map(
    (handler) => handler?.level,
  );
  if (levels.includes('trace')) return 'trace';
  return levels.includes('debug') ? 'debug' : undefined;
}

/** Follows the host's sessions, one after the other. @returns stops logging */
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
