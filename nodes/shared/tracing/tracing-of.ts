/**
 * The traces of a Node-RED, if its settings ask for them. Without, nothing is loaded: not the API of OpenTelemetry, and not
 * our own part either.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import type * as Tracings from '../../../src/tracing/index.js';
import { packageVersion } from '../session/session-support.js';
import { readTraceSettings } from './trace-settings.js';

/** What tracing needs, loaded together. */
export interface LoadedTracing {
  readonly tracing: Tracings.Tracing;
  readonly lib: typeof Tracings;
}

interface Kept {
  readonly setting: unknown;
  readonly loaded: LoadedTracing | undefined;
}
/** By the events of a runtime: it is reported once if traces are not possible. */
const kept = new WeakMap<object, Kept>();

export function tracingOf(RED: NodeAPI): LoadedTracing | undefined {
  const { ctios } = RED.settings as { ctios?: { traces?: unknown } };
  if (!ctios?.traces) return undefined;
  const before = kept.get(RED.events);
  if (before?.setting === ctios.traces) return before.loaded;
  const loaded = load(RED, ctios);
  kept.set(RED.events, { setting: ctios.traces, loaded });
  return loaded;
}

function load(RED: NodeAPI, ctios: object): LoadedTracing | undefined {
  try {
    const settings = readTraceSettings(ctios);
    if (settings === undefined) return undefined;
    const api = requireApi(RED.settings.userDir);
    const lib = require('../../../src/tracing/index.js') as typeof Tracings;
    return { tracing: new lib.Tracing(api, settings, packageVersion()), lib };
  } catch (error) {
    RED.log.warn(`[ctios] No traces: ${(error as Error).message}`);
    return undefined;
  }
}

/** From beside this package, or from the user directory. @throws Error that says what to install */
function requireApi(userDir = process.cwd()): Tracings.OpenTelemetryApi {
  for (const from of [__filename, join(userDir, 'package.json')]) {
    try {
      return createRequire(from)('@opentelemetry/api') as Tracings.OpenTelemetryApi;
    } catch (error) {
      if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Error(`@opentelemetry/api is not installed. Run npm install @opentelemetry/api in ${userDir}.`);
}
