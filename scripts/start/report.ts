/** What of Node-RED's log a newcomer should see. */
interface LogEntry {
  level: number;
  msg: unknown;
  /** Present where a node speaks. */
  type?: string;
  name?: string;
  id?: string;
}

const ERROR = 20;

/** Errors, and what nodes warn of; the runtime's own remarks on its settings are of no use to a newcomer. */
export function report({ level, msg, type, name, id }: LogEntry): void {
  if (level > ERROR && type === undefined) return;
  const who = type === undefined ? '' : `[${type}:${name || id}] `;
  console.error(`${level > ERROR ? 'warning' : 'error'}: ${who}${wordsOf(msg)}`);
}

function wordsOf(msg: unknown): string {
  if (msg instanceof Error) return msg.stack ?? msg.message;
  return typeof msg === 'string' ? msg : JSON.stringify(msg);
}
