/** Writes the recording of a server's link to the file named by `--record`; older recordings are kept beside it. */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../../common/clock.js';
import { FlightRecorder, saveRecording } from '../../../recording/index.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';

/** The number of older recordings that are kept: FILE.1 is the previous one. */
const OLDER = 4;

export interface RecordFile {
  readonly recorder: FlightRecorder;
  /** Writes the file; errors are logged. */
  save(why: string): void;
}

/** @returns undefined if recording is off */
export function recordFile(config: Config, clock: Clock, log: Log): RecordFile | undefined {
  const file = config.record;
  if (file === undefined) return undefined;
  const [A, B] = config['cti-server']!;
  const recorder = new FlightRecorder({
    clock,
    mode: config['record-mode'],
    ...(config.charset === undefined ? {} : { charset: config.charset }),
    sideOf: (endpoint) => {
      if (endpoint === A) return 'A';
      return endpoint === B ? 'B' : undefined;
    },
    onFault: (reason) => save(reason),
  });
  const save = (why: string): void => {
    try {
      const { file: bytes, frames, redacted } = saveRecording(recorder, { redact: !config['record-personal-data'] });
      write(file, bytes);
      log('info', 'recording saved', { file, frames, redacted, about: why });
    } catch (error) {
      log('error', 'recording not saved', { file, about: (error as Error).message });
    }
  };
  return { recorder, save };
}

/** Written atomically, so that an existing file is complete; readable only by the server's user. */
function write(file: string, bytes: Buffer): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, bytes, { mode: 0o600 });
  for (let number = OLDER; number > 0; number--) {
    const before = number === 1 ? file : `${file}.${number - 1}`;
    if (existsSync(before)) renameSync(before, `${file}.${number}`);
  }
  renameSync(fresh, file);
}
