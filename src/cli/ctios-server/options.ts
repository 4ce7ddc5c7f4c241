/**
 * What `ctios-server` can be told. The command line, the configuration file, `--help` and the checks are all derived
 * from this table. Secrets are not in it: they come from the environment or from files, never from a command line,
 * which everybody on the machine can read.
 */

import { deskOptions } from './desk-options.js';
import { type ConfigOf, defineOptions } from './option-definition.js';

export const options = defineOptions({
  'cti-server': {
    type: 'endpoints',
    group: 'CTI Server',
    placeholder: 'hostA:port[,hostB:port]',
    about: 'the CTI Server, side A and, where there is one, side B (required)',
  },
  'client-id': {
    type: 'text',
    group: 'CTI Server',
    placeholder: 'id',
    fallback: 'ctios-server',
    about: 'client ID, unique on the CTI Server; each server of a pair has its own',
  },
  'client-password-file': {
    type: 'file',
    group: 'CTI Server',
    placeholder: 'file',
    about: 'file with the password of the client ID; or in CTIOS_CLIENT_PASSWORD',
  },
  peripheral: {
    type: 'number',
    group: 'CTI Server',
    placeholder: 'id',
    fallback: 5000,
    min: 0,
    max: 0xffffffff,
    about: 'peripheral that requests concern when they name none',
  },
  agents: {
    type: 'list',
    group: 'CTI Server',
    placeholder: 'id,id,…',
    about: 'agents to ask for at a start, where nothing lists them',
  },
  'protocol-version': {
    type: 'number',
    group: 'CTI Server',
    placeholder: 'n',
    min: 13,
    max: 25,
    about: 'protocol version to insist upon; by default the newest that both know',
  },
  charset: {
    type: 'text',
    group: 'CTI Server',
    placeholder: 'name',
    about: 'encoding of text outside ASCII on the link: latin1 (the default), utf8, windows-1252, shift_jis …',
  },
  'cti-heartbeat': {
    type: 'number',
    group: 'CTI Server',
    placeholder: 'ms',
    min: 5_000,
    max: 600_000,
    fallback: 5_000,
    about: 'silence of the link after which a heartbeat is sent',
  },
  'exit-on-refusal': {
    type: 'flag',
    group: 'CTI Server',
    about:
      'exit with code 3 when the CTI Server refuses the session for good, so that a supervisor can restart the process',
  },
  'cti-tls': { type: 'flag', group: 'CTI Server', about: 'TLS to the CTI Server' },
  'cti-ca': {
    type: 'file',
    group: 'CTI Server',
    placeholder: 'file',
    about: "certificates (PEM) that the CTI Server's has to be signed by",
  },
  'cti-cert': { type: 'file', group: 'CTI Server', placeholder: 'file', about: 'client certificate (PEM)' },
  'cti-key': { type: 'file', group: 'CTI Server', placeholder: 'file', about: 'its key (PEM)' },
  'cti-server-name': {
    type: 'text',
    group: 'CTI Server',
    placeholder: 'name',
    about: "name in the CTI Server's certificate, where it is not the host",
  },

  listen: {
    type: 'endpoint',
    group: 'Clients',
    placeholder: '[host:]port',
    fallback: '127.0.0.1:42028',
    about: 'where clients connect',
  },
  'tls-cert': { type: 'file', group: 'Clients', placeholder: 'file', about: 'certificate (PEM): clients use wss:' },
  'tls-key': { type: 'file', group: 'Clients', placeholder: 'file', about: 'its key (PEM)' },
  'tls-ca': {
    type: 'file',
    group: 'Clients',
    placeholder: 'file',
    about: 'certificates (PEM) that clients have to show one signed by',
  },
  origins: {
    type: 'list',
    group: 'Clients',
    placeholder: 'origin,…',
    about: 'web pages that may connect, by origin; none by default',
  },
  'max-connections': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 1,
    max: 1_000_000,
    fallback: 10_000,
    about: 'clients at a time',
  },
  'max-queue': {
    type: 'number',
    group: 'Clients',
    placeholder: 'bytes',
    min: 1024,
    max: 1024 ** 3,
    fallback: 8 * 1024 ** 2,
    about: 'what may wait for a client that does not read, before it is closed',
  },
  'max-connections-per-address': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 1,
    max: 1_000_000,
    fallback: 5_000,
    about: 'clients of one address at a time (of one /64 network, with IPv6)',
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
    about: 'requests of one client a second; 1000 may come at once',
  },
  heartbeat: {
    type: 'number',
    group: 'Clients',
    placeholder: 'ms',
    min: 0,
    max: 3_600_000,
    fallback: 60_000,
    about: 'silence of a client after which it is asked whether it lives; 0 never',
  },
  'heartbeat-retries': {
    type: 'number',
    group: 'Clients',
    placeholder: 'n',
    min: 0,
    max: 100,
    fallback: 5,
    about: 'unanswered questions after which it is given up',
  },

  peer: {
    type: 'urls',
    group: 'Peers',
    placeholder: 'ws[s]://host:port,…',
    about: 'the other servers over the same CTI Servers, where they listen for peers: messages reach agents there',
  },
  'peer-listen': {
    type: 'endpoint',
    group: 'Peers',
    placeholder: '[host:]port',
    about: 'where the other servers connect; off by default; TLS as for clients',
  },
  'peer-secret-file': {
    type: 'file',
    group: 'Peers',
    placeholder: 'file',
    about: 'file with the secret that all peers share, 16 characters at least; or in CTIOS_PEER_SECRET',
  },
  'peer-ca': {
    type: 'file',
    group: 'Peers',
    placeholder: 'file',
    about: "certificates (PEM) that a called peer's has to be signed by; by default those that Node.js trusts",
  },

  'agent-passwords': {
    type: 'file',
    group: 'Who may do what',
    placeholder: 'file',
    about: 'passwords of agents, a line each, made with --make-agent-password; read again when it changes',
  },
  'agent-check': {
    type: 'text',
    group: 'Who may do what',
    placeholder: 'url',
    about: 'asks the site instead: POST {peripheralId, agentId, password}; 2xx yes, 401 or 403 no',
  },
  'agent-check-ca': {
    type: 'file',
    group: 'Who may do what',
    placeholder: 'file',
    about: "certificates (PEM) that the site's has to be signed by",
  },
  'agent-check-token-file': {
    type: 'file',
    group: 'Who may do what',
    placeholder: 'file',
    about: 'file with the token that the site is shown; or in CTIOS_AGENT_CHECK_TOKEN',
  },
  'unproven-agents': {
    type: 'flag',
    group: 'Who may do what',
    about: 'whoever can connect can be any agent; without it a server that other machines reach asks for proof',
  },
  'allow-monitor-control': {
    type: 'flag',
    group: 'Who may do what',
    about: 'let monitor-mode clients control calls and agents',
  },
  'max-monitor-sessions': {
    type: 'number',
    group: 'Who may do what',
    placeholder: 'n',
    min: 0,
    max: 1_000_000,
    about: 'monitor-mode clients at a time; no limit by default',
  },
  'monitor-password-file': {
    type: 'file',
    group: 'Who may do what',
    placeholder: 'file',
    about: 'file with the password of monitor mode; or in CTIOS_MONITOR_PASSWORD; open by default',
  },
  'agent-chat-level': {
    type: 'choice',
    group: 'Who may do what',
    placeholder: 'level',
    choices: ['disabled', 'primarySupervisor', 'teamSupervisors', 'team', 'unrestricted'],
    fallback: 'teamSupervisors',
    about: 'whom agents may write chat messages to',
  },
  'supervisor-chat-level': {
    type: 'choice',
    group: 'Who may do what',
    placeholder: 'level',
    choices: ['disabled', 'team', 'unrestricted'],
    fallback: 'unrestricted',
    about: 'whom supervisors may write to',
  },
  'silent-monitoring': {
    type: 'choice',
    group: 'Who may do what',
    placeholder: 'way',
    choices: ['unifiedCm', 'ctios'],
    fallback: 'unifiedCm',
    about: 'how supervisors listen: the switch joins them to the call, or desktops send each other what they hear',
  },
  'force-logout': {
    type: 'flag',
    group: 'Who may do what',
    about: 'log agents out whose client vanishes',
  },

  ...deskOptions,

  name: {
    type: 'text',
    group: 'Operation',
    placeholder: 'name',
    fallback: 'ctios-server',
    about: 'name of this server, as clients see it',
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
    about: 'file for the audit log: who asked for what, and how it ended; off by default',
  },
  quiet: { type: 'flag', group: 'Operation', about: 'log warnings and errors only' },
});

export type OptionName = keyof typeof options;

/** What was asked for with all the options. */
export type Config = ConfigOf<typeof options>;
