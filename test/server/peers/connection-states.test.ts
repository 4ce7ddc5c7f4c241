import assert from 'node:assert/strict';
import {
  PEER_CONNECTION_TABLE,
  type PeerConnectionActions,
  type PeerConnectionSignal,
  type PeerConnectionState,
} from '../../../src/server/peers/connection/connection-states.js';
import { tryTable } from '../../common/try-table.js';

type Answers = Partial<Record<'otherVersion' | 'isSelf' | 'isDuplicateLink' | 'provesItself', boolean>>;

/** Records the actions of the table; its questions are answered as given, by default with a valid proof. */
function actions(done: string[], answers: Answers): PeerConnectionActions {
  return new Proxy({} as PeerConnectionActions, {
    get: (_, name: string) => () => {
      if (name === 'provesItself') return answers.provesItself ?? true;
      if (['otherVersion', 'isSelf', 'isDuplicateLink'].includes(name)) return answers[name as keyof Answers] ?? false;
      done.push(name);
      return undefined;
    },
  });
}

const HANDSHAKE = ['greeting', 'proving', 'calling', 'proved'] as const;
const OPEN = [...HANDSHAKE, 'linked'] as const;

const ROWS: ReadonlyArray<readonly [PeerConnectionState, PeerConnectionSignal, PeerConnectionState, string, Answers?]> =
  [
    ['greeting', 'hello', 'closed', 'refuseVersion', { otherVersion: true, isSelf: true }],
    ['greeting', 'hello', 'closed', 'refuseSelf', { isSelf: true }],
    ['greeting', 'hello', 'proving', 'challenge', { isDuplicateLink: true }],
    ['proving', 'proof', 'closed', 'refuseProof', { provesItself: false, isDuplicateLink: true }],
    ['proving', 'proof', 'closed', 'refuseDouble', { isDuplicateLink: true }],
    ['proving', 'proof', 'linked', 'welcome'],
    ['calling', 'challenge', 'closed', 'refuseVersion', { otherVersion: true, isSelf: true }],
    ['calling', 'challenge', 'closed', 'refuseSelf', { isSelf: true, isDuplicateLink: true }],
    ['calling', 'challenge', 'closed', 'giveWay', { isDuplicateLink: true }],
    ['calling', 'challenge', 'proved', 'authenticate'],
    ['proved', 'welcome', 'closed', 'refuseProof', { provesItself: false }],
    ['proved', 'welcome', 'linked', ''],
    ['linked', 'silent', 'closed', 'silent'],
    ['linked', 'stalled', 'closed', 'stalled'],
    ...HANDSHAKE.map((state) => [state, 'overdue', 'closed', 'overdue'] as const),
    ...OPEN.flatMap((state) => [
      [state, 'refused', 'closed', 'wasRefused'] as const,
      [state, 'peer closes', 'closed', 'peerCloses'] as const,
      [state, 'bad message', 'closed', 'badMessage'] as const,
      [state, 'stop', 'closed', 'sayGoodbye'] as const,
      [state, 'closed', 'closed', 'wireClosed'] as const,
    ]),
  ];

const SIGNALS = [...new Set(PEER_CONNECTION_TABLE.map(({ on }) => on))];

describe('the states of a connection between two servers', () => {
  for (const [from, signal, to, expected, answers = {}] of ROWS) {
    const when = Object.entries(answers).map(([name, value]) => `${value ? '' : 'not '}${name}`);
    it(`goes from ${from} on "${signal}"${when.length > 0 ? ` (${when.join(', ')})` : ''} to ${to}`, () => {
      const done: string[] = [];
      const machine = tryTable<PeerConnectionState, PeerConnectionActions>(
        PEER_CONNECTION_TABLE,
        from,
        actions(done, answers),
      );
      assert.equal(machine.signal(signal), true);
      assert.equal(machine.state, to);
      assert.equal(done.join(), expected);
    });
  }

  it('has no other transitions', () => {
    for (const state of [...OPEN, 'closed'] as const) {
      for (const signal of SIGNALS) {
        if (ROWS.some(([from, on]) => from === state && on === signal)) continue;
        const machine = tryTable<PeerConnectionState, PeerConnectionActions>(
          PEER_CONNECTION_TABLE,
          state,
          actions([], {}),
        );
        assert.equal(machine.signal(signal), false, `${state}, ${signal}`);
      }
    }
  });
});
