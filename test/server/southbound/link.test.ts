import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { encode, type Message, type MessageOf } from '../../../src/ged188/index.js';
import { createLink } from '../../../src/server/southbound/link.js';
import type { CtiLink, LinkAnswer, LinkDown, LinkUp } from '../../../src/server/southbound/link-api.js';
import type { LinkSettings } from '../../../src/server/southbound/settings.js';
import { answerOf } from './answer-of.js';
import { failure, ScriptedPair } from './scripted-cti-server.js';

interface Seen {
  link: CtiLink;
  pair: ScriptedPair;
  clock: VirtualClock;
  ups: LinkUp[];
  downs: LinkDown[];
  /** What the link said of itself when each loss was reported. */
  statesAtLoss: string[];
  messages: Message[];
}

function start(change: Partial<LinkSettings> = {}, prepare: (pair: ScriptedPair) => void = () => {}): Seen {
  const clock = (change.clock as VirtualClock | undefined) ?? new VirtualClock();
  const pair = new ScriptedPair(clock);
  prepare(pair);
  const link = createLink({
    sides: { A: { host: 'a', port: 42027 }, B: { host: 'b', port: 43027 } },
    dial: pair.dial,
    clock,
    random: { next: () => 0.5 },
    clientId: 'CTIOSServer',
    password: 'not-to-be-seen',
    ...change,
  });
  const seen: Seen = { link, pair, clock, ups: [], downs: [], statesAtLoss: [], messages: [] };
  link.listen({
    up: (up) => seen.ups.push(up),
    down: (down) => {
      seen.downs.push(down);
      seen.statesAtLoss.push(link.info.state);
    },
    message: (message) => seen.messages.push(message),
  });
  link.start();
  clock.advance(1);
  return seen;
}

const STATUS = { INVALID_VERSION: 1, NEW_SESSION: 11, FUNCTION: 12, OFFLINE: 15, MASK: 19, PASSWORD: 36 };

/** Version 23 has no standby, so that only one session on one side is tested. */
const single: Partial<LinkSettings> = { protocolVersion: 23 };

