/** Color and shape next to each word, which is always there too: neither has a meaning on its own. */
import { type Look, statuses } from '../../shared/status/status-styles.js';

const calm: Look = { fill: 'grey', shape: 'ring' };
const free: Look = { fill: 'green', shape: 'dot' };
const busy: Look = { fill: 'blue', shape: 'dot' };
const partly: Look = { fill: 'blue', shape: 'ring' };
const soon: Look = { fill: 'yellow', shape: 'dot' };
const after: Look = { fill: 'yellow', shape: 'ring' };
const away: Look = { fill: 'red', shape: 'ring' };
const broken: Look = { fill: 'red', shape: 'dot' };

/** By the names of enumeration AgentState. */
export const agentStates: Readonly<Record<string, Look>> = {
  Login: after,
  Logout: calm,
  NotReady: away,
  Available: free,
  Talking: busy,
  WorkNotReady: after,
  WorkReady: after,
  BusyOther: partly,
  Reserved: soon,
  Unknown: calm,
  Hold: partly,
  Active: busy,
  Paused: partly,
  Interrupted: after,
  NotActive: calm,
};

/** By the names of enumeration CallStatus. */
export const callStatuses: Readonly<Record<string, Look>> = {
  None: calm,
  Null: calm,
  Initiate: partly,
  Alerting: soon,
  Connect: busy,
  Hold: partly,
  Queued: after,
  Fail: broken,
};

export const phaseLook = (phase: string): Look => (statuses as Readonly<Record<string, Look>>)[phase] ?? calm;
export const lookOr = (looks: Readonly<Record<string, Look>>, word: string): Look => looks[word] ?? calm;
export const lookClass = ({ fill, shape }: Look): string => `ctios-sb-mark ctios-sb-${fill} ctios-sb-${shape}`;
