import type { Clock } from '../../../common/clock.js';
import type { MessageInit, MessageName, MessageOf } from '../../../ged188/index.js';
import type { DesktopRegistry } from '../../model/desktop-registry.js';
import type { World } from '../../model/world.js';
import type { Peers } from '../../peers/requests/peers-api.js';
import type { ObjectServerSettings } from '../../settings.js';
import type { CtiLink, LinkRequestError } from '../../southbound/link-api.js';
import type { ButtonRules } from './button-enablement.js';
import type { ButtonUpdates } from './button-updates.js';
import type { MessageOrder } from './message-order.js';
import type { Publisher } from './publisher.js';

/** What the parts of the object server share. */
export interface Context {
  readonly link: CtiLink;
  readonly clock: Clock;
  /** The other servers of a pair. */
  readonly peers: Peers;
  readonly settings: ObjectServerSettings;
  readonly buttons: ButtonRules;
  readonly world: World;
  /** Which client controls which agent. */
  readonly desktops: DesktopRegistry;
  readonly publisher: Publisher;
  readonly order: MessageOrder;
  readonly buttonUpdates: ButtonUpdates;
  /**
   * Sends a request to the CTI Server on behalf of the object server itself.
   * @param ended called once, with the confirmation or the error, in the order in which messages arrive. An exception that
   *   it throws is reported to every client and does not end the process
   */
  ask<N extends MessageName>(
    message: MessageInit,
    answerMs: number,
    ended: (conf: MessageOf<N> | undefined, error?: LinkRequestError) => void,
  ): void;
  /** Runs a task whose result is not awaited; its failure is reported to every client and does not end the process. */
  background(task: Promise<unknown>): void;
}
