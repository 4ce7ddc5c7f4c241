/** Structured log: one line of JSON per entry, on standard error. Values that look like secrets are not written. */
export type Level = 'info' | 'warn' | 'error';

export type Log = (level: Level, event: string, details?: Readonly<Record<string, unknown>>) => void;

export function jsonLog(write: (line: string) => void, now: () => number, quiet: boolean): Log {
  return (level, event, details = {}) => {
    if (quiet && level === 'info') return;
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...details }, redact)}\n`);
  };
}

function redact(key: string, value: unknown): unknown {
  return /password|secret|token/i.test(key) ? '***' : value;
}