describe('link to the CTI Server: opening', () => {
  it('opens side A with the latest version and the services of the design', () => {
    const { ups, pair } = start();
    assert.equal(ups.length, 1);
    assert.equal(ups[0]?.side, 'A');
    assert.equal(ups[0]?.version, 25);
    const open = pair.a.last.received[0] as MessageOf<'OPEN_REQ'>;
    assert.equal(open.ServicesRequested & 0x96, 0x96);
    assert.notEqual(open.ServicesRequested & 0x02000000, 0);
    assert.equal(open.CallMsgMask, 0xf0ffffff, 'calls, media, teams and recording in the network');
    assert.notEqual(open.ConfigMsgMask & 0x200, 0, 'changes of assistance services');
    assert.equal(open.ServicesRequested & 0x200, 0);
    assert.equal(open.PeripheralID, 0xffffffff);
    assert.equal(open.IdleTimeout, 20);
    assert.equal(open.ClientID, 'CTIOSServer');
  });

  it('decreases the version one at a time until the CTI Server accepts it', () => {
    const { ups, pair } = start({}, ({ a }) => {
      a.newestVersion = 20;
    });
    assert.equal(ups[0]?.version, 20);
    assert.deepEqual(
      pair.a.connections.map((each) => (each.received[0] as MessageOf<'OPEN_REQ'>).VersionNumber),
      [25, 24, 23, 22, 21, 20],
    );
    const { CallMsgMask, ConfigMsgMask } = pair.a.last.received[0] as MessageOf<'OPEN_REQ'>;
    assert.deepEqual([CallMsgMask, ConfigMsgMask], [0x00ffffff, 0x6], 'no bits that the version does not define');
  });

  it('does not decrease a version fixed by the user, and reports that action is required', () => {
    const { ups, downs, pair } = start({ protocolVersion: 24 }, ({ a, b }) => {
      a.newestVersion = b.newestVersion = 20;
    });
    assert.equal(ups.length, 0);
    assert.equal(downs.at(-1)?.code, 'E_CTI_INVALID_VERSION');
    assert.equal(downs.at(-1)?.terminal, true);
    assert.equal(pair.a.connections.length, 1);
  });

  it('requests fewer services if the full set is refused', () => {
    const { ups, pair } = start({}, ({ a }) => {
      a.openAnswer = (open) =>
        open.ServicesRequested === 0x16
          ? {
              type: 'OPEN_CONF',
              InvokeID: open.InvokeID,
              ServicesGranted: 0x16,
              PeripheralOnline: true,
              SessionType: 1,
            }
          : failure(open.InvokeID, STATUS.MASK);
    });
    assert.equal(ups.length, 1);
    assert.deepEqual(
      pair.a.connections.map((each) => (each.received[0] as MessageOf<'OPEN_REQ'>).ServicesRequested),
      [0x020c0096, 0x02000096, 0x96, 0x16],
    );
  });

  it('requests everything again with the next lower version', () => {
    const { pair } = start({}, ({ a }) => {
      a.openAnswer = ({ InvokeID, VersionNumber, ServicesRequested }) => {
        if (VersionNumber > 24)
          return failure(InvokeID, ServicesRequested & 0x40000 ? STATUS.MASK : STATUS.INVALID_VERSION);
        return {
          type: 'OPEN_CONF',
          InvokeID,
          ServicesGranted: ServicesRequested,
          PeripheralOnline: true,
          SessionType: 1,
        };
      };
    });
    const opens = pair.a.connections.map((each) => each.received[0] as MessageOf<'OPEN_REQ'>);
    assert.deepEqual(
      opens.map(({ VersionNumber, ServicesRequested }) => [VersionNumber, ServicesRequested]),
      [
        [25, 0x020c0096],
        [25, 0x02000096],
        [24, 0x020c0096],
      ],
    );
  });

  it('stops permanently on a wrong password and names the client, not the password', () => {
    const { downs, pair, clock } = start({}, ({ a }) => {
      a.openAnswer = (open) => failure(open.InvokeID, STATUS.PASSWORD);
    });
    clock.advance(600_000);
    assert.equal(pair.dialed.length, 1);
    assert.equal(downs.length, 1);
    assert.equal(downs[0]?.terminal, true);
    assert.match(downs[0]?.reason ?? '', /CTIOSServer/);
    assert.doesNotMatch(downs[0]?.reason ?? '', /not-to-be-seen/);
  });

  it('restarts on request after a permanent refusal', () => {
    const { link, ups, pair, clock } = start({}, ({ a }) => {
      a.openAnswer = (open) => failure(open.InvokeID, STATUS.PASSWORD);
    });
    pair.a.openAnswer = undefined;
    link.start();
    clock.advance(1);
    assert.equal(ups.length, 1);
  });

  it('tries the other side if a server accepts the connection and does not respond', () => {
    const { ups, downs, clock } = start(single, ({ a }) => {
      a.openAnswer = () => null;
    });
    clock.advance(29_998);
    assert.equal(ups.length, 0);
    clock.advance(10);
    assert.equal(downs[0]?.code, 'CTIOS_OPEN_TIMEOUT');
    assert.equal(ups[0]?.side, 'B');
  });

  it('reports a server that answers with the InvokeID of another request', () => {
    const { downs, clock } = start(single, ({ a }) => {
      a.openAnswer = ({ InvokeID }) => ({ type: 'OPEN_CONF', InvokeID: InvokeID + 77 });
    });
    clock.advance(30_010);
    assert.equal(downs[0]?.code, 'CTIOS_OPEN_TIMEOUT');
    assert.match(downs[0]?.reason ?? '', /had InvokeID 1: its OPEN_CONF has 78/);
  });

  it('gives up dialing an unresponsive address after its own timeout', () => {
    const { ups, downs, clock } = start({ ...single, dialMs: 3_000 }, ({ a }) => {
      a.reachable = 'black hole';
    });
    clock.advance(3_010);
    assert.equal(downs[0]?.code, 'CTIOS_CONNECT_TIMEOUT');
    assert.equal(ups[0]?.side, 'B');
  });

  it('rejects a client ID over the limit before anything is sent, naming the field', () => {
    const { downs } = start({ clientId: 'x'.repeat(65) });
    assert.equal(downs[0]?.code, 'CTIOS_INVALID_SETTING');
    assert.equal(downs[0]?.terminal, true);
    assert.match(downs[0]?.reason ?? '', /ClientID/);
  });
});

