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
  args: Record<
    string,
    { type: string; about: string; required?: true; choices?: readonly string[]; otherwise?: string }
  >;
}

function get<T>(path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    $.getJSON(path)
      .done((data: T) => resolve(data))
      .fail((answer: JQuery.jqXHR) => reject(new Error(reasonOf(answer))));
  });
}

function post<T>(path: string, body: unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    $.ajax({ url: path, method: 'POST', contentType: 'application/json', data: JSON.stringify(body) })
      .done((data: T) => resolve(data))
      .fail((answer: JQuery.jqXHR) => reject(new Error(reasonOf(answer))));
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
  /** How many there are; `rows` may have fewer. */
  total: number;
  rows: T[];
}
export const objects = (id: string, list: ListName, having = ''): Promise<Rows> =>
  get(at(id, `/${list}?text=${encodeURIComponent(having)}`));
export const commands = (): Promise<Record<string, CommandDefinition>> => get('ctios/commands');
export const simulate = (id: string, command: string, args: Record<string, unknown>): Promise<{ result: unknown }> =>
  post(at(id, '/simulate'), { command, args });
export const test = (body: unknown): Promise<{ ok: boolean; error?: string; granted?: Record<string, unknown> }> =>
  post('ctios/test', body);
