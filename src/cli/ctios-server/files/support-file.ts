/** Writes the support bundle of a server to the file named by `--support-bundle`. */
import { writeFileSync } from 'node:fs';
import type { Clock } from '../../../common/clock.js';
import { type FlightRecorder, saveRecording } from '../../../recording/index.js';
import { RecentLines, supportBundle, withoutNames } from '../../../support/index.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';

export interface SupportStatus {
  /** The state of the server, for display. */
  status(): Readonly<Record<string, unknown>>;
  readonly recorder: FlightRecorder | undefined;
  readonly packageVersion: string;
}

export class SupportFile {
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #lines: RecentLines;

  constructor(config: Config, clock: Clock, log: Log) {
    this.#config = config;
    this.#clock = clock;
    this.#log = log;
    this.#lines = new RecentLines(clock);
  }

  /** The same log, with the last lines kept for the bundle. */
  get log(): Log {
    return (level, event, details = {}) => {
      this.#lines.add(`${level} ${event} ${JSON.stringify(withoutNames(details))}`);
      this.#log(level, event, details);
    };
  }

  /** Writes the file if one is named; errors are logged. */
  save({ status, recorder, packageVersion }: SupportStatus): void {
    const file = this.#config['support-bundle'];
    if (file === undefined) return;
    try {
      const bundle = supportBundle({
        at: this.#clock.now(),
        versions: { package: packageVersion, node: process.version, system: `${process.platform} ${process.arch}` },
        settings: this.#config,
        status: status(),
        log: this.#lines.lines,
        recording: recorder && saveRecording(recorder).file,
      });
      writeFileSync(file, bundle, { mode: 0o600 });
      this.#log('info', 'support bundle saved', { file });
    } catch (error) {
      this.#log('error', 'support bundle not saved', { file, about: (error as Error).message });
    }
  }
}