describe('link to the CTI Server: the order of attempts', () => {
  it('is: same side, opposite side, a short pause, then 15, 30, 60, 120, 120 s', () => {
    const { pair, clock } = start({ ...single, clients: 40 }, ({ a, b }) => {
      a.reachable = b.reachable = 'refused';
    });
    clock.advance(400_000);
    const rounds = pair.dialed.filter(({ side }) => side === 'a').map(({ at }) => Math.round(at / 1_000));
    assert.deepEqual(rounds, [0, 4, 19, 49, 109, 229, 349]);
    assert.ok(pair.dialed.every(({ side }, index) => side === (index % 2 === 0 ? 'a' : 'b')));
  });

  it('finds a side that is away for a second in the round after the short pause, however short that is', () => {
    for (const random of [0, 0.1, 0.5, 0.999]) {
      const { pair, ups, clock } = start({ ...single, random: { next: () => random } });
      pair.a.last.stream.destroy();
      pair.a.reachable = pair.b.reachable = 'refused';
      clock.advance(1_000);
      pair.a.reachable = 'yes';
      clock.advance(6_000);
      assert.equal(ups.length, 2, `random ${random}`);
    }
  });

  it('starts with the side of the last good connection', () => {
    const { pair, ups, clock } = start(single, ({ a }) => {
      a.reachable = 'refused';
    });
    assert.equal(ups[0]?.side, 'B');
    pair.a.reachable = 'yes';
    pair.b.last.stream.destroy();
    clock.advance(1);
    assert.deepEqual(
      pair.dialed.map(({ side }) => side),
      ['a', 'b', 'b'],
    );
    assert.equal(ups[1]?.side, 'B');
  });

  it('detects a closed socket immediately', () => {
    const { pair, downs, ups, clock } = start(single);
    pair.a.last.stream.end();
    pair.a.reachable = 'refused';
    clock.advance(1);
    assert.equal(downs[0]?.code, 'CTIOS_LINK_CLOSED');
    assert.equal(ups[1]?.side, 'B');
    assert.equal(ups[1]?.seamless, false);
  });
});

