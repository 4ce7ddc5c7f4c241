import assert from 'node:assert/strict';
import { noPeers, type Peer, type PeerResult, type Peers } from '../../../src/server/peers/requests/peers-api.js';
import { requestAll } from '../../../src/server/peers/requests/request-all.js';

type End = PeerResult<{ Desktops: number }>;

/** Peers that respond when the test says so. */
function peersNamed(...names: string[]): { peers: Peers; settle: Map<string, (end: End) => void> } {
  const settle = new Map<string, (end: End) => void>();
  const linked = names.map((name): Peer => ({ id: name, name }));
  const ask = (peer: Peer, _name: unknown, _body: unknown, _ms: unknown, ended: (end: never) => void) =>
    void settle.set(peer.name, ended as (end: End) => void);
  return { peers: { ...noPeers, linked, ask }, settle };
}

const BODY = { PeripheralID: 1, AgentID: '1' };
const answered = (Desktops: number): End => ({ outcome: 'answered', answer: { Desktops } });

describe('a request to every peer', () => {
  it('ends when all peers have responded, with each response', () => {
    const { peers, settle } = peersNamed('b', 'c');
    const seen: string[][] = [];
    requestAll(peers, 'CountDesktops', BODY, 1_000, (ends) =>
      seen.push(ends.map(({ peer, outcome }) => `${peer.name} ${outcome}`)),
    );
    settle.get('c')!({ outcome: 'unknown', code: 'x', message: 'x' });
    assert.deepEqual(seen, []);
    settle.get('b')!(answered(0));
    assert.deepEqual(seen, [['c unknown', 'b answered']]);
  });

  it('ends once, as soon as one response is sufficient', () => {
    const { peers, settle } = peersNamed('b', 'c');
    let ends = 0;
    requestAll(
      peers,
      'CountDesktops',
      BODY,
      1_000,
      () => ends++,
      ({ Desktops }) => Desktops > 0,
    );
    settle.get('b')!(answered(1));
    assert.equal(ends, 1);
    settle.get('c')!(answered(1));
    assert.equal(ends, 1);
  });

  it('ends immediately if there are no peers', () => {
    let ends = 0;
    requestAll(noPeers, 'CountDesktops', BODY, 1_000, () => ends++);
    assert.equal(ends, 1);
  });
});
