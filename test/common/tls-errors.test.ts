/**
 * The library's TLS error codes are reported as sentences that name the certificate and the solution. Uses real
 * handshakes where possible.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createPlainServer, Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { type ConnectionOptions, createServer, TLSSocket, type TlsOptions } from 'node:tls';
import { whyRefused } from '../../src/common/network/certificates.js';
import { explainConnect } from '../../src/common/network/connect-errors.js';
import { socketDial } from '../../src/common/network/net-stream.js';
import { connectSecurely, explainTls, explainTlsError } from '../../src/common/network/tls-errors.js';
import { nodeHttp } from '../../src/delivery/http.js';

const TLS = resolve(__dirname, '../../../test/fixtures/tls');
const pem = (name: string) => readFileSync(join(TLS, name));
const good = { cert: pem('good.crt'), key: pem('good.key') };

/** The reason why a connection to a server with these options fails. */
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
  it('names a certificate whose signature is too weak, and the solution', async () => {
    const why = await refusal(
      { cert: pem('weak.crt'), key: pem('weak.key'), ciphers: weakCiphers },
      { ca: pem('weak-authority.crt') },
    );
    assert.match(why, /certificate of 127\.0\.0\.1:\d+ \(.*weak.*\) is signed with SHA-1 or MD5.*SHA-256/);
  });

  it('reports that there is no common cipher', async () => {
    const why = await refusal(
      { ...good, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' },
      { ca: pem('authority.crt'), ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384', maxVersion: 'TLSv1.2' },
    );
    assert.match(why, /no cipher or signature algorithm in common/);
  });

  it('mentions the client certificate that a server with TLS 1.2 may miss', async () => {
    const mutual = { ...good, ca: pem('authority.crt'), requestCert: true, maxVersion: 'TLSv1.2' } as const;
    const why = await refusal(mutual, { ca: pem('authority.crt') });
    assert.match(why, /no cipher.*; or it requires a client certificate, but none was presented$/);
    const socket = new TLSSocket(new Socket());
    const explain = explainTls(socket, { cert: pem('client.crt') }, 'cti-a:42027');
    const alert = { code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' };
    assert.doesNotMatch(explain(Object.assign(new Error('alert'), alert)).message, /client certificate/);
    socket.destroy();
  });

  for (const how of ['end', 'resetAndDestroy'] as const)
    it(`reports a server that closes the connection instead of speaking TLS: ${how}`, async () => {
      const listener = createPlainServer((socket) => socket.once('data', () => socket[how]()));
      await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
      const { port } = listener.address() as AddressInfo;
      const why = await new Promise<Error>((done) => {
        socketDial({ servername: 'localhost' })({ host: '127.0.0.1', port }, () => {}, done);
      });
      await new Promise((closed) => listener.close(closed));
      const says = /^127\.0\.0\.1:\d+ closed the connection during the TLS handshake: it may not speak TLS/;
      assert.match(why.message, says);
      assert.equal((why as NodeJS.ErrnoException).code, 'ECONNRESET');
      assert.match(explainConnect(why, '127.0.0.1', port), says, 'what is explained stays so');
    });

  it('names the subject of a certificate without subject alternative names', () => {
    const facts = { subject: 'CN=cti-b', issuer: 'CN=CA', names: '', validFrom: 0, validTo: 0 };
    assert.equal(
      whyRefused('ERR_TLS_CERT_ALTNAME_INVALID', facts, 0, 'cti-a'),
      'is issued for CN=cti-b, not for cti-a',
    );
  });

  it('reports that the versions are too old', async () => {
    const why = await refusal(
      { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: weakCiphers },
      { ca: pem('authority.crt') },
    );
    assert.match(why, /supports no secure TLS version/);
  });

  // OpenSSL's errors for servers that cannot be created with the current library.
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
    ['ERR_SSL_MODULUS_TOO_SMALL', /Diffie-Hellman parameters that are too short/],
    ['ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM', /no cipher or signature algorithm in common/],
    ['ERR_SSL_WRONG_SIGNATURE_TYPE', /no cipher or signature algorithm in common/],
    ['ERR_SSL_NO_SUITABLE_KEY_SHARE', /no cipher or signature algorithm in common/],
    ['ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED', /no cipher or signature algorithm in common/],
    ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', /supports no secure TLS version/],
    ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', /accepts the client certificate but denies access/],
    ['ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR', /cannot verify the signature made with the key of the client certificate/],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', /has no certificate for the name cti-a\.example\.com/],
    ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', /an internal TLS error/],
    ['ERR_SSL_UNEXPECTED_EOF_WHILE_READING', /closed the connection during the TLS handshake/],
    ['CERT_REVOKED', /has been revoked/],
    ['CERT_SIGNATURE_FAILURE', /does not have a valid signature/],
    ['INVALID_CA', /not allowed to issue it/],
    ['PATH_LENGTH_EXCEEDED', /not allowed to issue it/],
    ['CERT_CHAIN_TOO_LONG', /too many certificates in its chain/],
    ['CERT_UNTRUSTED', /not trusted here for this purpose/],
    ['UNABLE_TO_GET_CRL', /certificate revocation list/],
    ['CRL_HAS_EXPIRED', /certificate revocation list/],
    ['UNSPECIFIED', /certificate of cti-a.* was rejected: from OpenSSL/],
    // Not in any list, but still a sentence.
    ['ERR_SSL_BAD_EXTENSION', /the TLS handshake with cti-a.*failed: OpenSSL says "from OpenSSL"/],
  ] as const) {
    it(`describes ${code} in a sentence`, () => {
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

  it('describes a write failure that is reported with an OpenSSL name', () => {
    const socket = new TLSSocket(new Socket());
    const message =
      'write EPROTO 00123456:error:0A0000F4:SSL routines:ossl_statem_client_read_transition:unexpected message:../deps/openssl.c:398:\n';
    const explained = explainTls(socket, {}, 'cti-a:42027')(Object.assign(new Error(message), { code: 'EPROTO' }));
    socket.destroy();
    assert.equal(explained.message, 'the TLS handshake with cti-a:42027 failed: OpenSSL says "unexpected message"');
  });

  it('is not reported if the network fails', () => {
    const socket = new TLSSocket(new Socket());
    const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    const explain = explainTls(socket, {}, 'cti-a:42027');
    socket.emit('secure');
    assert.equal(explain(error), error);
    socket.destroy();
  });
});

describe('TLS settings that no connection can use', () => {
  const encrypted = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' },
  }).privateKey;
  const cut = (file: Buffer) => file.subarray(0, file.length / 2);
  const CASES: readonly (readonly [what: string, options: ConnectionOptions, says: RegExp])[] = [
    ['the key of another certificate', { cert: good.cert, key: pem('client.key') }, /private key does not belong/],
    ['a key without its passphrase', { cert: good.cert, key: encrypted }, /passphrase of the private key is missing/],
    ['a wrong passphrase', { cert: good.cert, key: encrypted, passphrase: 'wrong' }, /passphrase .* or wrong/],
    ['a certificate that is no PEM', { cert: 'not PEM', key: good.key }, /cannot be read: each must be PEM/],
    ['half a certificate', { cert: cut(good.cert), key: good.key }, /cannot be read: each must be PEM/],
    ['half a key', { cert: good.cert, key: cut(good.key) }, /cannot be read: each must be PEM/],
    ['a PKCS#12 file that is none', { pfx: Buffer.from('x') }, /cannot be read/],
    [
      'a weak client certificate',
      { cert: pem('weak.crt'), key: pem('weak.key') },
      /client certificate \(.*weak.*\) .*SHA-256/,
    ],
    ['ciphers that there are not', { ciphers: 'NOSUCH' }, /list of ciphers contains none/],
  ];
  for (const [what, options, says] of CASES)
    it(`are rejected with a message: ${what}`, () => {
      const isWords = ({ message }: Error) =>
        says.test(message) &&
        message.startsWith('TLS to cti-a:42027 is not possible: ') &&
        !/error:|right|wrong pass/.test(message);
      assert.throws(() => connectSecurely({ ...options, port: 1 }, 'cti-a:42027'), isWords);
      assert.throws(
        () =>
          socketDial(options)(
            { host: '127.0.0.1', port: 1 },
            () => {},
            () => {},
          ),
        says,
      );
    });
});