describe('link to the CTI Server: heartbeats and gaps', () => {
  it('sends a heartbeat after an interval of silence and continues when it is answered', () => {
    const { pair, clock, downs } = start(single);
    clock.advance(60_000);
    assert.equal(pair.a.last.of('HEARTBEAT_REQ').length, 12);
    assert.equal(downs.length, 0);
  });

  it('detects a dead peer within interval × (misses + 1)', () => {
    const { pair, clock, downs } = start(single);
    const opened = clock.now();
    pair.a.answersHeartbeats = false;
    clock.advance(19_990);
    assert.equal(downs.length, 0);
    assert.equal(pair.a.last.of('HEARTBEAT_REQ').length, 3);
    clock.advance(15);
    assert.equal(downs[0]?.code, 'CTIOS_LINK_SILENT');
    assert.ok(Math.abs(downs[0].heardAt! - opened) < 10, 'last heard when it opened');
  });

  it('restarts the full time for a peer that has responded', () => {
    const { pair, clock, downs } = start(single);
    clock.advance(62_000);
    pair.a.answersHeartbeats = false;
    const answered = pair.a.last.of('HEARTBEAT_REQ').length;
    clock.advance(17_900);
    assert.equal(downs.length, 0);
    assert.equal(pair.a.last.of('HEARTBEAT_REQ').length, answered + 3);
    clock.advance(200);
    assert.equal(downs[0]?.code, 'CTIOS_LINK_SILENT');
  });

  it('detects a dead peer just as soon if this side sends continuously', () => {
    const { pair, clock, downs, link } = start(single);
    pair.a.answersHeartbeats = false;
    for (let second = 0; second < 19; second++) {
      link.send({ type: 'HEARTBEAT_REQ', InvokeID: 0 });
      clock.advance(1_000);
    }
    assert.equal(downs.length, 0);
    clock.advance(1_100);
    assert.equal(downs[0]?.code, 'CTIOS_LINK_SILENT');
  });

  it('treats any message as a sign of life', () => {
    const { pair, clock, downs } = start(single);
    pair.a.answersHeartbeats = false;
    for (let n = 0; n < 20; n++) {
      clock.advance(14_000);
      pair.a.last.send({ type: 'SYSTEM_EVENT', SystemEventID: 9 });
      clock.advance(1);
    }
    assert.equal(downs.length, 0);
  });

  it('measures the round trip of each heartbeat, even if the next one is sent before its response', () => {
    const { pair, clock, link } = start(single);
    pair.a.answersHeartbeats = false;
    clock.advance(12_000);
    const sent = pair.a.last.of('HEARTBEAT_REQ');
    assert.equal(sent.length, 2);
    pair.a.last.send({ type: 'HEARTBEAT_CONF', InvokeID: sent[0]!.InvokeID });
    clock.advance(1);
    assert.ok(Math.abs(link.info.roundTripMs! - 7_000) < 20, `${link.info.roundTripMs}`);
  });

  it('measures the round trip from the opening on, on a busy link as well, and shows one that takes longer at once', () => {
    const clock = new VirtualClock();
    let delayMs = 40;
    const { pair, link } = start({ ...single, clock }, ({ a }) => {
      a.openAnswer = ({ InvokeID, ServicesRequested: ServicesGranted }) => {
        const PeripheralOnline = true;
        const conf = { type: 'OPEN_CONF', InvokeID, ServicesGranted, PeripheralOnline, SessionType: 1 } as const;
        clock.after(delayMs, () => a.last.send(conf));
        return null;
      };
      a.onHeartbeat = ({ InvokeID }, connection) =>
        void clock.after(delayMs, () => connection.send({ type: 'HEARTBEAT_CONF', InvokeID }));
    });
    const busy = (ms: number) => {
      for (let passed = 0; passed < ms; passed += 100) {
        link.send({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 9, PeripheralID: 5000, AgentID: '1001' });
        pair.a.last.send({ type: 'AGENT_STATE_EVENT', PeripheralID: 5000, AgentState: 3, AgentID: '1001' } as never);
        clock.advance(100);
      }
    };
    clock.advance(50);
    assert.ok(Math.abs(link.info.roundTripMs! - 40) < 5, `${link.info.roundTripMs} after opening`);
    busy(2_000);
    delayMs = 300;
    busy(5_500);
    assert.ok(Math.abs(link.info.roundTripMs! - 300) < 5, `${link.info.roundTripMs} with a delay`);
    delayMs = 4_000;
    busy(5_000);
    assert.ok(link.info.roundTripMs! > 1_000, `${link.info.roundTripMs} while it is not answered`);
  });

  it('drops the session when a heartbeat is answered with a failure', () => {
    const { pair, clock, downs } = start(single);
    pair.a.answersHeartbeats = false;
    clock.advance(5_000);
    const [heartbeat] = pair.a.last.of('HEARTBEAT_REQ');
    pair.a.last.send(failure(heartbeat?.InvokeID ?? 0, STATUS.OFFLINE));
    clock.advance(1);
    assert.equal(downs[0]?.code, 'E_CTI_CTI_SERVER_OFFLINE');
  });

  it('ends the session on a frame with a wrong length, and reconnects', () => {
    const { pair, clock, downs, ups } = start(single);
    pair.a.last.stream.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 9]));
    clock.advance(1);
    assert.equal(downs[0]?.code, 'E_CTI_INVALID_MESSAGE_LENGTH');
    assert.equal(ups.length, 2);
  });

  it('does not flood a server that opens sessions and drops them immediately', () => {
    const { pair, clock, ups } = start(single);
    const drop = () => {
      for (const { connections } of [pair.a, pair.b]) connections.at(-1)?.stream.destroy();
    };
    for (let second = 0; second < 600; second++) {
      drop();
      clock.advance(1_000);
    }
    assert.ok(ups.length >= 8 && ups.length <= 30, `${ups.length} sessions in 10 minutes`);
    // A session that lasts resets the pauses after the next loss.
    clock.advance(200_000);
    const before = ups.length;
    drop();
    clock.advance(100);
    assert.equal(ups.length, before + 1);
  });

  it('counts a gap from the last message of the server, even if the connection is reset', () => {
    const { pair, clock, downs } = start(single);
    pair.a.last.send({ type: 'SYSTEM_EVENT', SystemEventID: 9 });
    clock.advance(1);
    const heard = clock.now();
    pair.a.answersHeartbeats = false;
    clock.advance(12_000);
    pair.a.last.stream.destroy();
    clock.advance(1);
    assert.ok(downs[0]!.heardAt! <= heard + 1, `${downs[0]!.heardAt! - heard} ms after`);
  });

  it('is not affected when the system clock is set', () => {
    for (const hours of [-1, 1]) {
      const { pair, clock, downs } = start(single);
      clock.advance(7_000);
      clock.setWallClock(clock.now() + hours * 3_600_000);
      clock.advance(60_000);
      assert.equal(downs.length, 0);
      pair.a.answersHeartbeats = false;
      clock.advance(20_100);
      assert.equal(downs[0]?.code, 'CTIOS_LINK_SILENT');
    }
  });

  it('reports that another client has opened a session with the same client ID', () => {
    const { pair, clock, downs } = start(single);
    pair.a.last.send({ type: 'FAILURE_EVENT', Status: STATUS.NEW_SESSION });
    clock.advance(10_000);
    assert.equal(downs[0]?.code, 'E_CTI_NEW_SESSION_OPENED');
    assert.equal(pair.dialed.length, 1);
  });

  it('reports each kind of decode warning once, counts it, and continues', () => {
    const told: string[] = [];
    const { pair, clock, link, messages } = start({
      ...single,
      onOddity: ({ kind, message }) => told.push(`${kind} ${message}`),
    });
    // A SYSTEM_EVENT with an unknown floating field: tag 999, two bytes.
    const odd = encode(
      { type: 'SYSTEM_EVENT', SystemEventID: 9, unknown: [{ tag: 999, data: Buffer.from('hi') }] },
      23,
    );
    pair.a.last.stream.write(Buffer.concat([odd, odd, odd]));
    clock.advance(1);
    assert.deepEqual(told, ['unknown-tag SYSTEM_EVENT']);
    assert.deepEqual(
      [...link.info.oddities].map(({ count }) => count),
      [3],
    );
    assert.equal(messages.length, 3);
  });

  it('passes on a FAILURE_EVENT that concerns only part of the session', () => {
    const { pair, clock, downs, messages } = start(single);
    pair.a.last.send({ type: 'FAILURE_EVENT', Status: 67 });
    clock.advance(1);
    assert.equal(downs.length, 0);
    assert.deepEqual(
      messages.map((message) => message.type),
      ['FAILURE_EVENT'],
    );
  });
});

