/** The appearance of each status. Pure data, which the editor's sidebar also uses. */
export interface Look {
  readonly fill: 'grey' | 'yellow' | 'green' | 'blue' | 'red';
  readonly shape: 'dot' | 'ring';
}

/** Six styles, each with one meaning. */
export const styles = {
  /** idle: unused, disabled, stopped */
  idle: { fill: 'grey', shape: 'ring' },
  /** connecting, or partly usable */
  waiting: { fill: 'yellow', shape: 'ring' },
  ready: { fill: 'green', shape: 'dot' },
  /** a request or a wait is pending */
  busy: { fill: 'blue', shape: 'dot' },
  /** failed, and recovering automatically */
  retrying: { fill: 'red', shape: 'ring' },
  /** failed, and needs the user's action */
  failed: { fill: 'red', shape: 'dot' },
} as const satisfies Record<string, Look>;

/** Every text a status can have: a key of the `ctios-session` catalog (`status.<key>`), and its style. */
export const statuses = {
  unused: styles.idle,
  connecting: styles.waiting,
  starting: styles.waiting,
  agentModeOnly: styles.waiting,
  /** its records need the events of the whole contact center */
  monitorModeOnly: styles.failed,
  ready: styles.ready,
  /** it publishes the events of its site; another one does, and it takes over when that one fails */
  leading: styles.ready,
  standby: styles.ready,
  /** {worker} works for the group; this one takes over when it fails */
  warm: styles.idle,
  /** usable, but a certificate expires in {days} days */
  certificateExpires: styles.waiting,
  /** {count} events sent */
  events: styles.ready,
  /** {count} contacts popped */
  pops: styles.ready,
  records: styles.ready,
  /** the condition holds for {count} objects */
  active: styles.ready,
  /** {count} objects found */
  found: styles.ready,
  /** {what} was carried out */
  done: styles.ready,
  /** {what} is pending */
  working: styles.busy,
  /** {count} messages are waiting */
  pending: styles.busy,
  /** {count} deliveries are waiting */
  delivering: styles.busy,
  /** {count} deliveries are waiting, and the last attempt failed */
  deliveryRetrying: styles.retrying,
  /** events wait {seconds} seconds for the flow */
  behind: styles.retrying,
  reconnecting: styles.retrying,
  /** connected, but the CTI Server behind it is not */
  offline: styles.retrying,
  noSession: styles.failed,
  sessionDisabled: styles.failed,
  badSettings: styles.failed,
  badFilter: styles.failed,
  clientIdInUse: styles.failed,
  notSimulated: styles.failed,
  /** {reason} as text */
  rejected: styles.failed,
  /** {code} of an error */
  error: styles.failed,
} as const satisfies Record<string, Look>;

export type StatusKey = keyof typeof statuses;
export type StatusValues = Readonly<Record<string, string | number>>;
