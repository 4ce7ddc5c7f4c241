import type { MessageOf } from '../../ged188/index.js';
import type { CtiSession } from './cti-session.js';
import type { Side } from './reconnect-order.js';

/** A session, and the side it is connected to. */
export interface SideSession {
  side: Side;
  session: CtiSession;
  openConf?: MessageOf<'OPEN_CONF'>;
}