describe('link to the CTI Server: its owner', () => {
  it('is notified immediately of an established link, and is the only one', () => {
    const clock = new VirtualClock();
    const pair = new ScriptedPair(clock);
    const link = createLink({
      sides: { A: { host: 'a', port: 42027 } },
      dial: pair.dial,
      clock,
      random: { next: () => 0.5 },
      clientId: 'CTIOSServer',
    });
    link.start();
    clock.advance(1);
    const ups: LinkUp[] = [];
    const owner = { up: (up: LinkUp) => ups.push(up), down() {}, message() {} };
    link.listen(owner);
    assert.equal(ups[0]?.side, 'A');
    assert.throws(() => link.listen(owner), /This link has an owner/);
  });
});

describe('link to the CTI Server: requests', () => {
  const hold = { type: 'HOLD_CALL_REQ', PeripheralID: 5000, ConnectionCallID: 1, ConnectionDeviceID: '2001' } as const;

  it('settles a request with its confirmation, before any later message is passed on', () => {
    const { link, pair, clock, messages } = start(single);
    pair.a.onRequest = (message, connection) => {
      if (message.type !== 'HOLD_CALL_REQ') return;
      connection.send({ type: 'HOLD_CALL_CONF', InvokeID: message.InvokeID });
      connection.send({ type: 'SYSTEM_EVENT', SystemEventID: 9 });
    };
    const answers: LinkAnswer[] = [];
    link.request(hold, 15_000, (answer) => {
      assert.equal(messages.length, 0);
      answers.push(answer);
    });
    clock.advance(1);
    assert.deepEqual(
      answers.map((answer) => (answer as Message).type),
      ['HOLD_CALL_CONF'],
    );
    assert.equal(messages.length, 1);
  });

  it('rejects a refused request with the name of the failure and the response', async () => {
    const { link, pair, clock } = start(single);
    pair.a.onRequest = (message, connection) => {
      if ('InvokeID' in message) {
        connection.send({
          type: 'CONTROL_FAILURE_CONF',
          InvokeID: message.InvokeID as number,
          FailureCode: 22,
          PeripheralErrorCode: 10108,
        });
      }
    };
    const answer = answerOf(link, hold, 15_000);
    clock.advance(1);
    await assert.rejects(answer, (error: Error & { outcome?: string; code?: string; answer?: Message }) => {
      assert.equal(error.outcome, 'failed');
      assert.equal(error.code, 'CF_INVALID_OBJECT_STATE');
      assert.equal(error.answer?.type, 'CONTROL_FAILURE_CONF');
      return true;
    });
  });

  it('does not accept the confirmation of another request', async () => {
    const { pair, clock, link } = start(single);
    const answer = answerOf(link, hold, 15_000);
    clock.advance(1);
    const [request] = pair.a.last.of('HOLD_CALL_REQ');
    pair.a.last.send({ type: 'ANSWER_CALL_CONF', InvokeID: request!.InvokeID });
    clock.advance(1);
    let settled = false;
    void answer.finally(() => {
      settled = true;
    });
    await Promise.resolve();
    assert.equal(settled, false);
    pair.a.last.send({ type: 'HOLD_CALL_CONF', InvokeID: request!.InvokeID });
    clock.advance(1);
    assert.equal((await answer).type, 'HOLD_CALL_CONF');
  });

  it('reports an unknown outcome if no response arrives in time, and ignores a late one', async () => {
    const { link, pair, clock, messages } = start(single);
    const answer = answerOf(link, hold, 2_000);
    clock.advance(2_000);
    await assert.rejects(answer, { outcome: 'unknown', code: 'CTIOS_ANSWER_TIMEOUT' });
    const [late] = pair.a.last.of('HOLD_CALL_REQ');
    pair.a.last.send({ type: 'HOLD_CALL_CONF', InvokeID: late?.InvokeID ?? 0 });
    clock.advance(1);
    assert.equal(messages.filter((message) => message.type === 'HOLD_CALL_CONF').length, 0);
  });

  it('reports an unknown outcome if the link is lost after sending', async () => {
    const { link, pair, clock } = start(single);
    const answer = answerOf(link, hold, 15_000);
    clock.advance(1);
    pair.a.last.stream.destroy();
    clock.advance(1);
    await assert.rejects(answer, { outcome: 'unknown', code: 'CTIOS_OUTCOME_UNKNOWN' });
  });

  it('rejects a request immediately while there is no link, with the reason', async () => {
    const { link } = start(single, ({ a, b }) => {
      a.reachable = b.reachable = 'refused';
    });
    await assert.rejects(answerOf(link, hold, 1_000), (error: Error & { code?: string; outcome?: string }) => {
      assert.equal(error.code, 'CTIOS_OFFLINE');
      assert.equal(error.outcome, 'failed');
      assert.match(error.message, /ECONNREFUSED/);
      return true;
    });
  });

  it('rejects an argument over the limit without sending anything', async () => {
    const { link, pair } = start(single);
    const sent = pair.a.last.received.length;
    await assert.rejects(answerOf(link, { ...hold, ConnectionDeviceID: 'x'.repeat(70) }, 1_000), {
      outcome: 'failed',
      code: 'CTIOS_INVALID_ARGUMENT',
    });
    assert.equal(pair.a.last.received.length, sent);
  });
});

