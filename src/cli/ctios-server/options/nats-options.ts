/** The options of `ctios-server` for the event stream on NATS JetStream. */
import { caFile, clientCertificate, keyOfCertificate } from '../../common-options.js';
import { defineOptions } from '../../option-definition.js';

export const natsOptions = defineOptions({
  nats: {
    type: 'urls',
    group: 'Event stream',
    placeholder: 'nats://host:port,…',
    schemes: ['nats', 'tls'],
    about: 'NATS servers with JetStream; publishes events there while this server leads its site',
  },
  'nats-site': {
    type: 'text',
    group: 'Event stream',
    placeholder: 'name',
    fallback: 'site',
    about: 'name of the site, the same for all servers on the same CTI Servers: letters, digits, hyphens',
  },
  'nats-credentials': {
    type: 'file',
    group: 'Event stream',
    placeholder: 'file',
    about: 'NATS credentials file (.creds)',
  },
  'nats-user': { type: 'text', group: 'Event stream', placeholder: 'name', about: 'NATS user' },
  'nats-password-file': {
    type: 'file',
    group: 'Event stream',
    placeholder: 'file',
    about: 'file with the password of the NATS user; or in CTIOS_NATS_PASSWORD',
  },
  'nats-ca': caFile('Event stream', "the NATS server's"),
  'nats-cert': clientCertificate('Event stream'),
  'nats-key': keyOfCertificate('Event stream'),
  'nats-replicas': {
    type: 'number',
    group: 'Event stream',
    placeholder: 'n',
    min: 1,
    max: 5,
    fallback: 1,
    about: 'copies of the stream when this server creates it; 3 on three NATS servers',
  },
  'nats-max-age': {
    type: 'number',
    group: 'Event stream',
    placeholder: 'hours',
    min: 1,
    max: 8_760,
    fallback: 24,
    about: 'how long events stay in the stream when this server creates it',
  },
  'nats-audit-days': {
    type: 'number',
    group: 'Event stream',
    placeholder: 'days',
    min: 1,
    max: 3_650,
    about: 'copy the audit log (--audit-log) to a stream that keeps it for so many days',
  },
  'nats-masked': {
    type: 'list',
    group: 'Event stream',
    placeholder: 'keyword,…',
    about: 'keywords whose values are not published, such as CallVariable3,user.Card*',
  },
});
