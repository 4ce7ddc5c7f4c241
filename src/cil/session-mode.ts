/**
 * Which mode the application has chosen, and whether the server has granted it. A choice outlives the connection it
 * was made on: it is sent again after each reconnect, until the session is disconnected. Source: CTI OS Developer
 * Guide, Session.SetAgent, Session.SetMessageFilter.
 */
import { CtiosError } from '../ctios/ctios-error.js';
import type { Args } from '../ctios/transport.js';
import type { SessionMode } from './status.js';

export interface ModeChoice {
  readonly mode: Exclude<SessionMode, 'none'>;
  readonly request: 'SetAgent' | 'SetMessageFilter';
  /** The arguments of the request; for a repetition, which compares with what was known, they may differ. */
  args(again: boolean): Args;
}

export interface ModeHost {
  readonly connected: boolean;
  /** @param again not the first time: there is something to compare with */
  ask(choice: ModeChoice, again: boolean): Promise<unknown>;
  /** A choice that was granted before is not granted on this connection: it is as good as no connection. */
  cannotRestore(code: string, reason: string): void;
  changed(): void;
}

export class ModeKeeper {
  #choice: ModeChoice | undefined;
  /** The server has granted it, on this connection. */
  #granted = false;
  /** It was granted at least once. */
  #grantedBefore = false;
  #attempt = 0;
  #first: { resolve: () => void; reject: (error: unknown) => void } | undefined;

  constructor(private readonly host: ModeHost) {}

  get choice(): ModeChoice | undefined {
    return this.#choice;
  }

  /** The mode in force. */
  get mode(): SessionMode {
    return this.#granted && this.#choice !== undefined ? this.#choice.mode : 'none';
  }

  /** Nothing was chosen, or what was chosen is in force: the application's requests may pass. */
  get settled(): boolean {
    return this.#choice === undefined || this.#granted;
  }

  /** Granted before, and now to be granted again. */
  get restoring(): boolean {
    return this.#choice !== undefined && this.#grantedBefore && !this.#granted;
  }

  /** Ends when the server has granted it, on this connection or a later one; rejects if it is refused. */
  choose(choice: ModeChoice): Promise<void> {
    this.#first?.reject(new CtiosError('CTIOS_SUPERSEDED', `${choice.request} was called again`, cause(choice)));
    this.#choice = choice;
    this.#granted = false;
    this.#grantedBefore = false;
    return new Promise((resolve, reject) => {
      this.#first = { resolve, reject };
      if (this.host.connected) this.#ask();
    });
  }

  connected(): void {
    if (this.#choice !== undefined) this.#ask();
  }

  disconnected(): void {
    this.#attempt++;
    this.#granted = false;
  }

  /** The server's event says so. May come before the confirmation of the request, and again with it. */
  grant(): void {
    if (this.#granted) return;
    this.#granted = true;
    this.#grantedBefore = true;
    this.host.changed();
  }

  /** The session ends: no mode, nothing to repeat. */
  clear(error: CtiosError): void {
    this.#attempt++;
    this.#choice = undefined;
    this.#granted = false;
    this.#grantedBefore = false;
    this.#first?.reject(error);
    this.#first = undefined;
  }

  #ask(): void {
    const attempt = ++this.#attempt;
    const choice = this.#choice!;
    this.host.ask(choice, this.#grantedBefore).then(
      () => {
        if (attempt !== this.#attempt) return;
        this.grant();
        this.#first?.resolve();
        this.#first = undefined;
      },
      (error: unknown) => {
        if (attempt === this.#attempt) this.#refused(error as CtiosError);
      },
    );
  }

  #refused(error: CtiosError): void {
    const refused = error.cause?.outcome === 'failed';
    if (this.#first !== undefined && refused) {
      // Never granted: the application chose wrongly and has to choose again.
      const first = this.#first;
      this.#first = undefined;
      this.#choice = undefined;
      this.#granted = false;
      first.reject(error);
      this.host.changed();
      return;
    }
    this.host.cannotRestore(error.code, error.message);
  }
}

function cause(choice: ModeChoice) {
  return { request: choice.request, outcome: 'failed' } as const;
}
