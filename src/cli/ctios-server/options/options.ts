/**
 * The options of `ctios-server`. The command line, the configuration file, `--help` and the validation are all derived
 * from this table. It contains no secrets: they are read from the environment or from files, never from a command line,
 * which every user of the machine can see.
 */

import { caFile, clientCertificate, ctiServerOptions, keyOfCertificate } from '../../common-options.js';
import { type ConfigOf, defineOptions } from '../../option-definition.js';
import { deskOptions } from './desk-options.js';
import { natsOptions } from './nats-options.js';

export const options = defineOptions({
  'cti-server': ctiServerOptions['cti-server'],
  'client-id': {
    type: 'text',
    group: 'CTI Server',
    placeholder: 'id',
    fallback: 'ctios-server',
    about: 'client ID, unique on the CTI Server; use a different one for each server of a pair',
  },
  'client-password-file': ctiServerOptions['client-password-file'],
  peripheral: {
    type: 'number',
    group: 'CTI Server',
    placeholder: 'id',
    fallback: 5000,
    min: 0,
    max: 0xffffffff,
    about: 'default peripheral for requests that name none',
  },
  agents: {
    type: 'list',
    group: 'CTI Server',
    placeholder: 'id,id,…',
    about: 'agent IDs to look up at start (protocol below 19 does not list agents)',
  },
  'protocol-version': ctiServerOptions['protocol-version'],
  charset: ctiServerOptions.charset,
  'cti-heartbeat': {
    type: 'number',
    group: 'CTI Server',
    placeholder: 'ms',
    min: 5_000,
    max: 600_000,
    fallback: 5_000,
    about: 'send a heartbeat after this much silence of the link',
  },
  'exit-on-refusal': {
    type: 'flag',
    group: 'CTI Server',
    about:
      'exit with code 3 when the CTI Server refuses the session for good, so that a supervisor can restart the process',
  },
  'cti-tls': { type: 'flag', group: 'CTI Server', about: 'TLS to the CTI Server' },
  'cti-ca': caFile('CTI Server', "the CTI Server's"),
  'cti-cert': clientCertificate('CTI Server'),
  'cti-key': keyOfCertificate('CTI Server'),
  'cti-server-name': {
    type: 'text',
    group: 'CTI Server',
    placeholder: 'name',
    about: "name in the CTI Server's certificate, if it differs from the host",
  },

  listen: {
    type: 'endpoint',
    group: 'Clients',
    placeholder: '[host:]port',
    fallback: '127.0.0.1:42028',
    about: 'address and port for clients',
  },
  'tls-cert': {
    type: 'file',
    group: 'Clients',
    placeholder: 'file',
    about: 'server certificate (PEM); clients then use wss:',
  },
  'tls-key': keyOfCertificate('Clients'),
  'tls-ca': {
    type: 'file',
    group: 'Clients',
    placeholder: 'file',
    about: 'CA certificates (PEM); clients must present a certificate signed by one of them',
  },
  origins: {
    type: 'list',
    group: 'Clients',
    placeholder: 'origin,…',
    about: 'origins of web pages that may connect; none by default',
  },
  'max-connections': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 1,
    max: 1_000_000,
    fallback: 10_000,
    about: 'maximum number of clients',
  },
  'max-queue': {
    type: 'number',
    group: 'Clients',
    placeholder: 'bytes',
    min: 1024,
    max: 1024 ** 3,
    fallback: 8 * 1024 ** 2,
    about: 'bytes queued for a slow client before it is disconnected',
  },
  'max-connections-per-address': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 1,
    max: 1_000_000,
    fallback: 5_000,
    about: 'maximum number of clients from one address (with IPv6, from one /64 network)',
  },
  'max-greeting': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 1,
    max: 1_000_000,
    fallback: 1_000,
    about: 'clients that stay silent after they have connected',
  },
  'max-request-rate': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 1,
    max: 1_000_000,
    fallback: 500,
    about: 'requests per second of one client; bursts of up to 1000 are accepted',
  },
  heartbeat: {
    type: 'number',
    group: 'Clients',
    placeholder: 'ms',
    min: 0,
    max: 3_600_000,
    fallback: 60_000,
    about: 'send a heartbeat after this much client silence; 0 disables heartbeats',
  },
  'heartbeat-retries': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 0,
    max: 100,
    fallback: 5,
    about: 'unanswered heartbeats before the client is disconnected',
  },

  peer: {
    type: 'urls',
    group: 'Peers',
    placeholder: 'ws[s]://host:port,…',
    about: 'peer URLs of the other servers on the same CTI Servers, to deliver messages to agents there',
  },
  'peer-listen': {
    type: 'endpoint',
    group: 'Peers',
    placeholder: '[host:]port',
    about: 'address and port for peers; off by default; uses the TLS settings for clients',
  },
  'peer-secret-file': {
    type: 'file',
    group: 'Peers',
    placeholder: 'file',
    about: 'file with the secret that all peers share, at least 16 characters; or in CTIOS_PEER_SECRET',
  },
  'peer-ca': {
    type: 'file',
    group: 'Peers',
    placeholder: 'file',
    about: "CA certificates (PEM) to verify a peer's certificate against; default: those that Node.js trusts",
  },

  ...natsOptions,

  'agent-passwords': {
    type: 'file',
    group: 'Access control',
    placeholder: 'file',
    about: 'file with one line per agent, made with --make-agent-password; reloaded when it changes',
  },
  'agent-check': {
    type: 'text',
    group: 'Access control',
    placeholder: 'url',
    about: 'URL that checks passwords instead: POST {peripheralId, agentId, password}; 2xx accepts, 401 or 403 rejects',
  },
  'agent-check-ca': {
    type: 'file',
    group: 'Access control',
    placeholder: 'file',
    about: 'CA certificates (PEM) to verify the certificate of --agent-check against',
  },
  'agent-check-token-file': {
    type: 'file',
    group: 'Access control',
    placeholder: 'file',
    about: 'file with the bearer token for --agent-check; or in CTIOS_AGENT_CHECK_TOKEN',
  },
  'unproven-agents': {
    type: 'flag',
    group: 'Access control',
    about: 'skip agent authentication: anyone who can connect can act as any agent',
  },
  'allow-monitor-control': {
    type: 'flag',
    group: 'Access control',
    about: 'allow monitor-mode clients to control calls and agents',
  },
  'max-monitor-sessions': {
    type: 'number',
    group: 'Access control',
    placeholder: 'n',
    min: 0,
    max: 1_000_000,
    about: 'maximum number of monitor-mode clients; no limit by default',
  },
  'monitor-password-file': {
    type: 'file',
    group: 'Access control',
    placeholder: 'file',
    about: 'file with the password for monitor mode; or in CTIOS_MONITOR_PASSWORD; none by default',
  },
  'agent-chat-level': {
    type: 'choice',
    group: 'Access control',
    placeholder: 'level',
    choices: ['disabled', 'primarySupervisor', 'teamSupervisors', 'team', 'unrestricted'],
    fallback: 'teamSupervisors',
    about: 'who agents can send chat messages to',
  },
  'supervisor-chat-level': {
    type: 'choice',
    group: 'Access control',
    placeholder: 'level',
    choices: ['disabled', 'team', 'unrestricted'],
    fallback: 'unrestricted',
    about: 'who supervisors can send chat messages to',
  },
  'silent-monitoring': {
    type: 'choice',
    group: 'Access control',
    placeholder: 'way',
    choices: ['unifiedCm', 'ctios'],
    fallback: 'unifiedCm',
    about: 'how supervisors listen: through the switch, or through audio sent between desktops',
  },
  'force-logout': {
    type: 'flag',
    group: 'Access control',
    about: 'log out agents whose client disconnects unexpectedly',
  },

  ...deskOptions,

  name: {
    type: 'text',
    group: 'Operation',
    placeholder: 'name',
    fallback: 'ctios-server',
    about: 'name of this server, as shown to clients',
  },
  health: {
    type: 'endpoint',
    group: 'Operation',
    placeholder: '[host:]port',
    about: '/healthz and /metrics; off by default',
  },
  'audit-log': {
    type: 'text',
    group: 'Operation',
    placeholder: 'file',
    about: 'file for the audit log, one line per request: who, what, result; off by default',
  },
  record: {
    type: 'text',
    group: 'Operation',
    placeholder: 'file',
    about:
      'record the last frames of the link to the CTI Server; written as pcapng when the server stops and on SIGUSR2',
  },
  'record-mode': {
    type: 'choice',
    group: 'Operation',
    placeholder: 'mode',
    choices: ['on', 'on-fault'],
    fallback: 'on',
    about: 'on-fault also writes the file, with the frames before it, when a connection is lost or dropped',
  },
  'support-bundle': {
    type: 'text',
    group: 'Operation',
    placeholder: 'file',
    about:
      'write a support bundle (tar.gz) on SIGUSR2: versions, settings without secrets, status, log, redacted recording',
  },
  'record-personal-data': {
    type: 'flag',
    group: 'Operation',
    about: 'write numbers, names and call data as they are, instead of pseudonyms; passwords are never written',
  },
  quiet: { type: 'flag', group: 'Operation', about: 'log warnings and errors only' },
});

export type OptionName = keyof typeof options;

/** The values of all the options. */
export type Config = ConfigOf<typeof options>;
