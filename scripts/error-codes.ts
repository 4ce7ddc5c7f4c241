/**
 * Every error code that a flow, a program or an operator may meet, and what to do: the one list behind the table in
 * docs/error-codes.md. A test keeps it equal to the codes that the sources use. Codes are stable; their sentences, which
 * stay English like logs do, are not.
 */
export interface ErrorCode {
  readonly happened: string;
  readonly todo: string;
}
type Codes = Readonly<Record<string, ErrorCode>>;
const code = (happened: string, todo: string): ErrorCode => ({ happened, todo });

export const errorCodes: Readonly<Record<string, Codes>> = {
  'Settings and the dialog of a node': {
    CTIOS_BAD_SETTINGS: code('a setting of the session cannot work; the text names it', 'correct it and deploy'),
    CTIOS_INVALID_SETTING: code('a setting of the server cannot work; the text names it', 'correct it'),
    CTIOS_INVALID_FILTER: code(
      'the message filter cannot be read; the text gives the character',
      'correct it; the dialog shows the same text',
    ),
    CTIOS_CLIENT_ID_IN_USE: code(
      'two sessions of this Node-RED use one client ID with different settings',
      'make the settings equal (they then share one connection), or use two client IDs',
    ),
    CTIOS_NO_SESSION: code('the node has no session, or it is not open', 'choose one in the dialog and deploy'),
    CTIOS_SESSION_DISABLED: code('the session is disabled', 'enable it and deploy'),
    CTIOS_NO_EVENT: code('a wait has no event to wait for', 'choose one in the dialog'),
    CTIOS_NO_COMMAND: code('a simulate node has no command', 'choose one in the dialog, or name it in `msg.topic`'),
    CTIOS_NOT_SIMULATED: code('a simulate node at a real contact center', 'give it a session of the simulated one'),
  },
  Connecting: {
    CTIOS_CONNECT_FAILED: code(
      'nobody listens there, the name is unknown, or TLS failed; the text says which',
      'host, port, firewall, certificates',
    ),
    CTIOS_CONNECT_TIMEOUT: code('no answer at all', 'look for a firewall that drops packets'),
    CTIOS_OPEN_TIMEOUT: code(
      'the CTI Server was reached, then was silent',
      'the port of something else, or a TLS port without TLS',
    ),
    CTIOS_HELLO_TIMEOUT: code(
      'the `ctios-server` was reached, then was silent',
      'the port of something else, or a server that is overloaded',
    ),
    CTIOS_HELLO_EXPECTED: code(
      'a client did not introduce itself to the `ctios-server` in time',
      'use this pack, or a client that says hello first',
    ),
    CTIOS_VERSION: code('the `ctios-server` is older or newer than this pack', 'install the same version on both'),
    CTIOS_VERSION_MISMATCH: code(
      'the other end speaks another version of the protocol',
      'install the same version on both',
    ),
    CTIOS_WRONG_PASSWORD: code('the monitor password of a `ctios-server` is wrong', 'correct it in the session'),
    CTIOS_LOCKED_OUT: code('three wrong passwords', 'wait 15 minutes, with the right one'),
    CTIOS_AUTHENTICATION_FAILED: code('agent ID or agent password is wrong', 'correct them in the session'),
    CTIOS_AUTHENTICATION_UNAVAILABLE: code(
      'the `ctios-server` cannot check passwords now',
      'nothing: the other server is asked, then this one again; its log says why',
    ),
    CTIOS_CLIENT_CERTIFICATE: code(
      'the `ctios-server` wants a client certificate that it trusts',
      'give the TLS settings of the session one',
    ),
    CTIOS_ORIGIN: code(
      'a web page of an origin that the `ctios-server` does not let in',
      'allow the origin on the server',
    ),
    CTIOS_TOO_MANY_CLIENTS: code(
      'the `ctios-server` has as many clients as it takes',
      'share a session, or raise the limit',
    ),
    CTIOS_TOO_MANY_MONITOR_SESSIONS: code(
      'the `ctios-server` has as many monitor sessions as it takes',
      'share a session, or raise `--max-monitor-sessions`',
    ),
  },
  'A connection that was lost': {
    CTIOS_OFFLINE: code(
      'the CTI Server is not there',
      'set *Wait for link*, or send it again when the session is green',
    ),
    CTIOS_NOT_CONNECTED: code(
      'the session is not connected',
      'set *Wait for link*, or send it again when the session is green',
    ),
    CTIOS_DISCONNECTED: code('the session was disconnected while a request was under way', 'connect again'),
    CTIOS_CLOSED: code('the session was closed, by a deploy or by a program', 'nothing, if that was meant'),
    CTIOS_LINK_CLOSED: code('the CTI Server closed the connection', 'nothing: it is reached again by itself'),
    CTIOS_LINK_SILENT: code(
      'the CTI Server has not answered heartbeats',
      'nothing: it is reached again by itself; the network, if it happens often',
    ),
    CTIOS_SIDE_SWITCHED: code(
      'the other side has become active',
      'nothing: [recovery](recovery.md) tells what a flow sees',
    ),
    CTIOS_SERVER_STOPS: code('the `ctios-server` is being stopped', 'nothing: the other one is used'),
    CTIOS_CLIENT_SILENT: code(
      'a `ctios-server` has heard nothing of this client',
      'the network, or a Node-RED that was blocked',
    ),
    CTIOS_CLIENT_TOO_SLOW: code(
      'the client does not read what the `ctios-server` sends',
      'a narrower message filter, or a faster flow',
    ),
  },
  Requests: {
    CTIOS_ANSWER_TIMEOUT: code('no answer in the time given', '`ctios-query` tells how the call or agent is now'),
    CTIOS_OUTCOME_UNKNOWN: code('sent, then the link was lost', '`ctios-query` tells how the call or agent is now'),
    CTIOS_NO_FOLLOW_ON: code(
      'confirmed, but the event that shows that it was done did not come in time',
      'complete on the confirmation, or give it more time',
    ),
    CTIOS_FAILED: code('refused without a reason', "the server's log"),
    CTIOS_INTERNAL: code('a fault of this pack', 'report it, with the text'),
    CTIOS_CONTROL_NOT_ALLOWED: code(
      'a monitor session only watches',
      'tick *Allow control from monitor mode* in the session; on a `ctios-server` also `--allow-monitor-control`',
    ),
    CTIOS_NOT_ALLOWED: code(
      'an agent-mode session acts for its own agent; supervisors for their team',
      'a session for that agent, or monitor mode with control',
    ),
    CTIOS_NOT_SUPERVISOR: code('only a supervisor may ask for this', 'a session of a supervisor'),
    CTIOS_NO_OBJECT: code(
      'nothing says which call or agent is meant, or it is gone',
      'put `AgentID` or `UniqueObjectID` into the payload, or name it in the dialog',
    ),
    CTIOS_OTHER_SESSION: code('the message comes from another session', 'use one session along the wire'),
    CTIOS_BAD_PAYLOAD: code('`msg.payload` is not an object', 'a *change* or *function* node before it'),
    CTIOS_INVALID_ARGUMENT: code(
      'an argument is of the wrong type or too long; the text names it and the limit',
      'correct it',
    ),
    CTIOS_MISSING_ARGUMENT: code(
      'an argument is missing; the text names it',
      'give it in the dialog or in `msg.payload`',
    ),
    CTIOS_DUPLICATE_ARGUMENT: code('an argument is there twice, in different case', 'keep one of them'),
    CTIOS_UNKNOWN_REQUEST: code('no request has that name', 'the list in the dialog of `ctios-request`'),
    CTIOS_DUPLICATE_REQUEST: code('a client used a request id twice', 'number requests anew'),
    CTIOS_TOO_MANY_WAITING: code('too many requests or messages wait already', 'send less at a time'),
    CTIOS_TOO_MANY_REQUESTS: code(
      'the `ctios-server` takes no more requests a second of one client',
      'a *delay* node with a rate limit',
    ),
    CTIOS_NOT_PASSED_ON: code(
      'the message holds something that cannot be copied for several wires',
      'take it out of the message; the text names the reason',
    ),
    CTIOS_NODE_CLOSED: code('a deploy took the node down while it waited', 'send it again'),
    CTIOS_NO_MODE: code('the session has no mode yet', '`SetAgent` or `SetMessageFilter` first'),
    CTIOS_MODE_PENDING: code('the mode of the session is not established yet', 'wait for the green status'),
    CTIOS_SUPERSEDED: code('the mode was chosen again before it was established', 'nothing: the later choice holds'),
    CTIOS_AGENT_ALREADY_LOGGED_IN: code('the agent is logged in already', 'nothing, or log the agent out first'),
    CTIOS_AGENT_NOT_LOGGED_IN: code('the agent is not logged in', 'log the agent in first'),
    CTIOS_NO_RECIPIENT: code(
      'nobody is there to receive the chat or the request to listen',
      'wait until the other agent has a desktop',
    ),
    CTIOS_BAD_MESSAGE: code('what was received is no message of the protocol', 'use a client of the same version'),
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
      'correct what the answer names, then *send again* in the sidebar',
    ),
    CTIOS_DELIVERY_EXPIRED: code(
      'the delivery was not made within the time set in *Give up after*',
      'look at the receiver, then *send again* in the sidebar',
    ),
    CTIOS_DELIVERY_REDIRECT: code(
      'the receiver redirects to another host, in a loop, or nowhere',
      'enter the new URL in the node',
    ),
    CTIOS_DELIVERY_DISCARDED: code('a person discarded the delivery in the sidebar', 'nothing, if that was meant'),
    CTIOS_TOKEN_REFUSED: code(
      'the token URL gave no token',
      'client ID, client secret, scope and token URL of the node; waiting deliveries go on afterwards',
    ),
    CTIOS_STORE_FULL: code('the disk is full, or the delivery store has reached 4 GiB', 'free disk space'),
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
    CTIOS_STORE_FAILED: code('the delivery store failed for another reason; the text names it', 'the disk'),
  },
  'Between the servers of a pair': {
    CTIOS_PEER_LOST: code('the link to the other `ctios-server` was lost', 'nothing: it is made again by itself'),
    CTIOS_PEER_SILENT: code('the other `ctios-server` has not answered heartbeats', 'the network between them'),
    CTIOS_PEER_STALLED: code('the other `ctios-server` does not read what it is sent', 'look at its load'),
    CTIOS_PEER_TIMEOUT: code('the other `ctios-server` has not answered in time', 'look at its load'),
    CTIOS_PEER_BUSY: code('too much is under way between the two', 'send it again later'),
    CTIOS_PEER_NOT_PROVEN: code('the other end is not the peer that was named', 'secret and certificate of the peers'),
    CTIOS_PEER_IS_SELF: code('a `ctios-server` was named as its own peer', "the other one's address"),
    CTIOS_PEER_DOUBLED: code('the two are linked already', 'nothing'),
    CTIOS_PEER_UNKNOWN_ASK: code('the peer does not know what it was asked', 'install the same version on both'),
  },
  'The simulated contact center': {
    SIM_UNKNOWN_COMMAND: code(
      'no command has that name; the text says what may have been meant',
      'the list in the dialog of `ctios-simulate`',
    ),
    SIM_BAD_ARGUMENT: code('an argument of a command is missing or wrong; the text names it', 'correct it'),
    SIM_NOT_FOUND: code('there is no such agent, call or phone', 'the commands `agents` and `calls` list them'),
    SIM_REFUSED: code('the simulated switch refused, as a real one would', 'the text says why'),
  },
};

