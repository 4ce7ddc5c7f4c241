/** The traces of a session's calls, kept with the session over deploys. */
import type { NodeAPI } from 'node-red';
import { systemClock } from '../../../src/common/clock.js';
import type { CallTraces } from '../../../src/tracing/index.js';
import type { SessionHost } from '../session/session-host.js';
import { type LoadedTracing, tracingOf } from './tracing-of.js';

/** No id of a node looks like this. */
const KEY = 'traces of calls';

/** Undefined while the session is not open. */
export function callTracesOf({ lib, tracing }: LoadedTracing, host: SessionHost): CallTraces | undefined {
  return host.getOrCreate(
    KEY,
    (session) =>
      new lib.CallTraces(session, tracing, {
        session: host.id,
        now: () => systemClock.now(),
        mask: (properties) => host.mask.apply(properties),
      }),
  );
}

/** From the opening of the session on, so that a trace begins with its call. @returns ends it */
export function traceCalls(RED: NodeAPI, host: SessionHost): () => void {
  const loaded = tracingOf(RED);
  return loaded === undefined ? () => {} : host.watch(() => void callTracesOf(loaded, host));
}