describe('an HTTPS request whose TLS fails', () => {
  const request = (url: string, tls: object) =>
    nodeHttp(
      { url, method: 'POST', headers: {}, body: '{}', timeoutMs: 5_000, tls },
      new AbortController().signal,
    ).then(
      () => assert.fail('it was answered'),
      (error: NodeJS.ErrnoException) => error,
    );

  it('is explained in the words of every other connection, and keeps its code', async () => {
    const server = createHttpsServer(good, (_request, response) => response.end());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    try {
      const untrusted = await request(`https://localhost:${port}/`, { ca: pem('stranger.crt') });
      assert.match(
        untrusted.message,
        /^the certificate of localhost:\d+ \(.*\) is issued by .*, which is not trusted here$/,
      );
      assert.match(untrusted.code!, /^UNABLE_TO_/);
      const other = { ca: pem('authority.crt'), servername: 'other.example.com' };
      const named = await request(`https://localhost:${port}/`, other);
      assert.match(named.message, /is issued for .*, not for other\.example\.com$/);
      const keys = { ca: pem('authority.crt'), cert: pem('good.crt'), key: pem('weak.key') };
      assert.match((await request(`https://localhost:${port}/`, keys)).message, /the private key does not belong to/);
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  });
});

describe('an error of a client library', () => {
  it('is explained if one of its causes is about TLS, and otherwise returned', () => {
    const cause = Object.assign(new Error('self-signed certificate in certificate chain'), {
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
    const error = explainTlsError(new Error('connection failed', { cause }), {}, 'nats.example.com:4222');
    assert.equal(
      error.message,
      'the certificate of nats.example.com:4222 is issued by an unknown authority, which is not trusted here',
    );
    const other = new Error('timeout');
    assert.equal(explainTlsError(other, {}, 'nats.example.com:4222'), other);
  });
});
