import type { Floor } from './floor.js';

/** A flow of the guide's supervisor features, and the events of the three sessions, one line each. */
export interface Flow {
  readonly name: string;
  /** Preparation, not part of the expected events. */
  readonly given?: (floor: Floor) => Promise<unknown>;
  readonly when: (floor: Floor) => Promise<unknown>;
  /** Events in order; "1@2001" is the first call at phone 2001. */
  readonly supervisor: string;
  readonly agent: string;
  readonly monitor: string;
  /** Checks after the events. */
  readonly afterwards?: (floor: Floor) => void;
}

/** The lines of a column. */
export function lines(column: string): string[] {
  return column
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
