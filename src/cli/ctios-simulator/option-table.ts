/** The options of `ctios-simulator`: the command line, `--help` and the reference page are derived from this table. */
import { siteProfiles, type TrafficLevel } from '../../simulator/index.js';
import { defineOptions } from '../option-definition.js';

/** The default ports of a Cisco CTI Server. */
export const PORT_A = 42027;
export const PORT_B = 43027;

export const trafficChoices: readonly TrafficLevel[] = ['off', 'gentle', 'steady', 'waves', 'rush'];

export const simulatorOptionTable = defineOptions({
  host: {
    type: 'text',
    group: 'CTI Servers',
    placeholder: 'address',
    fallback: '127.0.0.1',
    about: 'address to listen on',
  },
  port: {
    type: 'number',
    group: 'CTI Servers',
    placeholder: 'n',
    min: 0,
    max: 65_535,
    fallback: PORT_A,
    about: 'port of side A; 0: any free port',
  },
  'port-b': {
    type: 'number',
    group: 'CTI Servers',
    placeholder: 'n',
    min: 0,
    max: 65_535,
    about: `port of side B; default: the next one after --port, ${PORT_B} beside ${PORT_A}, any free one with --port 0`,
  },
  'client-id': {
    type: 'text',
    group: 'CTI Servers',
    placeholder: 'id',
    about: 'accept this client ID only; default: any',
  },
  'client-password': { type: 'text', group: 'CTI Servers', placeholder: 'text', about: 'password of that client ID' },
  strict: { type: 'flag', group: 'CTI Servers', about: 'refuse everything that the protocol does not allow' },
  'tls-key': {
    type: 'file',
    group: 'CTI Servers',
    placeholder: 'file',
    about: 'TLS: private key (PEM); needs --tls-cert',
  },
  'tls-cert': { type: 'file', group: 'CTI Servers', placeholder: 'file', about: 'TLS: certificate (PEM)' },
  'tls-ca': {
    type: 'file',
    group: 'CTI Servers',
    placeholder: 'file',
    about: 'TLS: clients must present a certificate that one of these CAs signed',
  },
  agents: {
    type: 'number',
    group: 'Contact center',
    placeholder: 'n',
    min: 1,
    max: 24_000,
    fallback: 20,
    about: 'agents 1001, 1002 … on phones 2001, 2002 …',
  },
  seed: {
    type: 'number',
    group: 'Contact center',
    placeholder: 'n',
    min: 0,
    max: 0xffffffff,
    fallback: 1,
    about: 'the same seed gives the same callers, names and times',
  },
  traffic: {
    type: 'choice',
    group: 'Contact center',
    placeholder: 'level',
    choices: trafficChoices,
    about: 'how many calls arrive (default gentle, off with --scenario)',
  },
  profile: {
    type: 'choice',
    group: 'Contact center',
    placeholder: 'name',
    choices: Object.keys(siteProfiles),
    about: 'how the site behaves (default standard)',
  },
  site: {
    type: 'list',
    group: 'Contact center',
    placeholder: 'option',
    about: `one option of the site: name, name=off or charset=name; can be repeated: ${Object.keys(siteProfiles.standard).join(', ')}`,
  },
  scenario: {
    type: 'file',
    group: 'Contact center',
    placeholder: 'name',
    about: 'a built-in scenario (see below) or a JSON file',
  },
  replay: {
    type: 'file',
    group: 'Contact center',
    placeholder: 'file',
    about: 'play a recording, or a capture of plain TCP, in place of a contact center',
  },
  speed: {
    type: 'text',
    group: 'Contact center',
    placeholder: 'factor',
    about: 'with --replay: how many times as fast, 0.01 to 1000; stepped: a message for each line of input (default 1)',
  },
});
