/** What each status looks like. Pure data: the editor's sidebar draws the same signs with it. */
export interface Look {
  readonly fill: 'grey' | 'yellow' | 'green' | 'blue' | 'red';
  readonly shape: 'dot' | 'ring';
}

/** Six looks, each with one meaning. */
export const looks = {
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
  unused: looks.idle,
  connecting: looks.waiting,
  starting: looks.waiting,
  agentModeOnly: looks.waiting,
  ready: looks.ready,
  /** usable, but a certificate ends in {days} days */
  certificateExpires: looks.waiting,
  /** {count} events sent */
  events: looks.ready,
  /** {count} contacts popped */
  pops: looks.ready,
  /** {count} objects found */
  found: looks.ready,
  /** {what} was done */
  done: looks.ready,
  /** {what} is under way */
  working: looks.busy,
  /** {count} messages wait */
  pending: looks.busy,
  reconnecting: looks.retrying,
  /** connected, but the CTI Server behind is not */
  offline: looks.retrying,
  noSession: looks.failed,
  sessionDisabled: looks.failed,
  badSettings: looks.failed,
  clientIdInUse: looks.failed,
  notSimulated: looks.failed,
  /** {reason}: in words */
  rejected: looks.failed,
  /** {code} of an error */
  error: looks.failed,
} as const satisfies Record<string, Look>;

export type StatusKey = keyof typeof statuses;
export type StatusValues = Readonly<Record<string, string | number>>;
