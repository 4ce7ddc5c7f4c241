/**
 * NATS with decentralized authentication, as `nsc` sets it up: an operator, an account, and credentials files of users. The
 * tokens are JWTs signed with Ed25519.
 */
import { createAccount, createOperator, createUser, type KeyPair } from '@nats-io/nkeys';

const NO_LIMIT = -1;

function jwt(issuer: KeyPair, subject: KeyPair, name: string, nats: object): string {
  const part = (data: object) => Buffer.from(JSON.stringify(data)).toString('base64url');
  const claims = {
    ...{ jti: subject.getPublicKey(), iat: 1_700_000_000, iss: issuer.getPublicKey() },
    ...{ name, sub: subject.getPublicKey(), nats: { ...nats, version: 2 } },
  };
  const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part(claims)}`;
  return `${signed}.${Buffer.from(issuer.sign(Buffer.from(signed))).toString('base64url')}`;
}

const limits = {
  ...{ subs: NO_LIMIT, data: NO_LIMIT, payload: NO_LIMIT, imports: NO_LIMIT, exports: NO_LIMIT, wildcards: true },
  ...{ conn: NO_LIMIT, leaf: NO_LIMIT },
};
const storage = { mem_storage: NO_LIMIT, disk_storage: NO_LIMIT, streams: NO_LIMIT, consumer: NO_LIMIT };

/** @returns the lines of a server configuration, and a function that creates a user's credentials file */
export function decentralized(): { config: string; credentials: (name: string) => string } {
  const [operator, system, account] = [createOperator(), createAccount(), createAccount()];
  const accountJwt = (key: KeyPair, name: string, more: object) =>
    jwt(operator, key, name, { type: 'account', limits: { ...limits, ...more } });
  const operatorJwt = jwt(operator, operator, 'site', { type: 'operator', system_account: system.getPublicKey() });
  const config = `
    operator: ${operatorJwt}
    system_account: ${system.getPublicKey()}
    resolver: MEMORY
    resolver_preload: {
      ${system.getPublicKey()}: ${accountJwt(system, 'SYS', {})}
      ${account.getPublicKey()}: ${accountJwt(account, 'CTIOS', storage)}
    }`;
  const credentials = (name: string): string => {
    const user = createUser();
    const token = jwt(account, user, name, { type: 'user', subs: NO_LIMIT, data: NO_LIMIT, payload: NO_LIMIT });
    const seed = Buffer.from(user.getSeed()).toString();
    return [
      `-----BEGIN NATS USER JWT-----\n${token}\n------END NATS USER JWT------`,
      `-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
    ].join('\n\n');
  };
  return { config, credentials };
}
