import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Bench } from '../run/bench-case.js';
import { within } from '../run/waits.js';
import type { ClientFailure, ClientOrder, ClientReport } from './clients.js';

/** Clients in a process of their own. */
export class ClientProcess {
  readonly #child = fork(join(__dirname, 'clients.js'), { stdio: 'inherit' });

  constructor(bench: Bench) {
    bench.after(() => this.#child.kill());
  }

  /** @param what what is waited for */
  async order(what: string, order: ClientOrder): Promise<ClientReport> {
    const answer = once(this.#child, 'message');
    this.#child.send(order);
    const report = (await within(what, answer))[0] as ClientReport | ClientFailure;
    if ('failed' in report) throw new Error(`${what}: ${report.failed}`);
    return report;
  }
}