/** The codes that come from elsewhere, by how they begin. */
export const foreignCodes: Codes = {
  'CF_…': code(
    'the switch refused the request (ControlFailureCode)',
    "`cause.peripheralErrorCode` says why in the switch's own words, for example 10108: that change of state is not allowed",
  ),
  'E_CTI_…': code(
    'the CTI Server refused',
    '`E_CTI_INVALID_PASSWORD`: client ID or password; `E_CTI_INVALID_VERSION`: leave the protocol version blank; `E_CTI_NEW_SESSION_OPENED`: another client uses this client ID; `E_CTI_FUNCTION_NOT_AVAILABLE`: ask the administrator for the service',
  ),
  'E_CTIOS_…': code('CTI OS refused: the object or the session is not in a state for it', 'the text says which'),
};

/** The page of all of them. */
export function errorCodesPage(made: string): string {
  const table = (codes: Codes): string =>
    ['| code | what happened | what to do |', '|---|---|---|']
      .concat(Object.entries(codes).map(([name, { happened, todo }]) => `| \`${name}\` | ${happened} | ${todo} |`))
      .join('\n');
  const sections = Object.entries(errorCodes).map(([title, codes]) => `## ${title}\n\n${table(codes)}`);
  return `${made}# Error codes

A *catch* node finds the code in \`msg.error.code\`, what is known about it in \`msg.error.cause\`, and a sentence in
\`msg.error.message\`. The sentences are English in every language of the editor, so that logs can be searched and read by whoever
helps: route on the code, which does not change, and use this list for your own words. \`cause.outcome\` says whether a request may be
sent again ([troubleshooting](troubleshooting.md)).

${sections.join('\n\n')}

## Codes of the contact center

${table(foreignCodes)}
`;
}
