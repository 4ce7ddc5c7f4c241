/** Texts of the sidebar, from the catalog of its own set. */
const CATALOG = '@openctios/node-red-ctios/sidebar:';

export function text(key: string, values?: Record<string, unknown>): string {
  return RED._(CATALOG + key, values);
}

/** A name of the vocabulary in the user's language, or unchanged if the catalog has none. */
export function wordFor(family: 'agentState' | 'callStatus', word: string): string {
  if (word === '') return '';
  const key = `${CATALOG}${family}.${word}`;
  const found = RED._(key, { defaultValue: word });
  return found === key || found === `${family}.${word}` ? word : found;
}

/** With the user's thousands separator. */
export const count = (value: number): string => value.toLocaleString();

/** "0:42", "1:02:03", "3 d". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) return text('days', { count: Math.floor(hours / 24) });
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** "14:02:11.045" */
export function timeOfDay(time: number): string {
  const at = new Date(time);
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`;
}
