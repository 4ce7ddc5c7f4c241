/** Option definitions shared by several commands: the same option has the same meaning and the same description. */

const file = <const Group extends string>(group: Group, about: string) =>
  ({ type: 'file', group, placeholder: 'file', about }) as const;

/** @param whose certificate is verified: "the CTI Server's" */
export const caFile = <const Group extends string>(group: Group, whose: string) =>
  file(group, `CA certificates (PEM) to verify ${whose} certificate against`);

export const clientCertificate = <const Group extends string>(group: Group) => file(group, 'client certificate (PEM)');

export const keyOfCertificate = <const Group extends string>(group: Group) => file(group, 'its key (PEM)');

/** Options for the connection to a CTI Server. */
export const ctiServerOptions = {
  'cti-server': {
    type: 'endpoints',
    group: 'CTI Server',
    placeholder: 'hostA:port[,hostB:port]',
    about: 'addresses of the CTI Server, side A and, if there is one, side B (required)',
  },
  'client-password-file': file('CTI Server', 'file with the password of the client ID; or in CTIOS_CLIENT_PASSWORD'),
  'protocol-version': {
    type: 'number',
    group: 'CTI Server',
    placeholder: 'n',
    min: 13,
    max: 25,
    about: 'fixed protocol version; default: negotiate the highest common version',
  },
  charset: {
    type: 'text',
    group: 'CTI Server',
    placeholder: 'name',
    about: 'encoding of text outside ASCII on the link: latin1 (the default), utf8, windows-1252, cp850, shift_jis …',
  },
} as const;
