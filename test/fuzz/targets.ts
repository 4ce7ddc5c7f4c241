/** The fuzz targets: each accepts any untrusted input, and must handle it as documented. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileFilter, type ResolvedRow } from '../../nodes/shared/message/filter/event-filter.js';
import { operators } from '../../nodes/shared/message/filter/operators.js';
import { Session } from '../../src/cil/index.js';
import { options } from '../../src/cli/ctios-server/options/options.js';
import { readConfig } from '../../src/cli/ctios-server/options/read-config.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { type Args, CtiosError, parseFilter, type Transport } from '../../src/ctios/index.js';
import { readKind, serverMessages } from '../../src/ctios/message-schema.js';
import { decode, FrameError, FrameReader } from '../../src/ged188/index.js';
import { fillTemplate, readCaller, readFields, readNumber } from '../../src/screenpop/index.js';
import { ClientSessions } from '../../src/server/northbound/index.js';
import { readClientMessage } from '../../src/server/northbound/transport/client-message.js';
import { readPeerMessage } from '../../src/server/peers/connection/messages.js';
import { FakeObjectServer } from '../server/northbound/fake-object-server.js';
import { TestClient } from '../server/northbound/test-client.js';
import { args, clientMessage, filterText, frame, hostileText, numberText, serverMessage } from './inputs.js';

export interface FuzzTarget {
  readonly name: string;
  /** The property that must hold. */
  readonly holds: string;
  /** Throws for an input that violates it. */
  readonly property: fc.IProperty<unknown> | fc.IProperty<[unknown]>;
  /** The number of runs of this target per run of the others, because its inputs are small. */
  readonly share: number;
}

/** Inputs arrive as parsed JSON: no functions, no undefined, no prototypes. */
const asReceived = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

const only = <T>(error: unknown, ...classes: (new (...given: never[]) => T)[]): void => {
  if (!classes.some((each) => error instanceof each)) throw error;
};

const target = <T>(
  name: string,
  holds: string,
  input: fc.Arbitrary<T>,
  run: (input: T) => void,
  share = 1,
): FuzzTarget => ({ name, holds, property: fc.property(input, run) as never, share });

