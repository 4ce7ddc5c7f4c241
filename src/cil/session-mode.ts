/**
 * The mode that the application has requested, and whether the server has granted it. A choice outlives its connection:
 * it is repeated after each reconnect, until the session is disconnected. Source: CTI OS Developer Guide,
 * Session.SetAgent, Session.SetMessageFilter.
 */
import { CtiosError } from '../ctios/ctios-error.js';
import type { Args } from '../ctios/transport.js';
import type { SessionMode } from './status.js';

export interface ModeChoice {
  readonly mode: Exclude<SessionMode, 'none'>;
  readonly request: 'SetAgent' | 'SetMessageFilter';
  /**
   * The arguments of the request. They may differ for a repetition, whose snapshot is compared with the known objects.
   */
  args(again: boolean): Args;
}

export interface ModeHost {
  readonly connected: boolean;
  /** @param again whether it is a repetition, so that there are objects to compare with */
  ask(choice: ModeChoice, again: boolean): Promise<unknown>;
  /** The mode is requested but cannot be granted on this connection, so a different connection is needed. */
  cannotRestore(code: string, reason: string): void;
  changed(): void;
}

/** Refusals that are not final: the other server, or the same one later, may grant it. */
const NOT_DECIDED: ReadonlySet<string> = new Set(['CTIOS_AUTHENTICATION_UNAVAILABLE']);

export class ModeController {
  #choice: ModeChoice | undefined;
  /** The server has granted it on this connection. */
  #granted = false;
  /** It was granted at least once. */
  #grantedBefore = false;
  #attempt = 0;
  /** The choice that remains in effect while another is pending. */
  #before: ModeChoice | undefined;
  /** The application's promise for its latest choice. */
  #pending: { resolve: () => void; reject: (error: unknown) => void } | undefined;

  constructor(private readonly host: ModeHost) {}

  get choice(): ModeChoice | undefined {
    return this.#choice;
  }

  /** The mode in effect. */
  get mode(): SessionMode {
    return this.#granted && this.#choice !== undefined ? this.#choice.mode : 'none';
  }

  /** Whether no mode was requested, or the requested one is in effect: the application's requests may be sent. */
  get settled(): boolean {
    return this.#choice === undefined || this.#granted;
  }

  /** Whether it was granted before and must be granted again. */
  get restoring(): boolean {
    return this.#choice !== undefined && this.#grantedBefore && !this.#granted;
  }

  /**
   * Resolves when the server has granted it, on this connection or a later one; rejects if it is refused. The previous
   * choice (another filter) remains in effect until then, and if it is refused.
   */
  choose(choice: ModeChoice): Promise<void> {
    this.#pending?.reject(new CtiosError('CTIOS_SUPERSEDED', `${choice.request} was called again.`, cause(choice)));
    if (this.#granted) this.#before = this.#choice;
    this.#choice = choice;
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      if (this.host.connected) this.#ask(false);
    });
  }

  connected(): void {
    if (this.#choice !== undefined) this.#ask(this.#grantedBefore);
  }

  disconnected(): void {
    this.#attempt++;
    this.#granted = false;
    this.#before = undefined;
  }

  /** Reported by the server's event, which may arrive before the confirmation of the request, and again with it. */
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
    this.#before = undefined;
    this.#pending?.reject(error);
    this.#pending = undefined;
  }

  #ask(again: boolean): void {
    const attempt = ++this.#attempt;
    const choice = this.#choice!;
    this.host.ask(choice, again).then(
      () => {
        if (attempt !== this.#attempt) return;
        this.#before = undefined;
        this.grant();
        this.#pending?.resolve();
        this.#pending = undefined;
      },
      (error: unknown) => {
        if (attempt === this.#attempt) this.#refused(error as CtiosError);
      },
    );
  }

  #refused(error: CtiosError): void {
    if (this.#pending === undefined || error.cause.outcome !== 'failed' || NOT_DECIDED.has(error.code)) {
      this.host.cannotRestore(error.code, error.message);
      return;
    }
    // The choice was not valid: the previous one remains in effect, or the application must choose again.
    const { reject } = this.#pending;
    this.#pending = undefined;
    this.#choice = this.#before;
    this.#before = undefined;
    if (this.#choice === undefined) this.#granted = false;
    reject(error);
    this.host.changed();
  }
}

function cause(choice: ModeChoice) {
  return { request: choice.request, outcome: 'failed' } as const;
}
