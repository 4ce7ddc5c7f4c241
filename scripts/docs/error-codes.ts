/**
 * Every error code that a flow, a program or an operator may meet, and what to do: the one list behind the table in
 * docs/reference/error-codes.md. A test keeps it equal to the codes that the sources use. Codes are stable; their sentences, which
 * stay English like logs do, are not.
 */
export interface ErrorCode {
  readonly happened: string;
  readonly action: string;
}
type Codes = Readonly<Record<string, ErrorCode>>;
const code = (happened: string, action: string): ErrorCode => ({ happened, action });

export const errorCodes: Readonly<Record<string, Codes>> = {
  'Settings and the dialog of a node': {
    CTIOS_BAD_SETTINGS: code('a setting of the session is invalid; the message names it', 'correct it and deploy'),
    CTIOS_INVALID_SETTING: code('a setting of the server is invalid; the message names it', 'correct it'),
    CTIOS_INVALID_FILTER: code(
      'the message filter is invalid; the message gives the position',
      'correct it; the dialog shows the same message',
    ),
    CTIOS_CLIENT_ID_IN_USE: code(
      'two sessions of this Node-RED use one client ID with different settings',
      'make the settings equal (they then share one connection), or use two client IDs',
    ),
    CTIOS_NO_SESSION: code('the node has no session, or it is not open', 'select one in the dialog and deploy'),
    CTIOS_SESSION_DISABLED: code('the session is disabled', 'enable it and deploy'),
    CTIOS_NO_EVENT: code('a wait node has no event to wait for', 'select one in the dialog'),
    CTIOS_NO_COMMAND: code('a simulate node has no command', 'select one in the dialog, or name it in `msg.topic`'),
    CTIOS_BAD_LISTS: code(
      "a session's own reasons or wrap-up texts cannot be used",
      'correct what the message names: `notReady` and `logout` are objects of texts and codes, `wrapup` is an array of texts',
    ),
    CTIOS_BAD_PERIOD: code(
      'a query for contact records or deliveries names a period that cannot be read',
      'give `from` and `to` in milliseconds or ISO 8601, and `limit` from 1 to 10000',
    ),
    CTIOS_NOT_RECORDED: code(
      'the link of the session is not recorded',
      'turn on recording in the dialog of the session; of a `ctios-server`, start that with `--record`',
    ),
    CTIOS_NOT_SIMULATED: code(
      'a simulate node uses a session with a real contact center',
      'select a session with the simulated contact center',
    ),
  },
  Connecting: {
    CTIOS_CONNECT_FAILED: code(
      'the port is closed, the host name is unknown, or TLS failed; the message says which',
      'check host, port, firewall and certificates',
    ),
    CTIOS_CONNECT_TIMEOUT: code('the host did not respond', 'check for a firewall that drops packets'),
    CTIOS_OPEN_TIMEOUT: code(
      'the connection was accepted, but no CTI Server responded',
      "check that the port is the CTI Server's, and that TLS is on if the port expects it",
    ),
    CTIOS_HELLO_TIMEOUT: code(
      'the connection was accepted, but no `ctios-server` responded',
      'check the port, and whether the server is overloaded',
    ),
    CTIOS_HELLO_EXPECTED: code(
      'a client did not send `hello` to the `ctios-server` in time',
      'use this pack, or a client that sends `hello` first',
    ),
    CTIOS_STREAM_AWAY: code(
      'NATS or the event stream of the site cannot be reached; the message gives the reason',
      'no action needed if NATS is restarting: reading goes on where it stopped; otherwise check servers, credentials, TLS and site',
    ),
    CTIOS_NO_REQUEST_SERVER: code(
      'a request was sent on an event stream, which carries events only',
      'enter the URL of a `ctios-server` in the session',
    ),
    CTIOS_VERSION: code('the `ctios-server` is older or newer than this pack', 'install the same version on both'),
    CTIOS_VERSION_MISMATCH: code('the other end uses a different protocol version', 'install the same version on both'),
    CTIOS_WRONG_PASSWORD: code('the monitor password of a `ctios-server` is wrong', 'correct it in the session'),
    CTIOS_LOCKED_OUT: code('too many wrong passwords', 'wait 15 minutes, then use the correct password'),
    CTIOS_AUTHENTICATION_FAILED: code('agent ID or agent password is wrong', 'correct them in the session'),
    CTIOS_AUTHENTICATION_UNAVAILABLE: code(
      'the `ctios-server` cannot check passwords at the moment',
      'no action needed: the session retries, starting with the other server; the log of the server gives the reason',
    ),
    CTIOS_CLIENT_CERTIFICATE: code(
      'the `ctios-server` requires a client certificate that it trusts',
      'add one to the TLS settings of the session',
    ),
    CTIOS_ORIGIN: code(
      'the `ctios-server` does not accept connections from web pages of this origin',
      'allow the origin on the server',
    ),
    CTIOS_TOO_MANY_CLIENTS: code(
      'the connection limit of the `ctios-server` is reached',
      'share a session, or raise the limit',
    ),
    CTIOS_TOO_MANY_MONITOR_SESSIONS: code(
      'the monitor session limit of the `ctios-server` is reached',
      'share a session, or raise `--max-monitor-sessions`',
    ),
  },
  'Lost connections': {
    CTIOS_OFFLINE: code(
      'the CTI Server is unreachable',
      'set *Wait for link*, or send it again when the session is green',
    ),
    CTIOS_NOT_CONNECTED: code(
      'the session is not connected',
      'set *Wait for link*, or send it again when the session is green',
    ),
    CTIOS_DISCONNECTED: code('the session was disconnected while a request was pending', 'connect again'),
    CTIOS_CLOSED: code(
      'the session was closed, by a deploy or by a program',
      'no action needed if this was intentional',
    ),
    CTIOS_LINK_CLOSED: code(
      'the CTI Server closed the connection',
      'no action needed: the session reconnects automatically',
    ),
    CTIOS_LINK_SILENT: code(
      'the CTI Server did not answer heartbeats',
      'no action needed: the session reconnects automatically; if it keeps happening, check the network',
    ),
    CTIOS_SIDE_SWITCHED: code(
      'the other side has become active',
      'no action needed: [recovery](../explanation/recovery.md) explains what a flow sees',
    ),
    CTIOS_SERVER_STOPS: code(
      'the `ctios-server` is being stopped',
      'no action needed: the session uses the other server',
    ),
    CTIOS_CLIENT_SILENT: code(
      'a `ctios-server` received nothing from this client',
      'check the network, and whether Node-RED was blocked',
    ),
    CTIOS_MODE_EXPECTED: code(
      'the client did not enter agent mode or monitor mode in time',
      'connect again; if the session is in agent mode, check the agent ID and password',
    ),
    CTIOS_CLIENT_TOO_SLOW: code(
      'the client does not read the data of the `ctios-server` fast enough',
      'use a narrower message filter or a faster flow',
    ),
  },
  Requests: {
    CTIOS_ANSWER_TIMEOUT: code('no response in time', 'check the state of the call or agent with `ctios-query`'),
    CTIOS_OUTCOME_UNKNOWN: code(
      'sent, then the link was lost',
      'check the state of the call or agent with `ctios-query`',
    ),
    CTIOS_NO_FOLLOW_ON: code(
      'confirmed, but the event that shows completion did not arrive in time',
      'complete on the confirmation, or increase *Event within*',
    ),
    CTIOS_FAILED: code('refused without a reason', "check the server's log"),
    CTIOS_INTERNAL: code('a bug in this pack', 'report it with the message'),
    CTIOS_CONTROL_NOT_ALLOWED: code(
      'a monitor session can only watch',
      'tick *Allow control from monitor mode* in the session; on a `ctios-server` also `--allow-monitor-control`',
    ),
    CTIOS_NOT_ALLOWED: code(
      'an agent-mode session acts for its own agent; supervisors for their team',
      'use a session for that agent, or monitor mode with control',
    ),
    CTIOS_NOT_SUPERVISOR: code('only supervisors may send this request', 'use the session of a supervisor'),
    CTIOS_NO_OBJECT: code(
      'no call or agent was specified, or it no longer exists',
      'put `AgentID` or `UniqueObjectID` into the payload, or enter it in the dialog',
    ),
    CTIOS_NO_AGENT_SESSION: code(
      'the session is one for many agents, and the agent has none open, or is on several peripherals',
      'send `Login` first; with several peripherals, give the `PeripheralID`',
    ),
    CTIOS_TOO_MANY_AGENTS: code(
      'as many agents as the session allows have a session already',
      'raise *Agents at most* in the dialog, or close sessions of agents who have left',
    ),
    CTIOS_OTHER_SESSION: code('the message comes from another session', 'use one session along the wire'),
    CTIOS_BAD_PAYLOAD: code('`msg.payload` is not an object', 'make it one with a *change* or *function* node'),
    CTIOS_INVALID_ARGUMENT: code(
      'an argument is of the wrong type or too long; the message names it and the limit',
      'correct it',
    ),
    CTIOS_MISSING_ARGUMENT: code(
      'an argument is missing; the message names it',
      'enter it in the dialog or in `msg.payload`',
    ),
    CTIOS_DUPLICATE_ARGUMENT: code('an argument is given twice, in different case', 'keep one of them'),
    CTIOS_UNKNOWN_REQUEST: code('there is no request with that name', 'see the list in the dialog of `ctios-request`'),
    CTIOS_DUPLICATE_REQUEST: code('a client used a request id twice', 'use a new id for each request'),
    CTIOS_TOO_MANY_WAITING: code('too many requests or messages are waiting', 'send fewer at a time'),
    CTIOS_TOO_MANY_REQUESTS: code(
      'the request rate limit of the `ctios-server` for one client is reached',
      'add a *delay* node with a rate limit',
    ),
    CTIOS_NOT_PASSED_ON: code(
      'the message contains a value that cannot be copied for several wires',
      'remove it from the message; the error message gives the reason',
    ),
    CTIOS_NODE_CLOSED: code('a deploy stopped the node while it was waiting', 'send it again'),
    CTIOS_NO_MODE: code('the session has no mode yet', 'send `SetAgent` or `SetMessageFilter` first'),
    CTIOS_MODE_PENDING: code('the mode of the session is not established yet', 'wait for the green status'),
    CTIOS_SUPERSEDED: code(
      'the mode was set again before it was established',
      'no action needed: the later mode applies',
    ),
    CTIOS_AGENT_ALREADY_LOGGED_IN: code(
      'the agent is already logged in',
      'no action needed, or log the agent out first',
    ),
    CTIOS_AGENT_NOT_LOGGED_IN: code('the agent is not logged in', 'log the agent in first'),
    CTIOS_NO_RECIPIENT: code(
      'no desktop is connected to receive the chat message or the silent monitor request',
      'wait until the other agent has a desktop',
    ),
    CTIOS_BAD_MESSAGE: code('the data received is not a valid protocol message', 'use a client of the same version'),
  },
  'Deliveries of a webhook node': {
    CTIOS_BODY_TOO_LARGE: code(
      'the body or the message of a delivery is over the limit; the text gives both sizes',
      'send less, or raise *Largest body* in the node',
    ),
    CTIOS_DELIVERY_FAILED: code(
      'an attempt failed: no connection, no answer in time, or a status code that allows a retry',
      'nothing: it is repeated; look at the receiver if it goes on',
    ),
    CTIOS_DELIVERY_REFUSED: code(
      'the receiver answered with a status code that allows no retry',
      'correct what the answer names, then *send again* (`ctios/deliveries` of the admin API)',
    ),
    CTIOS_DELIVERY_EXPIRED: code(
      'the delivery was not made within the time set in *Give up after*',
      'look at the receiver, then *send again* (`ctios/deliveries` of the admin API)',
    ),
    CTIOS_DELIVERY_REDIRECT: code(
      'the receiver redirects to another host, in a loop, or nowhere',
      'enter the new URL in the node',
    ),
    CTIOS_DELIVERY_DISCARDED: code('a person discarded the delivery', 'no action needed if this was intentional'),
    CTIOS_TOKEN_REFUSED: code(
      'the token URL gave no token',
      'client ID, client secret, scope and token URL of the node; waiting deliveries go on afterwards',
    ),
    CTIOS_STORE_FULL: code(
      'the disk is full, the delivery store has reached 4 GiB, or JetStream its limit',
      'free disk space',
    ),
    CTIOS_STORE_READ_ONLY: code(
      'the delivery store cannot be written',
      'permissions of the folder `ctios` in the user directory of Node-RED',
    ),
    CTIOS_STORE_CORRUPT: code(
      'the delivery store was damaged; it was moved aside and a new one begun',
      '`sqlite3 <file> .recover` on the file that the log names',
    ),
    CTIOS_STORE_IN_USE: code(
      'another Node-RED uses the same user directory',
      'give each Node-RED a user directory of its own',
    ),
    CTIOS_STORE_AWAY: code(
      'the delivery queue on the event stream cannot be reached; new messages are not accepted, accepted ones wait',
      'NATS, the connection to it, and the permissions of the user; the text names the reason',
    ),
    CTIOS_STORE_FAILED: code('the delivery store failed for another reason; the text names it', 'the disk'),
  },
  'Between the servers of a pair': {
    CTIOS_PEER_LOST: code(
      'the link to the other `ctios-server` was lost',
      'no action needed: it is restored automatically',
    ),
    CTIOS_PEER_SILENT: code('the other `ctios-server` did not answer heartbeats', 'check the network between them'),
    CTIOS_PEER_STALLED: code('the other `ctios-server` does not read the data sent to it', 'check its load'),
    CTIOS_PEER_TIMEOUT: code('the other `ctios-server` did not answer in time', 'check its load'),
    CTIOS_PEER_BUSY: code('too many requests are pending between the two servers', 'send it again later'),
    CTIOS_PEER_NOT_PROVEN: code(
      'the other end could not be authenticated as the configured peer',
      'check the secret and the certificates of the peers',
    ),
    CTIOS_PEER_IS_SELF: code('a `ctios-server` is configured as its own peer', 'enter the address of the other server'),
    CTIOS_PEER_DOUBLED: code('the two servers are already linked', 'no action needed'),
    CTIOS_PEER_UNKNOWN_ASK: code('the peer does not know this request', 'install the same version on both'),
  },
  'The simulated contact center': {
    SIM_UNKNOWN_COMMAND: code(
      'there is no command with that name; the message suggests a similar one',
      'see the list in the dialog of `ctios-simulate`',
    ),
    SIM_BAD_ARGUMENT: code('an argument of a command is missing or invalid; the message names it', 'correct it'),
    SIM_NOT_FOUND: code('there is no such agent, call or phone', 'list them with the commands `agents` and `calls`'),
    SIM_REFUSED: code('the simulated switch refused, as a real one would', 'see the message for the reason'),
  },
};

