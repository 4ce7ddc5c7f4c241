import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { readPeerMessage } from '../../../src/server/peers/connection/messages.js';
import { isProof, newNonce, proofOf } from '../../../src/server/peers/connection/proof.js';
import { peerAsks, readPeerFields } from '../../../src/server/peers/requests/peer-requests.js';

describe('messages between peers', () => {
  it('name the invalid field and the limit', () => {
    const problems: [unknown, RegExp][] = [
      [{ kind: 'hello' }, /hello: "version" must be a whole number/],
      [{ kind: 'hello', version: 1, id: '', name: 'x', nonce: 'x' }, /hello: "id" must be a string/],
      [{ kind: 'hello', version: 1, id: 'x', name: 'x'.repeat(1025), nonce: 'x' }, /"name" may have at most 1024/],
      [{ kind: 'ask', id: 1.5, ask: 'x' }, /ask: "id" must be a whole number/],
      [{ kind: 'answer', id: 1, failure: 'no' }, /answer: "failure" must be an object/],
      [{ kind: 'constructor' }, /"kind" must be one of/],
      [null, /JSON object/],
    ];
    for (const [message, problem] of problems) assert.match(String(readPeerMessage(JSON.stringify(message))), problem);
  });

  it('are never misinterpreted, whatever the input', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readPeerMessage(text);
        assert.ok(typeof read === 'string' || typeof read.kind === 'string');
      }),
    );
  });

  it('contain only requests with validated fields', () => {
    const { body } = peerAsks.DeliverChat;
    const chat = { SourcePeripheralID: 1, Source: '007', Distribution: 'agent', Message: 'hello' };
    assert.deepEqual(readPeerFields(body, { ...chat, More: 1 }), chat);
    assert.deepEqual(readPeerFields(body, { ...chat, AgentID: '1' }), { ...chat, AgentID: '1' });
    assert.match(String(readPeerFields(body, { ...chat, Message: 1 })), /^Message must be a string/);
    assert.match(String(readPeerFields(body, { ...chat, Message: 'x'.repeat(1025) })), /Message may have at most 1024/);
    assert.match(String(readPeerFields(body, {})), /SourcePeripheralID is missing/);
    const { answer } = peerAsks.DeliverChat;
    assert.match(String(readPeerFields(answer, { Result: 'perhaps' })), /one of: delivered, no desktop, not allowed/);
    const { body: start } = peerAsks.StartSilentMonitor;
    const nested = { PeripheralID: 1, AgentID: '1', SMSessionKey: 1, Session: { deep: {} } };
    assert.match(String(readPeerFields(start, nested)), /Session must be an object of/);
  });
});

describe('the authentication proof of a peer', () => {
  const said = {
    dialler: { id: 'one', name: 'side-a', nonce: newNonce() },
    acceptor: { id: 'two', name: 'side-b', nonce: newNonce() },
  };

  it('matches the description in the protocol documentation', () => {
    const { dialler, acceptor } = said;
    const text = `["ctios-peer",1,"dialler","one","side-a","${dialler.nonce}","two","side-b","${acceptor.nonce}"]`;
    const wanted = createHmac('sha256', 'secret').update(text, 'utf8').digest('base64');
    assert.equal(proofOf('secret', 'dialler', said), wanted);
  });

  it('is valid for one secret, one role, and one pair of nonces', () => {
    const proof = proofOf('secret', 'dialler', said);
    assert.ok(isProof(proof, 'secret', 'dialler', said));
    assert.ok(!isProof(proof, 'Secret', 'dialler', said));
    assert.ok(!isProof(proof, 'secret', 'acceptor', said));
    assert.ok(!isProof(proof, 'secret', 'dialler', { ...said, dialler: { ...said.dialler, nonce: newNonce() } }));
    assert.ok(!isProof(proof, 'secret', 'dialler', { ...said, acceptor: { ...said.acceptor, nonce: newNonce() } }));
    assert.ok(!isProof('', 'secret', 'dialler', said));
  });
});
