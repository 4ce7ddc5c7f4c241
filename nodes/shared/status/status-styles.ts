/** What each status looks like. Pure data: the editor's sidebar draws the same signs with it. */
export interface Look {
  readonly fill: 'grey' | 'yellow' | 'green' | 'blue' | 'red';
  readonly shape: 'dot' | 'ring';
}

/** Six looks, each with one meaning. */
export const styles = {
  /** nothing is wanted of it: unused, disabled, stopped */
  idle: { fill: 'grey', shape: 'ring' },
  /** on its way, or usable in part */
  waiting: { fill: 'yellow', shape: 'ring' },
  ready: { fill: 'green', shape: 'dot' },
  /** a request or a wait is under way */
  busy: { fill: 'blue', shape: 'dot' },
  /** broken, and mending itself */
  retrying: { fill: 'red', shape: 'ring' },
  /** broken until a person does something */
  failed: { fill: 'red', shape: 'dot' },
} as const satisfies Record<string, Look>;

/** Every text a status can carry: a key of the `ctios-session` catalog (`status.<key>`), and its look. */
export const statuses = {
  unused: styles.idle,
  connecting: styles.waiting,
  starting: styles.waiting,
  agentModeOnly: styles.waiting,
  ready: styles.ready,
  /** {worker} works for the group; this one takes over when it fails */
  warm: styles.idle,
  /** usable, but a certificate ends in {days} days */
  certificateExpires: styles.waiting,
  /** {count} events sent */
  events: styles.ready,
  /** {count} contacts popped */
  pops: styles.ready,
  records: styles.ready,
  /** {count} objects found */
  found: styles.ready,
  /** {what} was done */
  done: styles.ready,
  /** {what} is under way */
  working: styles.busy,
  /** {count} messages wait */
  pending: styles.busy,
  /** {count} deliveries wait */
  delivering: styles.busy,
  /** {count} deliveries wait, and the last attempt failed */
  deliveryRetrying: styles.retrying,
  /** events wait for {seconds} seconds before the flow has time for them */
  behind: styles.retrying,
  reconnecting: styles.retrying,
  /** connected, but the CTI Server behind is not */
  offline: styles.retrying,
  noSession: styles.failed,
  sessionDisabled: styles.failed,
  badSettings: styles.failed,
  badFilter: styles.failed,
  clientIdInUse: styles.failed,
  notSimulated: styles.failed,
  /** {reason}: in words */
  rejected: styles.failed,
  /** {code} of an error */
  error: styles.failed,
} as const satisfies Record<string, Look>;

export type StatusKey = keyof typeof statuses;
export type StatusValues = Readonly<Record<string, string | number>>;
