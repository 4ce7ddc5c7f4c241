import type { Clock } from '../../../common/clock.js';
import type { DesktopRegistry } from '../../model/desktop-registry.js';
import type { World } from '../../model/world.js';
import type { Peers } from '../../peers/peers-api.js';
import type { ObjectServerSettings } from '../../settings.js';
import type { CtiLink } from '../../southbound/link-api.js';
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
  /** Which client has which agent. */
  readonly desktops: DesktopRegistry;
  readonly publisher: Publisher;
  readonly order: MessageOrder;
  readonly staleButtons: ButtonUpdates;
  /** Lets go of a task that nobody waits for; that it failed is told to every client, never to the process. */
  background(task: Promise<unknown>): void;
}
