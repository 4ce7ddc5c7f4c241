/** All findings of the doctor in one table: the check, the severity, and what to do or whom to ask. */

/** The checks, in the order in which they are made. */
export const CHECKS = {
  name: 'Name resolution',
  tcp: 'TCP connection',
  tls: 'TLS',
  answer: 'CTI Server answers',
  version: 'Protocol version',
  credentials: 'Client ID and password',
  clients: 'Client ID in use',
  role: 'Active side',
  services: 'Services',
  gateway: 'Peripheral gateway',
  peripheral: 'Peripheral',
  family: 'Product family',
  clock: 'Clock',
  roundTrip: 'Round trip',
  agents: "Agents' states",
  events: 'Event flow',
  messages: 'Messages',
} as const;
export type Check = keyof typeof CHECKS;

/** `note`: not a problem, but worth knowing. */
export type Severity = 'ok' | 'note' | 'warning' | 'error';

interface FindingDefinition {
  readonly check: Check;
  readonly severity: Severity;
  /** What to do or whom to ask; absent if no action is needed. */
  readonly todo?: string;
  /** The same for a session's dialog, where there are no options of a command. */
  readonly inDialog?: string;
}

const CTI_ADMIN = 'ask the administrator of the CTI Server';
const NETWORK = 'ask the network administrator';

const define = <const Table extends Record<string, FindingDefinition>>(table: Table): Table => table;

