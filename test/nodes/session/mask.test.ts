import assert from 'node:assert/strict';
import sinon from 'sinon';
import { migrated } from '../../../nodes/shared/migrations.js';
import { SessionHost } from '../../../nodes/shared/session/session-host.js';
import { readMask, type SessionDef } from '../../../nodes/shared/session/settings/settings.js';
import { logTraffic, trafficLevel } from '../../../nodes/shared/session/traffic-log.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { Mask, NO_MASK } from '../../../src/ctios/mask.js';
import { FakeOpening } from '../fake-session.js';

describe('a list of masked keywords', () => {
  it('hides the named keywords in any letter case, and those with a matching prefix', () => {
    const mask = new Mask(' CallVariable3, user.Card*;ani\nuser.Pin');
    for (const key of ['CallVariable3', 'callvariable3', 'ANI', 'user.Card', 'user.CardNumber', 'User.card[0]'])
      assert.ok(mask.hides(key), key);
    for (const key of ['CallVariable1', 'CallVariable30', 'DNIS', 'user.Car', 'user.Pinned'])
      assert.ok(!mask.hides(key), key);
  });

  it('hides an array by its name, and every ECC variable by ECC', () => {
    const mask = new Mask('user.Pin, ECC');
    assert.ok(mask.hides('user.Pin[3]'));
    assert.deepEqual(mask.apply({ ECC: { 'user.A': 'x', 'user.B[0]': 'y' }, ANI: '1' }), {
      ECC: { 'user.A': '***', 'user.B[0]': '***' },
      ANI: '1',
    });
  });

  it('hides nested values, leaves the original unchanged, and copies only if necessary', () => {
    const args = { ANI: '1', ECC: { 'user.Card': 'x', 'user.Tier': 'gold' }, 'SkillGroup[1]': { SkillGroupNumber: 7 } };
    const before = structuredClone(args);
    assert.deepEqual(new Mask('user.card, SkillGroupNumber').apply(args), {
      ANI: '1',
      ECC: { 'user.Card': '***', 'user.Tier': 'gold' },
      'SkillGroup[1]': { SkillGroupNumber: '***' },
    });
    assert.deepEqual(args, before);
    assert.equal(new Mask('CallVariable1').apply(args), args);
    assert.equal(NO_MASK.apply(args), args);
  });

  it('hides everything with a lone star', () => {
    assert.deepEqual(new Mask('*').apply({ ANI: '1', CallStatus: 2 }), { ANI: '***', CallStatus: '***' });
  });

  it('is correct for more keywords than are cached', () => {
    const mask = new Mask('user.Secret*');
    for (let n = 0; n < 12_000; n++) assert.equal(mask.hides(`user.${n % 2 ? 'Secret' : 'Open'}${n}`), n % 2 === 1);
  });

  it('rejects a star in the middle, and the session with it', () => {
    assert.throws(() => new Mask('CallVariable1, user.*Card'), /"user\.\*Card": \* can stand at the end only/);
    assert.throws(() => readMask({ masked: 'a*b' } as SessionDef), { code: 'CTIOS_BAD_SETTINGS' });
  });

  it('is empty in a session saved before masks existed', () => {
    const old = { connect: 'simulator', version: 1 };
    assert.equal((migrated('ctios-session', old) as { masked?: string }).masked, '');
  });
});

describe("a session's events in the log", () => {
  const make = (level: 'debug' | 'trace') => {
    const opened = new FakeOpening();
    const host = new SessionHost({ id: 's', key: 'k', clock: new VirtualClock(), open: () => opened });
    const write = sinon.spy((_: string) => {});
    const stop = logTraffic(host, { debug: write, trace: write } as never, level);
    host.attach('n', { view: () => {} });
    host.release();
    return { host, write, stop, session: opened.session };
  };
  const args = { UniqueObjectID: 'call.1.1.1', ANI: '2065550101', MonitorModePassword: 'planted' };

  it('are written only if a logger has that level', () => {
    assert.equal(trafficLevel(undefined), undefined);
    assert.equal(trafficLevel({ console: { level: 'info' } }), undefined);
    assert.equal(trafficLevel({ console: { level: 'info' }, file: { level: 'debug' } }), 'debug');
    assert.equal(trafficLevel({ console: { level: 'trace' }, file: { level: 'debug' } }), 'trace');
  });

  it('are written without arguments at debug', () => {
    const { write, session } = make('debug');
    session.emit('OnCallBegin', args, { recovered: true });
    sinon.assert.calledOnceWithExactly(write, '#1 OnCallBegin call.1.1.1 (recovered)');
  });

  it('are one line each, whatever they contain', () => {
    for (const level of ['debug', 'trace'] as const) {
      const { write, session } = make(level);
      session.emit('OnCallBegin', { UniqueObjectID: 'call.1\n1 Jan - [error] forged', ANI: 'a\u2028\u001b[2J' });
      sinon.assert.calledOnce(write);
      assert.doesNotMatch(write.firstCall.args[0], /[\p{Cc}\u2028\u2029]/u);
    }
  });

  it('are written with arguments at trace, masked and without secrets', () => {
    const { host, write, session } = make('trace');
    host.mask = new Mask('ANI');
    session.emit('OnCallBegin', args);
    sinon.assert.calledOnceWithExactly(write, '#1 OnCallBegin call.1.1.1 {"UniqueObjectID":"call.1.1.1","ANI":"***"}');
  });

  it('are written as long as a logger is registered', () => {
    const { write, stop, session } = make('debug');
    stop();
    session.emit('OnHeartbeat');
    sinon.assert.notCalled(write);
  });
});