describe('link to the CTI Server: standby and maintenance (protocol 24)', () => {
  function pairUp(): Seen {
    return start({}, ({ b }) => {
      b.sessionType = 2;
    });
  }

  it('keeps a standby session on the other side', () => {
    const { link, pair, ups } = pairUp();
    assert.equal(ups.length, 1);
    assert.equal(pair.b.connections.length, 1);
    assert.equal(link.info.standby, true);
  });

  it('follows an announced hand-off without a gap', () => {
    const { pair, ups, downs, clock, link, messages } = pairUp();
    const old = pair.a.last;
    old.send({ type: 'ACTIVE_MAINTENANCE_REQ_MSG', InvokeID: 77 });
    clock.advance(1);
    const [response] = old.of('ACTIVE_MAINTENANCE_RESP_MSG');
    assert.equal(response?.InvokeID, 77);
    assert.equal(Boolean(response?.MaintenanceModeAccepted), true);
    old.send({ type: 'ACTIVE_MAINTENANCE_EVENT_MSG', MaintenanceModeStatus: true });
    clock.advance(1);
    pair.b.last.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    pair.b.last.send({ type: 'SYSTEM_EVENT', SystemEventID: 9 });
    clock.advance(1);
    assert.equal(downs.length, 0);
    assert.equal(ups.length, 2);
    assert.equal(ups[0]?.stoodBy, false);
    assert.equal(ups[1]?.stoodBy, true);
    assert.equal(ups[1]?.seamless, true);
    assert.equal(link.up?.side, 'B');
    assert.equal(messages.length, 1);
    assert.equal(old.of('STOPPING_REQUESTS_TO_THIS_SIDE_IND').length, 1);
    clock.advance(6_000);
    assert.equal(old.closed, true);
    assert.equal(link.up?.side, 'B');
  });

  it('lets the old side respond to a request that was in progress at the hand-off', async () => {
    const { pair, clock, link } = pairUp();
    const answer = answerOf(link, { type: 'HOLD_CALL_REQ', ConnectionDeviceID: '2001' }, 15_000);
    clock.advance(1);
    pair.a.last.send({ type: 'ACTIVE_MAINTENANCE_EVENT_MSG', MaintenanceModeStatus: true });
    clock.advance(1);
    pair.b.last.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    clock.advance(1);
    const [hold] = pair.a.last.of('HOLD_CALL_REQ');
    pair.a.last.send({ type: 'HOLD_CALL_CONF', InvokeID: hold?.InvokeID ?? 0 });
    clock.advance(1);
    assert.equal((await answer).type, 'HOLD_CALL_CONF');
  });

  it('refuses maintenance while there is no standby', () => {
    const { pair, clock } = start({}, ({ b }) => {
      b.reachable = 'refused';
    });
    pair.a.last.send({ type: 'ACTIVE_MAINTENANCE_REQ_MSG', InvokeID: 5 });
    clock.advance(1);
    assert.equal(Boolean(pair.a.last.of('ACTIVE_MAINTENANCE_RESP_MSG')[0]?.MaintenanceModeAccepted), false);
  });

  it('uses the standby after a loss, and reports a gap', () => {
    const { pair, ups, downs, clock } = pairUp();
    pair.a.last.stream.destroy();
    pair.a.reachable = 'refused';
    clock.advance(1_000);
    assert.deepEqual([...new Set(downs.map(({ code }) => code))], ['CTIOS_LINK_CLOSED', 'CTIOS_CONNECT_FAILED']);
    pair.b.last.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    clock.advance(1);
    assert.equal(ups.length, 2);
    assert.equal(ups[1]?.side, 'B');
    assert.equal(ups[1]?.seamless, false);
    assert.equal(pair.b.connections.length, 1);
  });

  it('counts the gap of a side that hung from its last message, when the other one takes over', () => {
    const { pair, downs, clock } = pairUp();
    const heard = clock.now();
    pair.a.answersHeartbeats = false;
    clock.advance(12_000);
    pair.b.last.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    clock.advance(1);
    assert.ok(downs[0]!.heardAt! <= heard + 1, `${downs[0]!.heardAt! - heard} ms after`);
  });

  it('reports a gap for an unannounced side switch, even if the old side still serves', () => {
    const { pair, ups, downs, clock } = pairUp();
    pair.b.last.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    clock.advance(1);
    assert.equal(downs[0]?.code, 'CTIOS_SIDE_SWITCHED');
    assert.equal(ups[1]?.side, 'B');
    assert.equal(ups[1]?.seamless, false);
  });

  it('leaves no timer behind when the old side closes first after a hand-off', async () => {
    const { pair, clock, link } = pairUp();
    pair.b.last.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    clock.advance(1);
    pair.a.last.stream.end();
    clock.advance(1);
    const stopped = link.stop();
    clock.advance(1);
    await stopped;
    clock.advance(10);
    assert.equal(clock.pending, 0);
  });

  it('reconnects immediately on the side that was lost, and keeps the standby', () => {
    const { link, pair, ups, clock } = pairUp();
    const standby = pair.b.last;
    pair.a.last.stream.destroy();
    clock.advance(10);
    assert.deepEqual(
      ups.map(({ side }) => side),
      ['A', 'A'],
    );
    clock.advance(60_000);
    assert.equal(link.info.standby, true);
    assert.equal(pair.b.last, standby);
    assert.equal(standby.of('CLOSE_REQ').length, 0);
  });

  it('is not called up when its loss is reported', () => {
    for (const standby of [true, false]) {
      const { pair, clock, statesAtLoss } = standby ? pairUp() : start(single);
      pair.a.last.stream.destroy();
      clock.advance(10);
      assert.deepEqual(statesAtLoss, ['choosing']);
    }
    const { pair, clock, statesAtLoss } = pairUp();
    pair.b.last.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    clock.advance(1);
    assert.deepEqual(statesAtLoss, ['choosing']);
  });

  it('gives up a standby that does not take over in time, and reopens the side', () => {
    const { pair, ups, clock } = pairUp();
    const standby = pair.b.last;
    pair.a.reachable = 'refused';
    pair.a.last.stream.destroy();
    clock.advance(9_000);
    assert.equal(pair.b.connections.length, 1);
    pair.b.sessionType = 1;
    clock.advance(1_100);
    assert.equal(standby.of('CLOSE_REQ').length, 1);
    assert.equal(ups[1]?.side, 'B');
  });

  it('keeps one session if both sides are on standby, and uses the one that becomes active', () => {
    const { link, pair, clock } = start({}, ({ a, b }) => {
      a.sessionType = 2;
      b.sessionType = 2;
    });
    clock.advance(100);
    const open = [...pair.a.connections, ...pair.b.connections].filter(({ closed }) => !closed);
    assert.equal(open.length, 1);
    open[0]!.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    clock.advance(1);
    assert.notEqual(link.up, undefined);
  });

  it('keeps a session on a side on standby and continues to the active one', () => {
    const { link, pair } = start({}, ({ a }) => {
      a.sessionType = 2;
    });
    assert.equal(link.up?.side, 'B');
    assert.equal(link.info.standby, true);
    assert.equal(pair.a.connections.length, 1);
  });

  it('reopens a lost standby after a delay', () => {
    const { link, pair, clock } = pairUp();
    pair.b.last.stream.destroy();
    clock.advance(10);
    assert.equal(link.info.standby, false);
    assert.ok(link.up);
    clock.advance(30_100);
    assert.equal(link.info.standby, true);
  });
});

