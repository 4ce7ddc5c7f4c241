/** Requests to the runtime. Relative URLs: absolute ones lose the token and the path of the admin root. */

import type { Finding } from '../../src/doctor/findings.js';
import type { ArgumentDefinitions } from '../../src/simulator/commands/definition.js';
import type { ObjectPage, SessionSummary, SiteChoices } from '../admin/view.js';

export interface CommandDefinition {
  group: string;
  about: string;
  args: ArgumentDefinitions;
}

/** The runtime refused: its message, and the HTTP status. */
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
/** In addition to the id as written, what helps to find the session of a node inside a subflow. */
export interface SessionHints {
  readonly node?: string;
  readonly session?: string;
}
const query = (values: object): string => new URLSearchParams(Object.entries(values)).toString();

export const objects = (id: string, list: ListName, text = '', hints: SessionHints = {}): Promise<ObjectPage> =>
  get(at(id, `/${list}?${query({ text, ...hints })}`));
export const choices = (id: string, hints: SessionHints = {}): Promise<SiteChoices> =>
  get(at(id, `/choices?${query(hints)}`));
export const commands = (): Promise<Record<string, CommandDefinition>> => get('ctios/commands');
export const simulate = (id: string, command: string, args: Record<string, unknown>): Promise<{ result: unknown }> =>
  post(at(id, '/simulate'), { command, args });
export const test = (
  body: unknown,
): Promise<{ ok: boolean; error?: string; granted?: Record<string, unknown>; checks?: readonly Finding[] }> =>
  post('ctios/test', body);
