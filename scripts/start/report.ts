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
  const what = msg instanceof Error ? (msg.stack ?? msg.message) : typeof msg === 'string' ? msg : JSON.stringify(msg);
  console.error(`${level > ERROR ? 'warning' : 'error'}: ${who}${what}`);
}