describe('link to the CTI Server: stopping', () => {
  it('closes every session cleanly and leaves no timer behind', async () => {
    const { link, pair, clock } = start({}, ({ b }) => {
      b.sessionType = 2;
    });
    const stopped = link.stop();
    clock.advance(1);
    await stopped;
    assert.equal(pair.a.last.of('CLOSE_REQ').length, 1);
    assert.equal(pair.b.last.of('CLOSE_REQ').length, 1);
    clock.advance(10);
    assert.equal(clock.pending, 0);
  });

  it('settles two stop calls when everything is closed', async () => {
    const { link, pair, clock } = start(single);
    const stops = [link.stop(), link.stop()];
    clock.advance(1);
    await Promise.all(stops);
    assert.equal(pair.a.last.of('CLOSE_REQ').length, 1);
  });

  it('does not wait forever for CLOSE_CONF', async () => {
    const { link, pair, clock } = start(single);
    pair.a.answer = () => {};
    const stopped = link.stop();
    clock.advance(5_001);
    await stopped;
    clock.advance(10);
    assert.equal(clock.pending, 0);
  });

  it('stops while connecting and during a pause', async () => {
    for (const wait of [0, 10_000]) {
      const { link, clock } = start(single, ({ a, b }) => {
        a.reachable = b.reachable = wait === 0 ? 'black hole' : 'refused';
      });
      clock.advance(wait);
      await link.stop();
      clock.advance(10);
      assert.equal(clock.pending, 0);
    }
  });
});
