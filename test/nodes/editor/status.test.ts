import assert from 'node:assert/strict';
import sinon from 'sinon';
import { refusalReasons } from '../../../nodes/shared/status/refusal-reasons.js';
import {
  STATUS_BURST,
  STATUS_PERIOD_MS,
  type StatusKey,
  StatusLine,
  shorten,
} from '../../../nodes/shared/status/status.js';
import { explainTlsError } from '../../../src/common/network/tls-errors.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { ControlFailureCode, StatusCode } from '../../../src/ged188/index.js';

function line(
  translate = (key: string, values?: object) => key.replace(/^.*status\./, '') + Object.values(values ?? {}).join(),
) {
  const clock = new VirtualClock();
  const node = { status: sinon.spy((_: { fill: string; shape: string; text: string }) => {}) };
  return { clock, shown: node.status, status: new StatusLine(node, translate, clock) };
}

const texts = (shown: sinon.SinonSpy): string[] => shown.args.map(([{ text }]) => text);

describe('the status of a node', () => {
  it('is shown immediately, in the style of its text', () => {
    const { shown, status } = line();
    status.show('reconnecting');
    sinon.assert.calledOnceWithExactly(shown, { fill: 'red', shape: 'ring', text: 'reconnecting' });
  });
  it('is not shown again if it has not changed', () => {
    const { shown, status } = line();
    status.show('events', { count: 1 });
    status.show('events', { count: 1 });
    status.show('events', { count: 2 });
    assert.deepEqual(texts(shown), ['events1', 'events2']);
  });
  it('is throttled when it changes often, and the last one is shown', () => {
    const { clock, shown, status } = line();
    for (let count = 1; count <= 100; count++) status.show('events', { count });
    sinon.assert.callCount(shown, STATUS_BURST);
    clock.advance(STATUS_PERIOD_MS);
    assert.equal(texts(shown).at(-1), 'events100');
    sinon.assert.callCount(shown, STATUS_BURST + 1);
  });
  for (const [code, reason, text] of [
    ['E_CTI_INVALID_PASSWORD', 'the CTI Server at 10.0.0.1:42027 refused the password', 'short.wrongPassword'],
    ['CTIOS_CONNECT_FAILED', 'the host cti-a was not found: check the name (ENOTFOUND)', 'short.hostNotFound'],
    ['CTIOS_CONNECT_FAILED', '10.0.0.1:42027 refused the connection (ECONNREFUSED)', 'short.connectionRefused'],
    [
      'CTIOS_CONNECT_FAILED',
      'cannot connect to ws://cti:1: connect ECONNREFUSED 10.0.0.1:1',
      'short.connectionRefused',
    ],
    ['CTIOS_CONNECT_FAILED', 'cannot connect to ws://cti:1: getaddrinfo ENOTFOUND cti', 'short.hostNotFound'],
    ['CTIOS_NO_OBJECT', 'Login: no agent 1009 is known on peripheral 5000.', 'short.agentUnknown'],
    ['CTIOS_NO_OBJECT', 'Hold: there is no call call.5000.1.2001 (any more).', 'short.noObject'],
    ['CTIOS_MISSING_ARGUMENT', 'SetAgentState: AgentState is missing.', 'short.argumentMissing'],
    ['CF_INVALID_OBJECT_STATE', 'CF_INVALID_OBJECT_STATE (10101: no agent is logged in)', 'short.wrongState'],
    ['CTIOS_BAD_SETTINGS', 'Side A: the environment variable HOST is not set.', 'short.settingsInvalid'],
    ['CTIOS_OFFLINE', 'Hold: the host cti-a was not found (ENOTFOUND)', 'short.hostNotFound'],
    [
      'CTIOS_LINK_CLOSED',
      '10.0.0.1:42030 closed the connection before the session was open; check that it is the port of a CTI Server, and whether it expects TLS',
      'short.wrongPort',
    ],
    [
      'CTIOS_OPEN_TIMEOUT',
      '10.0.0.1:42030 accepted the connection but did not answer OPEN_REQ within 5 s: check that it is the port of a CTI Server, and whether it expects TLS',
      'short.wrongPort',
    ],
    [
      'E_CTI_INVALID_MESSAGE_LENGTH',
      '10.0.0.1:80 sent bytes that are no CTI Server message: A frame of 1213486168 bytes; the limit is 12500',
      'short.wrongPort',
    ],
    ['E_CTI_INVALID_SERVICE_MASK', 'the CTI Server refused the services', 'short.serviceNotGranted'],
  ] as const) {
    it(`shows a fixed short text: ${reason}`, () => {
      const { shown, status } = line();
      status.show('error', { code, reason });
      assert.equal(texts(shown)[0], shorten(text));
    });
  }
  for (const [code, text] of [
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'short.tlsWrongName'],
    ['HOSTNAME_MISMATCH', 'short.tlsWrongName'],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'short.tlsWrongName'],
    ['CERT_HAS_EXPIRED', 'short.tlsExpired'],
    ['CERT_NOT_YET_VALID', 'short.tlsExpired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'short.tlsNotTrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'short.tlsNotTrusted'],
    ['CERT_REVOKED', 'short.tlsNotTrusted'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'short.tlsClient'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'short.tlsClient'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'short.wrongPort'],
    ['ERR_SSL_UNEXPECTED_EOF_WHILE_READING', 'short.tlsFailed'],
    ['ERR_SSL_NO_SHARED_CIPHER', 'short.tlsFailed'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'short.tlsFailed'],
    ['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', 'short.tlsFailed'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'short.tlsFailed'],
    ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'short.tlsFailed'],
    ['ERR_SSL_BAD_EXTENSION', 'short.tlsFailed'],
  ] as const) {
    it(`shows a fixed short text for the sentence about ${code}`, () => {
      const { shown, status } = line();
      const { message } = explainTlsError(Object.assign(new Error('from OpenSSL'), { code }), {}, 'cti-a:42027');
      status.show('offline', { code: 'CTIOS_CONNECT_FAILED', reason: `cannot connect: ${message}` });
      assert.equal(texts(shown)[0], shorten(text));
    });
  }
  it('shows the name of any other refusal by the switch, in words', () => {
    const { shown, status } = line((_, values) => String((values as { code: string }).code));
    status.show('error', { code: 'CF_INVALID_FEATURE', reason: 'the switch refused' });
    assert.equal(texts(shown)[0], 'invalid feature');
  });
  it('knows only refusals that there are, each with one text', () => {
    const codes = Object.values(refusalReasons).flatMap((reason): readonly string[] => reason.codes);
    assert.deepEqual(
      codes.filter((code) => !(code in ControlFailureCode) && !(code in StatusCode)),
      [],
    );
    assert.equal(new Set(codes).size, codes.length);
  });
  it('leaves no timer behind', () => {
    const { clock, status } = line();
    for (const key of ['ready', 'offline'] as StatusKey[]) status.show(key);
    status.dispose();
    assert.equal(clock.pending, 0);
  });
  it('has at most twenty whole characters', () => {
    assert.equal(shorten('x'.repeat(20)), 'x'.repeat(20));
    assert.equal(shorten('x'.repeat(21)), `${'x'.repeat(19)}…`);
    assert.equal([...shorten('😀'.repeat(30))].length, 20);
  });
});
