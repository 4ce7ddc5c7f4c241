/** What TLS says in codes of its library is told in words that name the certificate and what to do. Real handshakes where they can be had. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { type ConnectionOptions, createServer, TLSSocket, type TlsOptions } from 'node:tls';
import { socketDial } from '../../src/common/net-stream.js';
import { explainTls } from '../../src/common/tls-errors.js';

const TLS = resolve(__dirname, '../../../test/fixtures/tls');
const pem = (name: string) => readFileSync(join(TLS, name));
const good = { cert: pem('good.crt'), key: pem('good.key') };

/** Why a dial to a server with these options fails. */
async function refusal(server: TlsOptions, client: ConnectionOptions): Promise<string> {
  const listener = createServer(server, (socket) => socket.on('error', () => {}));
  listener.on('tlsClientError', () => {});
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
  try {
    const { port } = listener.address() as AddressInfo;
    return await new Promise((done) => {
      socketDial({ servername: 'localhost', ...client })(
        { host: '127.0.0.1', port },
        (stream) => {
          stream.destroy();
          done('');
        },
        (error) => done(error.message),
      );
    });
  } finally {
    await new Promise((closed) => listener.close(closed));
  }
}

const weakCiphers = 'DEFAULT:@SECLEVEL=0';

describe('a TLS handshake that fails', () => {
  it('names a certificate whose signature is too weak, and what to do', async () => {
    const why = await refusal(
      { cert: pem('weak.crt'), key: pem('weak.key'), ciphers: weakCiphers },
      { ca: pem('weak-authority.crt') },
    );
    assert.match(why, /certificate of 127\.0\.0\.1:\d+ \(.*weak.*\) is signed with SHA-1 or MD5.*SHA-256/);
  });

  it('says that there is no common cipher', async () => {
    const why = await refusal(
      { ...good, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' },
      { ca: pem('authority.crt'), ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384', maxVersion: 'TLSv1.2' },
    );
    assert.match(why, /no cipher or signature algorithm in common/);
  });

  it('says that the versions are too old', async () => {
    const why = await refusal(
      { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: weakCiphers },
      { ca: pem('authority.crt') },
    );
    assert.match(why, /speaks no version of TLS that is safe/);
  });

  // What OpenSSL reports about servers that cannot be set up with today's library.
  for (const [code, says] of [
    ['ERR_SSL_EE_KEY_TOO_SMALL', /has a key that is too short.*2048/],
    ['EE_KEY_TOO_SMALL', /has a key that is too short/],
    ['CA_KEY_TOO_SMALL', /has a key that is too short/],
    ['ERR_SSL_CA_MD_TOO_WEAK', /SHA-1 or MD5/],
    ['ERR_SSL_EE_MD_TOO_WEAK', /SHA-1 or MD5/],
    ['ERR_SSL_DH_KEY_TOO_SMALL', /Diffie-Hellman parameters that are too short/],
    ['ERR_SSL_BAD_DH_VALUE', /Diffie-Hellman/],
    ['ERR_SSL_NO_SHARED_CIPHER', /no cipher/],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', /no cipher/],
    ['ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY', /no cipher/],
    ['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', /secure renegotiation/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS on that port/],
  ] as const) {
    it(`puts ${code} into words`, () => {
      const socket = new TLSSocket(new Socket());
      const explained = explainTls(
        socket,
        {},
        'cti-a.example.com:42027',
      )(Object.assign(new Error('from OpenSSL'), { code }));
      socket.destroy();
      assert.match(explained.message, says);
      assert.match(explained.message, /cti-a\.example\.com/);
      assert.equal((explained as NodeJS.ErrnoException).code, code);
    });
  }
});
