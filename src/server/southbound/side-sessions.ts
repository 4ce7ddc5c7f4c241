/** Opens and closes the sessions of a link. The end of a session that the link itself has closed is not reported to it. */
import type { DecodeReport, Message, MessageOf } from '../../ged188/index.js';
import type { Negotiation } from './opening.js';
import type { Side } from './reconnect-order.js';
import { CtiSession } from './session/cti-session.js';
import type { SessionEnd } from './session/session-table.js';
import type { ResolvedLinkSettings } from './settings.js';

/** A session, and the side it is connected to. */
export interface SideSession {
  side: Side;
  session: CtiSession;
  openConf?: MessageOf<'OPEN_CONF'>;
}

export interface SideSessionsOwner {
  opened(placed: SideSession, openConf: MessageOf<'OPEN_CONF'>): void;
  ended(placed: SideSession, end: SessionEnd): void;
  message(placed: SideSession, message: Message): void;
}

export class SideSessions {
  /** Sessions that are being closed, and what to do afterwards. */
  readonly #closing = new Map<SideSession, () => void>();

  constructor(
    private readonly settings: ResolvedLinkSettings,
    private readonly negotiation: Negotiation,
    private readonly report: DecodeReport,
    private readonly owner: SideSessionsOwner,
  ) {}

  open(side: Side): SideSession {
    const { sides, clock } = this.settings;
    const placed: SideSession = {
      side,
      session: new CtiSession(
        this.settings,
        sides[side] ?? sides.A,
        this.negotiation.proposal,
        {
          opened: (openConf) => this.owner.opened(placed, openConf),
          ended: (end) => this.#ended(placed, end),
          message: (message) => this.owner.message(placed, message),
        },
        this.report,
      ),
    };
    // A session may fail in the turn in which it is started, and its caller must know it by then.
    clock.after(0, () => placed.session.start());
    return placed;
  }

  /** Closes gracefully. @returns resolves when it is closed */
  close(placed: SideSession): Promise<void> {
    return new Promise((closed) => {
      this.#closing.set(placed, closed);
      placed.session.close();
    });
  }

  #ended(placed: SideSession, end: SessionEnd): void {
    const closed = this.#closing.get(placed);
    if (closed === undefined) {
      this.owner.ended(placed, end);
      return;
    }
    this.#closing.delete(placed);
    closed();
  }
}
