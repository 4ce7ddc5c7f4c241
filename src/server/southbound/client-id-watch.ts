/**
 * Detects when a client ID that another client has taken is free again, without disconnecting that client: a session
 * with a different ID subscribes to CTI_SERVICE_CLIENT_MONITOR, receives the list of connected clients, and ends.
 */
import type { Timer } from '../../common/clock.js';
import { DecodeReport, ServiceMask } from '../../ged188/index.js';
import { TERMINAL_STATUSES } from './opening.js';
import type { Side } from './reconnect-order.js';
import { CtiSession } from './session/cti-session.js';
import type { ResolvedLinkSettings } from './settings.js';

/** Short enough for a waiting link to have the ID within a minute after the other client has disconnected. */
export const ASK_MS = 20_000;
/** The CTI Server reports the connected clients immediately after OPEN_CONF. */
const LISTEN_MS = 2_000;
/** A side that does not respond must not delay the check on the other side. */
const DIAL_MS = 5_000;
const OPEN_MS = 10_000;
const SUFFIX = '-waiting';
/** OPEN_REQ.ClientID has 64 bytes with its null. */
const MAX_ID = 63;

type Answer = 'in use' | 'free' | 'not told' | 'unreachable';

export interface IdWatcher {
  free(): void;
  /** This CTI Server does not report its clients. */
  notTold(): void;
}

export class ClientIdWatch {
  #timer: Timer | undefined;
  #session: CtiSession | undefined;
  #stopped = false;
  #ended: () => void = () => {};

  /**
   * @param sides in the order in which they are asked: the one on which the ID was taken first
   * @param askMs between two questions
   */
  constructor(
    private readonly settings: ResolvedLinkSettings,
    private readonly version: number,
    private readonly sides: readonly Side[],
    private readonly askMs: number,
    private readonly watcher: IdWatcher,
  ) {
    this.#later();
  }

  /** @returns resolves when all of its sessions are closed */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    const session = this.#session;
    if (session === undefined) return Promise.resolve();
    return new Promise((ended) => {
      this.#ended = ended;
      session.close();
    });
  }

  #later(): void {
    this.#timer = this.settings.clock.after(this.askMs, () => this.#ask(this.sides, []));
  }

  /** One side after the other: the other client may be on either. */
  #ask([side, ...rest]: readonly Side[], answers: readonly Answer[]): void {
    if (side === undefined) {
      if (answers.includes('free')) this.watcher.free();
      else if (answers.includes('not told')) this.watcher.notTold();
      else this.#later();
      return;
    }
    this.#askSide(side, (answer) => {
      if (this.#stopped) return;
      if (answer === 'in use') this.#later();
      else this.#ask(rest, [...answers, answer]);
    });
  }

  #askSide(side: Side, answered: (answer: Answer) => void): void {
    const { clientId, sides } = this.settings;
    let answer: Answer = 'unreachable';
    let isOver = false;
    const session = new CtiSession(
      {
        ...this.settings,
        clientId: clientId.slice(0, MAX_ID - SUFFIX.length) + SUFFIX,
        dialMs: DIAL_MS,
        openMs: OPEN_MS,
      },
      sides[side] ?? sides.A,
      { version: this.version, services: ServiceMask.CTI_SERVICE_CLIENT_MONITOR },
      {
        opened: ({ ServicesGranted }) => {
          const isTold = (ServicesGranted & ServiceMask.CTI_SERVICE_CLIENT_MONITOR) !== 0;
          answer = isTold ? 'free' : 'not told';
          this.#timer = this.settings.clock.after(isTold ? LISTEN_MS : 0, () => {
            isOver = true;
            session.close();
          });
        },
        message: (message) => {
          if (message.type === 'CLIENT_SESSION_OPENED_EVENT' && message.ClientID === clientId) answer = 'in use';
        },
        ended: ({ status }) => {
          this.#timer?.cancel();
          this.#session = undefined;
          this.#ended();
          if (answer === 'in use' || isOver) answered(answer);
          // A CTI Server that refuses the service, or the other ID, will do so again.
          else answered(TERMINAL_STATUSES.has(status ?? -1) ? 'not told' : 'unreachable');
        },
      },
      new DecodeReport(),
    );
    this.#session = session;
    session.start();
  }
}
