/** Reads a capture file as a recording of the sessions with CTI Servers in it, ignoring everything else. */
import type { RecordingFacts } from '../describe.js';
import { factsIn } from '../facts.js';
import type { Recording } from '../recording.js';
import { readCapture } from './capture-reader.js';
import { CapturedConnection } from './connections.js';
import { segmentOf, type TcpSegment } from './tcp-segments.js';

export interface ReadRecording extends Recording {
  /** Warnings about the file and its connections. */
  readonly problems: readonly string[];
  /** The number of TCP connections that are not sessions with a CTI Server. */
  readonly others: number;
}

export function readCaptureFile(bytes: Buffer): ReadRecording {
  const { packets, comments, problems } = readCapture(bytes);
  const found: string[] = [...problems];
  const all: CapturedConnection[] = [];
  const open = new Map<string, CapturedConnection>();
  let places = 0;
  for (const packet of packets) {
    const segment = segmentOf(packet);
    if (segment === undefined) continue;
    const key = keyOf(segment);
    let connection = open.get(key);
    if (connection === undefined || connection.isOver(segment)) {
      connection = new CapturedConnection(segment.source, segment.target, () => ++places);
      open.set(key, connection);
      all.push(connection);
    }
    connection.take(segment);
  }
  const sessions = [];
  let others = 0;
  for (const connection of all) {
    const read = connection.finish(sessions.length + 1);
    if (read === undefined) others++;
    else {
      sessions.push(read.session);
      found.push(...read.problems.map((problem) => `session ${read.session.id}: ${problem}`));
    }
  }
  const facts = comments.map((comment) => factsIn<RecordingFacts>(comment, 'recording')).find(Boolean);
  return { redacted: facts?.redacted ?? false, sessions, problems: found, others };
}

function keyOf({ source, target }: TcpSegment): string {
  return source < target ? `${source} ${target}` : `${target} ${source}`;
}
