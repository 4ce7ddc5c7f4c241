/** Questions to the runtime. Relative URLs: absolute ones lose the token and the path of the admin root. */

export interface SessionSummary {
  id: string;
  name: string;
  phase: string;
  reason?: string;
  users: number;
  simulated: boolean;
  mode?: 'none' | 'agent' | 'monitor';
  online?: boolean;
  server?: string;
  side?: string;
  calls?: number;
  agents?: number;
  skillGroups?: number;
  sequence?: number;
  protocol?: number;
  roundTripMs?: number;
  standby?: boolean;
}
export type Row = Record<string, string | number | boolean | undefined>;

export interface CommandDefinition {
  group: string;
  about: string;
  args: Record<string, ArgumentDefinition>;
}
export interface ArgumentDefinition {
  type: string;
  about: string;
  required?: true;
  choices?: readonly string[];
  otherwise?: string;
}

/** The runtime said no: in words, and with the status of HTTP. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

function get<T>(path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    $.getJSON(path)
      .done((data: T) => resolve(data))
      .fail((answer: JQuery.jqXHR) => reject(new Refusal(reasonOf(answer), answer.status)));
  });
}

function post<T>(path: string, body: unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    $.ajax({ url: path, method: 'POST', contentType: 'application/json', data: JSON.stringify(body) })
      .done((data: T) => resolve(data))
      .fail((answer: JQuery.jqXHR) => reject(new Refusal(reasonOf(answer), answer.status)));
  });
}

function reasonOf(answer: JQuery.jqXHR): string {
  const told = (answer.responseJSON as { error?: string } | undefined)?.error;
  return told ?? `${answer.status} ${answer.statusText}`;
}

const at = (id: string, rest = ''): string => `ctios/sessions/${encodeURIComponent(id)}${rest}`;

export const sessions = (): Promise<SessionSummary[]> => get('ctios/sessions');
export type ListName = 'agents' | 'calls' | 'skillgroups';
export interface Rows<T = Row> {
  /** How the session stands: without a connection there is nothing to list. */
  phase: string;
  /** How many there are; `rows` may have fewer. */
  total: number;
  rows: T[];
}
/** Beside the id as it is written, what helps to find the session of a node that runs inside a subflow. */
export interface SessionHints {
  readonly node?: string;
  readonly session?: string;
}
const query = (values: object): string => new URLSearchParams(Object.entries(values)).toString();

export const objects = (id: string, list: ListName, text = '', hints: SessionHints = {}): Promise<Rows> =>
  get(at(id, `/${list}?${query({ text, ...hints })}`));
/** What the site has lists of: reasons for a change of state, wrap-up texts, numbers that callers dial. */
export interface SiteChoices {
  reasons: { code: number; state: 'NotReady' | 'Logout'; text?: string }[];
  wrapups: string[];
  dialedNumbers: { number: string; name: string }[];
}
export const choices = (id: string, hints: SessionHints = {}): Promise<SiteChoices> =>
  get(at(id, `/choices?${query(hints)}`));
export const commands = (): Promise<Record<string, CommandDefinition>> => get('ctios/commands');
export const simulate = (id: string, command: string, args: Record<string, unknown>): Promise<{ result: unknown }> =>
  post(at(id, '/simulate'), { command, args });
/** One check of a CTI Server, and what came out of it. */
export interface CheckResult {
  side: 'A' | 'B';
  check: string;
  severity: 'ok' | 'note' | 'warning' | 'error';
  message: string;
  /** What to do, and whom to ask. */
  todo?: string;
}
export const test = (
  body: unknown,
): Promise<{ ok: boolean; error?: string; granted?: Record<string, unknown>; checks?: CheckResult[] }> =>
  post('ctios/test', body);
