/** Everything that the doctor may find, in one table: which check it belongs to, how bad it is, and whom to ask for what. */

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

/** `note`: nothing is wrong, but it is worth knowing. */
export type Severity = 'ok' | 'note' | 'warning' | 'error';

interface FindingDefinition {
  readonly check: Check;
  readonly severity: Severity;
  /** What to do, and whom to ask for what; absent where there is nothing to do. */
  readonly todo?: string;
}

const CTI_ADMIN = 'ask the administrator of the CTI Server';
const NETWORK = 'ask the network administrator';

const define = <const Table extends Record<string, FindingDefinition>>(table: Table): Table => table;

export const FINDINGS = define({
  'name-resolved': { check: 'name', severity: 'ok' },
  'name-unknown': {
    check: 'name',
    severity: 'error',
    todo: `${NETWORK}: a DNS entry for the name; or use the IP address`,
  },
  'dns-no-answer': {
    check: 'name',
    severity: 'error',
    todo: `${NETWORK}: why the DNS server does not answer this machine`,
  },

  'tcp-connected': { check: 'tcp', severity: 'ok' },
  'port-closed': {
    check: 'tcp',
    severity: 'error',
    todo: `${CTI_ADMIN}: the port of the CTI Server on this side, and whether its process runs`,
  },
  'no-route': { check: 'tcp', severity: 'error', todo: `${NETWORK}: a route from this machine to the CTI Server` },
  'tcp-no-answer': {
    check: 'tcp',
    severity: 'error',
    todo: `${NETWORK}: a firewall rule for TCP from this machine to this address and port`,
  },
  'tcp-failed': { check: 'tcp', severity: 'error', todo: NETWORK },

  'tls-ok': { check: 'tls', severity: 'ok' },
  'tls-expiring': {
    check: 'tls',
    severity: 'warning',
    todo: `${CTI_ADMIN}: a new certificate, before this one expires`,
  },
  'tls-expired': { check: 'tls', severity: 'error', todo: `${CTI_ADMIN}: a certificate that is valid` },
  'tls-not-trusted': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN}: the certificate of the authority that signed it; give it with --tls-ca`,
  },
  'tls-wrong-name': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN}: a certificate for this name; or connect to the name that it is for (--tls-server-name)`,
  },
  'tls-client-certificate': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN}: a client certificate that the CTI Server accepts; give it with --tls-cert and --tls-key`,
  },
  'tls-version': { check: 'tls', severity: 'error', todo: `${CTI_ADMIN}: TLS 1.2 or 1.3 on the CTI Server` },
  'tls-not-spoken': {
    check: 'tls',
    severity: 'error',
    todo: `${CTI_ADMIN}: the port for TLS; without --tls this port may work`,
  },
  'tls-expected': { check: 'tls', severity: 'error', todo: 'use --tls, or ask for the port without TLS' },
  'tls-failed': { check: 'tls', severity: 'error', todo: CTI_ADMIN },

  'cti-server-answers': { check: 'answer', severity: 'ok' },
  'no-cti-answer': {
    check: 'answer',
    severity: 'error',
    todo: `${CTI_ADMIN}: whether this is the port of the CTI Server, and whether it expects TLS`,
  },
  'another-protocol': { check: 'answer', severity: 'error', todo: `${CTI_ADMIN}: the port of the CTI Server` },
  'closed-at-once': {
    check: 'answer',
    severity: 'error',
    todo: `${CTI_ADMIN}: whether this machine may connect, and what the log of the CTI Server says`,
  },
  'refused-otherwise': {
    check: 'answer',
    severity: 'error',
    todo: `${CTI_ADMIN}: what the log of the CTI Server says of this client`,
  },

  'version-negotiated': { check: 'version', severity: 'ok' },
  'version-unsupported': {
    check: 'version',
    severity: 'error',
    todo: `${CTI_ADMIN}: the release; protocol versions 13 to 25 are supported`,
  },
  'version-not-spoken': {
    check: 'version',
    severity: 'error',
    todo: 'leave out --protocol-version, or give one that the CTI Server speaks',
  },

  'credentials-accepted': { check: 'credentials', severity: 'ok' },
  'password-refused': {
    check: 'credentials',
    severity: 'error',
    todo: `${CTI_ADMIN}: the client ID and the password that are configured for this client`,
  },
  'test-id-refused': {
    check: 'credentials',
    severity: 'error',
    todo: `${CTI_ADMIN}: whether this client ID with this password is configured; when no session runs under it, --same-id tests it`,
  },

  'id-free': { check: 'clients', severity: 'ok' },
  'id-in-use': {
    check: 'clients',
    severity: 'note',
    todo: 'nothing, if it is your own session; else choose another client ID: each has to be in one place only',
  },
  'id-fought-for': {
    check: 'clients',
    severity: 'error',
    todo: 'find the other client under this ID: each has to be in one place only',
  },
  'clients-unknown': { check: 'clients', severity: 'note' },

  'side-active': { check: 'role', severity: 'ok' },
  'side-standby': { check: 'role', severity: 'ok' },
  'not-master': {
    check: 'role',
    severity: 'error',
    todo: `${CTI_ADMIN}: the address of the other side of the pair; give both`,
  },
  'no-active-side': { check: 'role', severity: 'error', todo: `${CTI_ADMIN}: why neither side is active` },
  'cti-server-offline': { check: 'role', severity: 'error', todo: `${CTI_ADMIN}: why the CTI Server is off-line` },
  'in-maintenance': { check: 'role', severity: 'error', todo: `${CTI_ADMIN}: when the maintenance ends` },

  'services-granted': { check: 'services', severity: 'ok' },
  'services-missing': { check: 'services', severity: 'warning', todo: `${CTI_ADMIN}: the services for this client ID` },
  'services-essential': {
    check: 'services',
    severity: 'error',
    todo: `${CTI_ADMIN}: the services for this client ID; without these nothing works`,
  },

  'gateway-fine': { check: 'gateway', severity: 'ok' },
  'controller-down': {
    check: 'gateway',
    severity: 'error',
    todo: `${CTI_ADMIN}: why the peripheral gateway has lost the central controller`,
  },
  'opc-down': {
    check: 'gateway',
    severity: 'error',
    todo: `${CTI_ADMIN}: why the Open Peripheral Controller of the gateway does not run`,
  },
  'limited-function': {
    check: 'gateway',
    severity: 'warning',
    todo: `${CTI_ADMIN}: why the gateway works with limited function`,
  },

  'peripheral-online': { check: 'peripheral', severity: 'ok' },
  'peripheral-offline': {
    check: 'peripheral',
    severity: 'error',
    todo: `${CTI_ADMIN}: why the peripheral is off-line (PIM, Unified CM)`,
  },
  'peripheral-unknown': { check: 'peripheral', severity: 'error', todo: `${CTI_ADMIN}: the peripheral ID` },

  'family-cce': { check: 'family', severity: 'ok' },
  'family-ccx': {
    check: 'family',
    severity: 'note',
    todo: 'nothing: this package supports Unified CCE; Unified CCX is recognized only',
  },

  'clock-agrees': { check: 'clock', severity: 'ok' },
  'clock-differs': {
    check: 'clock',
    severity: 'warning',
    todo: 'set the clock that is wrong by a time server (NTP)',
  },

  'round-trip-short': { check: 'roundTrip', severity: 'ok' },
  'round-trip-long': { check: 'roundTrip', severity: 'warning', todo: `${NETWORK}: why the CTI Server is so far away` },
  'heartbeat-unanswered': {
    check: 'roundTrip',
    severity: 'error',
    todo: `${CTI_ADMIN}: why heartbeats are not answered`,
  },

  'agents-readable': { check: 'agents', severity: 'ok' },
  'agents-none': { check: 'agents', severity: 'note' },
  'agents-unanswered': { check: 'agents', severity: 'error', todo: `${CTI_ADMIN}: whether the gateway is overloaded` },
  'agents-refused': { check: 'agents', severity: 'error', todo: `${CTI_ADMIN}: why agents cannot be queried` },
  'agent-unknown': { check: 'agents', severity: 'error', todo: `${CTI_ADMIN}: the agent's ID and peripheral` },

  'events-flow': { check: 'events', severity: 'ok' },
  'events-none': { check: 'events', severity: 'note' },
  'session-lost': { check: 'events', severity: 'error', todo: `${CTI_ADMIN}: why the CTI Server ends the session` },

  'messages-understood': { check: 'messages', severity: 'ok' },
  'messages-odd': {
    check: 'messages',
    severity: 'note',
    todo: 'send a support bundle, so that these messages are understood',
  },
  'messages-broken': {
    check: 'messages',
    severity: 'error',
    todo: `${NETWORK}: what between the two machines changes bytes`,
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
