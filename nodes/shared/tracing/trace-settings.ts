/** The setting `ctios.traces` of Node-RED's settings.js, read and checked. */
import type { TraceSettings } from '../../../src/tracing/index.js';
import { isRecord } from '../message/values.js';

const MAX_KEYWORDS = 50;

/** @returns undefined if traces are off @throws Error that says what is wrong */
export function readTraceSettings(settings: unknown): TraceSettings | undefined {
  const traces = isRecord(settings) ? settings.traces : undefined;
  if (traces === undefined || traces === null || traces === false) return undefined;
  if (traces === true) return { callData: [], ratio: 1 };
  if (!isRecord(traces)) throw new Error('ctios.traces: it must be true, false or an object.');
  const { callData = [], ratio = 1, ...others } = traces;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Error(`ctios.traces: "${unknown}" is not one of callData, ratio.`);
  if (!Array.isArray(callData) || callData.length > MAX_KEYWORDS || callData.some((each) => typeof each !== 'string')) {
    throw new Error(`ctios.traces.callData: it must be a list of at most ${MAX_KEYWORDS} keywords.`);
  }
  if (typeof ratio !== 'number' || !(ratio >= 0 && ratio <= 1)) {
    throw new Error('ctios.traces.ratio: it must be a number from 0 to 1.');
  }
  return { callData: callData as string[], ratio };
}