/** The codes from other sources, by their prefix. */
export const foreignCodes: Codes = {
  'CF_…': code(
    'the switch refused the request (ControlFailureCode)',
    "`cause.peripheralErrorCode` gives the switch's own reason, for example 10108: state change not allowed",
  ),
  'E_CTI_…': code(
    'the CTI Server refused',
    '`E_CTI_INVALID_PASSWORD`: client ID or password; `E_CTI_INVALID_VERSION`: leave the protocol version blank; `E_CTI_NEW_SESSION_OPENED`: another client uses this client ID; `E_CTI_FUNCTION_NOT_AVAILABLE`: ask the administrator for the service',
  ),
  'E_CTIOS_…': code('CTI OS refused: the object or the session is in the wrong state', 'see the message for details'),
};

/** The page of all of them. */
export function errorCodesPage(made: string): string {
  const table = (codes: Codes): string =>
    ['| code | what happened | what to do |', '|---|---|---|']
      .concat(Object.entries(codes).map(([name, { happened, action }]) => `| \`${name}\` | ${happened} | ${action} |`))
      .join('\n');
  const sections = Object.entries(errorCodes).map(([title, codes]) => `## ${title}\n\n${table(codes)}`);
  return `${made}# Error codes

A *catch* node finds the code in \`msg.error.code\`, details in \`msg.error.cause\`, and a readable message in
\`msg.error.message\`. Messages are in English regardless of the editor language. In flows, branch on the code, which is stable.
\`cause.outcome\` tells you whether you can send a request again ([troubleshooting](../how-to/troubleshooting.md)).

${sections.join('\n\n')}

## Codes of the contact center

[The whole list](contact-center-codes.md), by number.

${table(foreignCodes)}
`;
}
