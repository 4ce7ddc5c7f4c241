/** A Node-RED process whose editor asks who you are, below a path of its own, and people who may do more or less in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './node-red-process.js';

/** Who there is, and what each may; a password is the name. */
export const PEOPLE = {
  /** everything */
  boss: '*',
  /** look at everything, change nothing: what Node-RED calls a viewer */
  viewer: 'read',
  /** see sessions and statuses, and nothing else */
  reader: 'ctios-session.read,status.read',
  /** see the editor with its flows and statuses, but no sessions */
  outsider: 'flows.read,nodes.read,plugins.read,settings.read,icons.read,library.read,credentials.read,status.read',
} as const;
export type Person = keyof typeof PEOPLE;

export class GuardedNodeRed {
  readonly #tokens = new Map<Person, string>();

  private constructor(
    private readonly child: ChildProcess,
    /** Of the editor, with the path it lives below: ends with a slash. */
    readonly url: string,
  ) {}

  static async start(flow: object[]): Promise<GuardedNodeRed> {
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
    const script = join(__dirname, 'guarded-node-red.js');
    const users = Object.entries(PEOPLE).map(([name, permissions]) => `${name}=${permissions}`);
    const child = spawn(process.execPath, [script, userDir, ...users], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
    const nodeRed = new GuardedNodeRed(child, said.trim());
    for (const person of Object.keys(PEOPLE) as Person[]) await nodeRed.#logIn(person);
    return nodeRed;
  }

  /** @param who undefined: nobody who has said who he is */
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

  token(who: Person): string {
    return this.#tokens.get(who)!;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
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
