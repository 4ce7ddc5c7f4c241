/**
 * A connection to a server without a mode, which shows the status of the server and its link even if no agent has a
 * session. A `ctios-server` closes a connection that has had no mode for half an hour, so it is replaced earlier: the
 * new one connects first, so that the status does not change.
 */
import type { Clock, Timer } from '../../common/clock.js';
import { CtiosError } from '../../ctios/ctios-error.js';
import type { CilEvent, Dispose } from '../events/cil-event.js';
import { ALL_IN_ONE } from '../events/event-stream.js';
import { Listeners } from '../events/listeners.js';
import { Session } from '../session.js';
import type { SessionOptions } from '../session-options.js';
import type { SessionStatus } from '../status.js';

/** Half of what a server allows. */
const RENEW_MS = 15 * 60_000;

/** Events of the connection itself. Gaps belong to the agents: without a session, no events were missed. */
const OWN_EVENTS: ReadonlySet<string> = new Set([
  'OnConnection',
  'OnConnectionFailure',
  'OnConnectionRejected',
  'OnConnectionClosed',
  'OnCTIOSFailure',
]);

export class ServerWatch {
  readonly #statusListeners: Listeners<SessionStatus>;
  #session: Session;
  #status: SessionStatus;
  #renewal: Timer | undefined;
  #next: Session | undefined;
  /** Has just replaced another one, and has received the current status. */
  #fresh: Session | undefined;

  constructor(
    private readonly options: SessionOptions,
    private readonly clock: Clock,
    private readonly relay: (event: CilEvent) => void,
    private readonly failed: (error: unknown) => void,
  ) {
    this.#statusListeners = new Listeners(failed);
    this.#session = this.#open();
    this.#status = shown(this.#session.status);
  }

  get status(): SessionStatus {
    return this.#status;
  }

  onStatus(listener: (status: SessionStatus) => void): Dispose {
    return this.#statusListeners.add(listener);
  }

  connect(): void {
    this.#session.connect();
    if (!this.options.connectors.some((connector) => connector?.remote)) return;
    this.#renewal ??= this.clock.every(RENEW_MS, () => this.#renew());
  }

  async disconnect(): Promise<void> {
    this.#renewal?.cancel();
    this.#renewal = undefined;
    const next = this.#next;
    this.#next = undefined;
    await Promise.all([next?.disconnect(), this.#session.disconnect()]);
  }

  /**
   * Resolves when requests can succeed.
   * @param name the name of the waiting request
   * @returns rejects with outcome `expired` after a timeout
   */
  online(name: string, waitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: Timer | undefined;
      const end = (): boolean => {
        if (!this.#status.online) return false;
        timer?.cancel();
        stop();
        resolve();
        return true;
      };
      const stop = this.onStatus(end);
      if (end()) return;
      const giveUp = (): void => {
        stop();
        const { code = 'CTIOS_NOT_CONNECTED', reason = 'the session is not connected' } = this.#status;
        const within = waitMs > 0 ? ` within ${waitMs / 1_000} s` : '';
        reject(new CtiosError(code, `${name} was not sent${within}: ${reason}`, { request: name, outcome: 'expired' }));
      };
      if (waitMs <= 0) giveUp();
      else timer = this.clock.after(waitMs, giveUp);
    });
  }

  #open(): Session {
    const session = new Session(this.options);
    session.onError((error) => this.failed(error));
    session.onStatus((status) => {
      if (session === this.#session) this.#show(status);
      else if (session === this.#next && status.online) this.#replace(session);
    });
    session.subscribe(ALL_IN_ONE, (event) => {
      const first = session === this.#fresh;
      if (first) this.#fresh = undefined;
      if (!first && session === this.#session && OWN_EVENTS.has(event.event)) this.relay(event);
    });
    return session;
  }

  #renew(): void {
    // If it is not connected, it is being reconnected anyway.
    if (!this.#status.online || this.#next !== undefined) return;
    this.#next = this.#open();
    this.#next.connect();
  }

  #replace(next: Session): void {
    const before = this.#session;
    this.#session = next;
    this.#next = undefined;
    this.#fresh = next;
    this.#show(next.status);
    void before.disconnect();
  }

  #show(status: SessionStatus): void {
    this.#status = shown(status);
    this.#statusListeners.tell(this.#status);
  }
}

/** Being connected is sufficient: modes belong to the agents. */
function shown(status: SessionStatus): SessionStatus {
  return status.state === 'ready' ? { ...status, mode: 'agent' } : status;
}
