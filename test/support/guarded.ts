/** A Node-RED process whose editor requires authentication, below its own path, with users of different permissions. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from '../../scripts/ha/child-process.js';
import { temporaryDirectory } from './node-red-process.js';

/** The users and their permissions; a user's password is the name. */
export const PEOPLE = {
  /** Everything. */
  boss: '*',
  /** Read everything, change nothing: what Node-RED calls a viewer. */
  viewer: 'read',
  /** Only sessions and statuses. */
  reader: 'ctios-session.read,status.read',
  /** Sessions, but not the flows. */
  operator: 'ctios-session.read,ctios-session.write',
  /** Only metrics. */
  scraper: 'ctios-metrics.read',
  /** The editor with its flows and statuses, but no sessions. */
  outsider: 'flows.read,nodes.read,plugins.read,settings.read,icons.read,library.read,credentials.read,status.read',
} as const;
export type Person = keyof typeof PEOPLE;

export class GuardedNodeRed {
  readonly #tokens = new Map<Person, string>();

  private constructor(
    private readonly child: ChildProcess,
    /** The URL of the editor, including its path: ends with a slash. */
    readonly url: string,
  ) {}

  /** @param settings a module with further settings: its `adminAuth` is added to the users of {@link PEOPLE} */
  static async start(
    flow: object[],
    settings?: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<GuardedNodeRed> {
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
    const script = join(__dirname, 'guarded-node-red.js');
    const users = Object.entries(PEOPLE).map(([name, permissions]) => `${name}=${permissions}`);
    const child = spawn(process.execPath, [script, userDir, ...users], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment, ...(settings === undefined ? {} : { GUARDED_SETTINGS: settings }) },
    });
    const [said] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
    const nodeRed = new GuardedNodeRed(child, said.trim());
    for (const person of Object.keys(PEOPLE) as Person[]) await nodeRed.#logIn(person);
    return nodeRed;
  }

  /** @param who undefined: an unauthenticated user */
  ask(who: Person | undefined, path: string, method = 'GET', body?: object): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: {
        ...(who === undefined ? {} : { authorization: `Bearer ${this.#tokens.get(who)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** The same with an invalid token. */
  askWith(token: string, path: string): Promise<Response> {
    return fetch(this.url + path, { headers: { authorization: `Bearer ${token}` } });
  }

  token(who: Person): string {
    return this.#tokens.get(who)!;
  }

  async stop(): Promise<void> {
    await endProcess(this.child, 'SIGTERM');
  }

  async #logIn(person: Person): Promise<void> {
    const answer = await this.ask(undefined, 'auth/token', 'POST', {
      client_id: 'node-red-editor',
      grant_type: 'password',
      scope: '',
      username: person,
      password: person,
    });
    this.#tokens.set(person, ((await answer.json()) as { access_token: string }).access_token);
  }
}
