/** The options of `ctios-doctor`: the command line, `--help` and the reference page are derived from this table. */
import { caFile, clientCertificate, ctiServerOptions, keyOfCertificate } from '../common-options.js';
import { defineOptions } from '../option-definition.js';

export const doctorOptionTable = defineOptions({
  'cti-server': ctiServerOptions['cti-server'],
  'client-id': {
    type: 'text',
    group: 'CTI Server',
    placeholder: 'id',
    fallback: 'ctios-server',
    about: 'client ID; the test itself appends -doctor to this ID, so that no session is disconnected',
  },
  'same-id': {
    type: 'flag',
    group: 'CTI Server',
    about: 'use the client ID itself; a session that runs under it is disconnected',
  },
  'client-password-file': ctiServerOptions['client-password-file'],
  peripheral: {
    type: 'number',
    group: 'CTI Server',
    placeholder: 'id',
    min: 0,
    max: 0xffffffff,
    about: 'peripheral that must be there',
  },
  agents: { type: 'list', group: 'CTI Server', placeholder: 'id,…', about: 'agents of which the first is queried' },
  'protocol-version': ctiServerOptions['protocol-version'],
  charset: ctiServerOptions.charset,
  tls: { type: 'flag', group: 'TLS', about: 'the CTI Server expects TLS' },
  'tls-ca': caFile('TLS', "the CTI Server's"),
  'tls-cert': clientCertificate('TLS'),
  'tls-key': keyOfCertificate('TLS'),
  'tls-server-name': {
    type: 'text',
    group: 'TLS',
    placeholder: 'name',
    about: 'name in the certificate, if it differs from the host',
  },
  wait: {
    type: 'number',
    group: 'Output',
    placeholder: 's',
    min: 0,
    max: 3_600,
    fallback: 3,
    about: 'seconds to wait for an event',
  },
  limit: {
    type: 'number',
    group: 'Output',
    placeholder: 's',
    min: 1,
    max: 120,
    fallback: 5,
    about: 'seconds for each connection and answer',
  },
  json: { type: 'flag', group: 'Output', about: 'one object of JSON' },
});