export const targets: readonly FuzzTarget[] = [
  target(
    'frames',
    'a stream of bytes becomes messages or ends with a FrameError; a frame is decoded, with what is odd about it reported',
    fc.tuple(
      fc.array(frame, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 }),
    ),
    ([frames, cuts]) => {
      const reader = new FrameReader({ onFrame: (each) => assert.equal(typeof decode(each, 24).type, 'string') });
      const bytes = Buffer.concat(frames);
      try {
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          reader.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        reader.end();
      } catch (error) {
        only(error, FrameError);
      }
    },
  ),
  target(
    'client-messages',
    'a server answers no request twice, refuses what is no message, and goes on',
    fc.array(clientMessage, { minLength: 1, maxLength: 10 }),
    (messages) => {
      const server = new FakeObjectServer();
      const sessions = new ClientSessions({ server, clock: new VirtualClock() });
      const client = new TestClient(sessions).hello();
      const sent: number[] = [];
      for (const each of messages) {
        const message = readClientMessage(asReceived(each));
        if (typeof message === 'string') continue;
        if (message.kind === 'request') sent.push(message.id);
        client.say(message);
      }
      for (const asked of server.asked) asked.end({ outcome: 'confirmed' });
      // A number may be reused after its request has ended.
      for (const message of client.sent) {
        if (message.kind !== 'done') continue;
        const at = sent.indexOf(message.id);
        assert.ok(at >= 0, `request ${message.id} was answered once too often`);
        sent.splice(at, 1);
      }
      assert.equal(new TestClient(sessions).hello().last('welcome')?.kind, 'welcome');
      sessions.stop();
    },
  ),
  target(
    'server-messages',
    'the client library merges what a server sends, or closes the connection with a reason; no listener sees an exception',
    fc.array(serverMessage, { minLength: 1, maxLength: 12 }),
    (messages) => {
      const clock = new VirtualClock();
      let transport: Transport | undefined;
      const session = new Session({
        clock,
        connectors: [
          {
            name: 'fuzz',
            connect(opened) {
              transport = { send() {}, close() {}, onMessage() {}, onClosed() {} };
              opened(transport);
              return () => {};
            },
          },
        ],
      });
      const errors: unknown[] = [];
      session.onError((error) => errors.push(error));
      session.subscribe('AllInOne', (event) => {
        for (const object of [event.call, event.agent, event.skillGroup]) JSON.stringify(object?.properties() ?? {});
      });
      session.connect();
      transport?.onMessage({ kind: 'welcome', version: 1, server: 'fuzz', connectionId: 'f.1', heartbeatMs: 0 });
      for (const each of messages) {
        const message = asReceived(each);
        if (readKind(serverMessages, message).kind !== undefined) transport?.onMessage(message as never);
      }
      clock.advance(60_000);
      assert.deepEqual(errors, []);
      assert.ok(session.calls.size <= messages.length);
      void session.disconnect();
    },
  ),
  target(
    'peer-messages',
    'what a peer sends is a message of the protocol, or the text says what is wrong with it',
    fc.oneof(fc.json({ maxDepth: 3 }), hostileText),
    (text) => void readPeerMessage(text),
    2,
  ),
  target(
    'message-filters',
    'a filter of CTI OS is read, what it cannot say is discarded, and it matches or does not',
    fc.tuple(filterText, args),
    ([text, given]) => {
      try {
        assert.equal(typeof parseFilter(text).matches(9, asReceived(given) as Args), 'boolean');
      } catch (error) {
        only(error, CtiosError);
      }
    },
    2,
  ),
  target(
    'node-filters',
    'the rows of an event node are compiled, or the error has a code; a filter matches or does not',
    fc.tuple(
      fc.array(fc.record({ key: hostileText, op: fc.constantFrom(...Object.keys(operators)), value: hostileText }), {
        maxLength: 4,
      }),
      args,
    ),
    ([rows, given]) => {
      try {
        const matches = compileFilter(rows as unknown as ResolvedRow[]);
        const event = { kind: 'event', event: 'OnCallBegin', args: asReceived(given) };
        if (readKind(serverMessages, event).kind === undefined) return;
        assert.equal(typeof matches(event.args as Args, {}), 'boolean');
      } catch (error) {
        assert.equal(typeof (error as { code?: unknown }).code, 'string', String(error));
      }
    },
    2,
  ),
  target(
    'links',
    'data in a link is percent-encoded and never changes host or path',
    fc.tuple(hostileText, args),
    ([text, call]) => {
      const url = new URL(fillTemplate('https://crm.example.com/find/{a}?q={a}', () => text));
      assert.equal(url.host, 'crm.example.com');
      assert.ok(url.pathname.startsWith('/find/') || /^\.{1,2}$/.test(text) || url.pathname === '/', url.href);
      readFields(asReceived(call) as Args);
    },
    2,
  ),
  target(
    'numbers',
    'a caller is read in time, never thrown at; a public number is in E.164',
    fc.tuple(numberText, fc.constantFrom('US', 'DE', 'GB', 'IT', 'JP', '', 'XX')),
    ([text, region]) => {
      const number = readNumber(text, { region });
      if (number.kind === 'public') assert.match(number.e164 ?? '', /^\+[1-9]\d{5,14}$/);
      readCaller({ ANI: text, CallingDeviceID: text }, { region });
    },
    2,
  ),
  target(
    'configuration',
    'options are a configuration, or a UsageError that names the option',
    fc.array(
      fc.tuple(
        fc.oneof(fc.constantFrom(...Object.keys(options)), hostileText),
        fc.oneof(hostileText, fc.constantFrom('127.0.0.1:1', '0', '65536', 'true', '-5', 'a:b:c')),
      ),
      { maxLength: 5 },
    ),
    (given) => {
      try {
        readConfig(['--cti-server', '127.0.0.1:1', ...given.flatMap(([name, value]) => [`--${name}`, value])]).config();
      } catch (error) {
        only(error, UsageError);
      }
    },
  ),
];