export const FINDINGS = define({
  'name-resolved': { check: 'name', severity: 'ok' },
  'name-unknown': {
    check: 'name',
    severity: 'error',
    todo: `${NETWORK} for a DNS entry for this name, or use the IP address`,
  },
  'dns-no-answer': {
    check: 'name',
    severity: 'error',
    todo: `${NETWORK} why the DNS server does not respond to this machine`,
  },

  'tcp-connected': { check: 'tcp', severity: 'ok' },
  'port-closed': {
    check: 'tcp',
    severity: 'error',
    todo: `${CTI_ADMIN} for the port of the CTI Server on this side, and whether its process is running`,
  },
  'no-route': { check: 'tcp', severity: 'error', todo: `${NETWORK} for a route from this machine to the CTI Server` },
  'tcp-no-answer': {
    check: 'tcp',
    severity: 'error',
    todo: `${NETWORK} for a firewall rule that allows TCP from this machine to this address and port`,
  },
  'tcp-failed': { check: 'tcp', severity: 'error', todo: NETWORK },

  'tls-ok': { check: 'tls', severity: 'ok' },
  'tls-expiring': {
    check: 'tls',
    severity: 'warning',
    todo: `${CTI_ADMIN} for a new certificate before this one expires`,
  },
  'tls-expired': { check: 'tls', severity: 'error', todo: `${CTI_ADMIN} for a valid certificate` },
  'tls-not-trusted': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN} for the certificate of the issuing authority, and pass it with --tls-ca`,
    inDialog: `${CTI_ADMIN} for the certificate of the issuing authority, and add it as CA certificate to the TLS configuration of the session`,
  },
  'tls-wrong-name': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN} for a certificate with this name, or set the name in the certificate with --tls-server-name`,
    inDialog: `${CTI_ADMIN} for a certificate with this name, or enter the name in the certificate as server name in the TLS configuration`,
  },
  'tls-client-certificate': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN} for a client certificate that the CTI Server accepts, and pass it with --tls-cert and --tls-key`,
    inDialog: `${CTI_ADMIN} for a client certificate that the CTI Server accepts, and add it to the TLS configuration of the session`,
  },
  'tls-version': { check: 'tls', severity: 'error', todo: `${CTI_ADMIN} to enable TLS 1.2 or 1.3 on the CTI Server` },
  'tls-not-spoken': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN} for the TLS port, or try this port without --tls`,
    inDialog: `${CTI_ADMIN} for the TLS port, or select no TLS configuration`,
  },
  'tls-expected': {
    check: 'tls',
    severity: 'error',
    todo: 'use --tls, or ask for the port without TLS',
    inDialog: 'select a TLS configuration in the dialog, or ask for the port without TLS',
  },
  'tls-own-settings': {
    check: 'tls',
    severity: 'error',
    todo: 'check the files that you gave: --tls-cert, --tls-key and --tls-ca',
    inDialog: 'check the certificate, the private key and the CA certificate in the TLS configuration of the session',
  },
  'tls-no-answer': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN} for the TLS port, and whether its process responds; or try this port without --tls`,
    inDialog: `${CTI_ADMIN} for the TLS port, and whether its process responds; or select no TLS configuration`,
  },
  'tls-failed': { check: 'tls', severity: 'error', todo: `${CTI_ADMIN} why the TLS handshake fails` },

  'cti-server-answers': { check: 'answer', severity: 'ok' },
  'no-cti-answer': {
    check: 'answer',
    severity: 'error',
    todo: `${CTI_ADMIN} whether this is the port of the CTI Server, and whether its process responds`,
  },
  'another-protocol': { check: 'answer', severity: 'error', todo: `${CTI_ADMIN} for the port of the CTI Server` },
  'closed-at-once': {
    check: 'answer',
    severity: 'error',
    todo: `${CTI_ADMIN} whether this machine is allowed to connect, and what the log of the CTI Server shows`,
  },
  'answer-odd': {
    check: 'answer',
    severity: 'error',
    todo: `${CTI_ADMIN} which program answers on this port, and whether a proxy is in between: a session is not possible with such responses`,
  },
  'refused-otherwise': {
    check: 'answer',
    severity: 'error',
    todo: `${CTI_ADMIN} what the log of the CTI Server shows for this client`,
  },

  'version-negotiated': { check: 'version', severity: 'ok' },
  'version-unsupported': {
    check: 'version',
    severity: 'error',
    todo: `${CTI_ADMIN} for the release; protocol versions 13 to 25 are supported`,
  },
  'version-not-spoken': {
    check: 'version',
    severity: 'error',
    todo: 'omit --protocol-version, or use a version that the CTI Server supports',
    inDialog: 'leave the protocol version blank, or enter one that the CTI Server supports',
  },

  'credentials-accepted': { check: 'credentials', severity: 'ok' },
  'password-refused': {
    check: 'credentials',
    severity: 'error',
    todo: `${CTI_ADMIN} for the client ID and the password that are configured for this client`,
  },
  'test-id-refused': {
    check: 'credentials',
    severity: 'error',
    todo: `${CTI_ADMIN} whether this client ID is configured with this password; when no session is using the original ID, test it with --same-id`,
    inDialog: `${CTI_ADMIN} whether this client ID is configured with this password. If only configured client IDs are admitted, deploy instead: the status of the session shows whether it connects`,
  },

  'id-free': { check: 'clients', severity: 'ok' },
  'id-in-use': {
    check: 'clients',
    severity: 'note',
    todo: 'none if it is your own session; otherwise choose another client ID, because each ID can be used in one place only',
  },
  'id-fought-for': {
    check: 'clients',
    severity: 'error',
    todo: 'find the other client with this ID, because each ID can be used in one place only',
  },
  'clients-unknown': { check: 'clients', severity: 'note' },

  'side-active': { check: 'role', severity: 'ok' },
  'side-standby': { check: 'role', severity: 'ok' },
  'not-master': {
    check: 'role',
    severity: 'error',
    todo: `${CTI_ADMIN} for the address of the other side of the pair, and specify both`,
  },
  'no-active-side': { check: 'role', severity: 'error', todo: `${CTI_ADMIN} why neither side is active` },
  'cti-server-offline': { check: 'role', severity: 'error', todo: `${CTI_ADMIN} why the CTI Server is offline` },
  'in-maintenance': { check: 'role', severity: 'error', todo: `${CTI_ADMIN} when the maintenance ends` },

  'services-granted': { check: 'services', severity: 'ok' },
  'services-missing': {
    check: 'services',
    severity: 'warning',
    todo: `${CTI_ADMIN} to grant this client ID the services`,
  },
  'services-essential': {
    check: 'services',
    severity: 'error',
    todo: `${CTI_ADMIN} to grant this client ID the services; nothing works without them`,
  },

  'gateway-fine': { check: 'gateway', severity: 'ok' },
  'controller-down': {
    check: 'gateway',
    severity: 'error',
    todo: `${CTI_ADMIN} why the peripheral gateway has lost the central controller`,
  },
  'opc-down': {
    check: 'gateway',
    severity: 'error',
    todo: `${CTI_ADMIN} why the Open Peripheral Controller of the gateway is not running`,
  },
  'limited-function': {
    check: 'gateway',
    severity: 'warning',
    todo: `${CTI_ADMIN} why the gateway has limited function`,
  },

  'peripheral-online': { check: 'peripheral', severity: 'ok' },
  'peripheral-offline': {
    check: 'peripheral',
    severity: 'error',
    todo: `${CTI_ADMIN} why the peripheral is offline (PIM, Unified CM)`,
  },
  'peripheral-unknown': { check: 'peripheral', severity: 'error', todo: `${CTI_ADMIN} for the peripheral ID` },

  'family-cce': { check: 'family', severity: 'ok' },
  'family-ccx': {
    check: 'family',
    severity: 'note',
    todo: 'none; this package supports Unified CCE and only recognizes Unified CCX',
  },

  'clock-agrees': { check: 'clock', severity: 'ok' },
  'clock-differs': {
    check: 'clock',
    severity: 'warning',
    todo: 'synchronize both clocks with a time server (NTP)',
  },

  'round-trip-short': { check: 'roundTrip', severity: 'ok' },
  'round-trip-long': {
    check: 'roundTrip',
    severity: 'warning',
    todo: `${NETWORK} why the round trip to the CTI Server takes so long`,
  },
  'heartbeat-unanswered': {
    check: 'roundTrip',
    severity: 'error',
    todo: `${CTI_ADMIN} why heartbeats are not answered`,
  },

  'agents-readable': { check: 'agents', severity: 'ok' },
  'agents-none': {
    check: 'agents',
    severity: 'note',
    todo: 'none; to check that agents can be queried, name one with --agents',
    inDialog: 'none; to check that agents can be queried, enter one under agents to look up at start',
  },
  'agents-unanswered': { check: 'agents', severity: 'error', todo: `${CTI_ADMIN} whether the gateway is overloaded` },
  'agents-refused': { check: 'agents', severity: 'error', todo: `${CTI_ADMIN} why agents cannot be queried` },
  'agent-unknown': { check: 'agents', severity: 'error', todo: `${CTI_ADMIN} for the agent's ID and peripheral` },

  'events-flow': { check: 'events', severity: 'ok' },
  'events-none': { check: 'events', severity: 'note' },
  'session-lost': { check: 'events', severity: 'error', todo: `${CTI_ADMIN} why the CTI Server ended the session` },

  'messages-understood': { check: 'messages', severity: 'ok' },
  'messages-odd': {
    check: 'messages',
    severity: 'note',
    todo: 'send a support bundle, so that a later version can support these messages',
  },
  'messages-broken': {
    check: 'messages',
    severity: 'error',
    todo: `${NETWORK} which device between the two machines modifies the data`,
  },
});
export type FindingCode = keyof typeof FINDINGS;

export interface Finding {
  readonly side: 'A' | 'B';
  readonly check: Check;
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly todo?: string;
}

export function finding(side: 'A' | 'B', code: FindingCode, message: string): Finding {
  const { check, severity, todo } = FINDINGS[code] as FindingDefinition;
  return { side, check, code, severity, message, ...(todo === undefined ? {} : { todo }) };
}

/** The finding with what to do in the dialog of a session. */
export function inDialog(found: Finding): Finding {
  const { inDialog: todo } = FINDINGS[found.code] as FindingDefinition;
  return todo === undefined ? found : { ...found, todo };
}
