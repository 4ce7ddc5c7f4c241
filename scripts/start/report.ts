/** An entry of Node-RED's log. */
interface LogEntry {
  level: number;
  msg: unknown;
  /** Present if a node logs the entry. */
  type?: string;
  name?: string;
  id?: string;
}

const ERROR = 20;

/** Prints errors, and the warnings of nodes. The runtime's own remarks on its settings do not help a new user. */
export function report({ level, msg, type, name, id }: LogEntry): void {
  if (level > ERROR && type === undefined) return;
  const who = type === undefined ? '' : `[${type}:${name || id}] `;
  console.error(`${level > ERROR ? 'warning' : 'error'}: ${who}${wordsOf(msg)}`);
}

function wordsOf(msg: unknown): string {
  // What this pack refuses is said in words; where in its code is of no use.
  if (msg instanceof Error) return msg.name === 'CtiosError' ? msg.message : (msg.stack ?? msg.message);
  return typeof msg === 'string' ? msg : JSON.stringify(msg);
}
