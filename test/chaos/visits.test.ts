/** Tests the oracle for screen pops of the chaos runs. */
import assert from 'node:assert/strict';
import { siteBehavior } from '../../src/simulator/index.js';
import { allowed, Bench, PERIPHERAL } from '../simulator/model/support.js';
import { Visits } from './visits.js';

describe('the expected screen pops', () => {
  function bench() {
    const b = new Bench();
    const visits = new Visits(b.center);
    return { b, counted: () => [...visits.rung].map(([name, count]) => `${name.split('/')[1]} ${count}`) };
  }
  /** A customer's call that an agent transfers to a colleague's phone. */
  function consulted(b: Bench) {
    const call = b.talking('1001');
    const { connection } = allowed(
      b.center.consult({ active: b.at(call, '2001'), dialedNumber: '2002', consultType: 2 }),
    );
    return { call, consult: connection.callId };
  }

  it('include one if an agent logs in at a ringing phone', () => {
    const { b, counted } = bench();
    const { consult } = consulted(b);
    assert.deepEqual(counted(), ['1001 1']);
    b.logIn('1002');
    assert.deepEqual(counted(), ['1001 1', '1002 1']);
    allowed(b.center.answer(b.at(consult, '2002')));
    assert.deepEqual(counted(), ['1001 1', '1002 1']);
  });

  it('include one if an agent logs in soon after the answer, but none in the middle of the call', () => {
    for (const [seconds, expected] of [
      [9, ['1001 1', '1002 1']],
      [11, ['1001 1']],
    ] as const) {
      const { b, counted } = bench();
      const { consult } = consulted(b);
      allowed(b.center.answer(b.at(consult, '2002')));
      b.seconds(seconds);
      b.logIn('1002');
      assert.deepEqual(counted(), expected);
    }
  });

  it('include one of the customer, not of the consult call, if the calls were joined before an agent logs in', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    const { call, consult } = consulted(b);
    const key = b.center.call(PERIPHERAL, call)!.facts.routerCallKey;
    allowed(b.center.answer(b.at(consult, '2002')));
    allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    b.logIn('1002');
    const journey = `icm.${key.day}.${key.callId}`;
    assert.deepEqual([...visits.rung.keys()], [`${journey}/1001`, `${journey}/1002`]);
  });

  it('include one of the customer if a consult call is transferred while the customer waits', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    b.logIn('1003');
    const { call, consult } = consulted(b);
    const key = b.center.call(PERIPHERAL, call)!.facts.routerCallKey;
    allowed(b.center.answer(b.at(consult, '2002')));
    allowed(b.center.transfer({ active: b.at(consult, '2001'), dialedNumber: '2003' }));
    assert.ok(visits.rung.has(`icm.${key.day}.${key.callId}/1003`), [...visits.rung.keys()].join());
  });

  it('include one of the contact of a consulted agent who consults, after its customer has hung up', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    b.logIn('1002');
    b.logIn('1003');
    const { call, consult } = consulted(b);
    const key = b.center.call(PERIPHERAL, call)!.facts.routerCallKey;
    allowed(b.center.answer(b.at(consult, '2002')));
    b.center.hangUp(PERIPHERAL, call);
    allowed(b.center.consult({ active: b.at(consult, '2002'), dialedNumber: '2003', consultType: 2 }));
    assert.ok(visits.rung.has(`icm.${key.day}.${key.callId}/1003`), [...visits.rung.keys()].join());
  });

  it('include one of that contact, too, if that agent consults a phone without an agent, which consults', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    for (const agent of ['1002', '1004']) b.logIn(agent);
    const { call, consult } = consulted(b);
    const key = b.center.call(PERIPHERAL, call)!.facts.routerCallKey;
    allowed(b.center.answer(b.at(consult, '2002')));
    b.center.hangUp(PERIPHERAL, call);
    const asks = (about: number, from: string, to: string): number => {
      const { connection } = allowed(b.center.consult({ active: b.at(about, from), dialedNumber: to, consultType: 2 }));
      allowed(b.center.answer(b.at(connection.callId, to)));
      return connection.callId;
    };
    asks(asks(consult, '2002', '2003'), '2003', '2004');
    assert.ok(visits.rung.has(`icm.${key.day}.${key.callId}/1004`), [...visits.rung.keys()].join());
  });

  it('include one of the colleague if a phone without an agent is consulted before the customer hangs up', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    b.logIn('1003');
    const { call, consult } = consulted(b);
    const key = b.center.call(PERIPHERAL, consult)!.facts.routerCallKey;
    allowed(b.center.answer(b.at(consult, '2002')));
    b.center.hangUp(PERIPHERAL, call);
    allowed(b.center.consult({ active: b.at(consult, '2002'), dialedNumber: '2003', consultType: 2 }));
    assert.ok(visits.rung.has(`icm.${key.day}.${key.callId}/1003`), [...visits.rung.keys()].join());
  });

  it('may include one of the colleague if a gap hides that an agent consults before the customer hangs up', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    b.logIn('1002');
    b.logIn('1003');
    const { call, consult } = consulted(b);
    const key = b.center.call(PERIPHERAL, consult)!.facts.routerCallKey;
    allowed(b.center.answer(b.at(consult, '2002')));
    assert.deepEqual([...visits.unseen], []);
    b.center.hangUp(PERIPHERAL, call);
    allowed(b.center.consult({ active: b.at(consult, '2002'), dialedNumber: '2003', consultType: 2 }));
    assert.deepEqual([...visits.unseen], [[`icm.${key.day}.${key.callId}/1003`, 1]]);
  });

  it('may include one of the colleague if a gap hides that an agent logs in before the customer hangs up', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    const { call, consult } = consulted(b);
    const [customers, own] = [call, consult].map((each) => {
      const { day, callId } = b.center.call(PERIPHERAL, each)!.facts.routerCallKey;
      return `icm.${day}.${callId}/1002`;
    });
    b.logIn('1002');
    assert.deepEqual([visits.rung.get(customers!), visits.rung.get(own!)], [1, undefined]);
    assert.deepEqual([...visits.unseen], [[own, 1]]);
  });

  it('include one of the colleague if the consulting agent has left the call, which continues as a conference', () => {
    const b = new Bench({ switch: { site: siteBehavior('standard', { consultOwnKey: true }) } });
    const visits = new Visits(b.center);
    b.logIn('1003');
    const call = b.talking('1001');
    const joins = b.consulting(call, '2001', '2003');
    allowed(b.center.conference({ active: b.at(joins, '2001'), held: b.at(call, '2001') }));
    const { connection } = allowed(
      b.center.consult({ active: b.at(call, '2001'), dialedNumber: '2002', consultType: 2 }),
    );
    const consult = connection.callId;
    const key = b.center.call(PERIPHERAL, consult)!.facts.routerCallKey;
    allowed(b.center.clearConnection(b.at(call, '2001')));
    assert.ok(b.center.call(PERIPHERAL, call), 'the customer talks to 1003');
    b.logIn('1002');
    assert.equal(visits.rung.get(`icm.${key.day}.${key.callId}/1002`), 1);
  });

  it('may include one if the phone rings just after the log-in: the call may end before its event arrives', () => {
    for (const [seconds, unsure] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const b = new Bench();
      const visits = new Visits(b.center);
      const call = b.talking('1001');
      b.logIn('1002');
      b.seconds(seconds);
      allowed(b.center.consult({ active: b.at(call, '2001'), dialedNumber: '2002', consultType: 2 }));
      assert.equal([...visits.rung.keys()].filter((name) => name.endsWith('/1002')).length, 1);
      assert.equal([...visits.unsure.keys()].filter((name) => name.endsWith('/1002')).length, unsure);
    }
  });

  it('do not include one if the agent logs in after the call has ended, or for a call that the agent dials', () => {
    const { b, counted } = bench();
    const { consult } = consulted(b);
    allowed(b.center.clearConnection(b.at(consult, '2001')));
    b.logIn('1002');
    assert.deepEqual(counted(), ['1001 1']);
    b.dials('2002', '2003');
    assert.deepEqual(counted(), ['1001 1']);
  });

  it('include a second one if a call returns to an agent who has just left it', () => {
    const { b, counted } = bench();
    b.logIn('1002');
    const { call, consult } = consulted(b);
    allowed(b.center.answer(b.at(consult, '2002')));
    allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    assert.deepEqual(counted(), ['1001 1', '1002 1']);
    allowed(b.center.clearConnection(b.at(call, '2001')));
    allowed(b.center.consult({ active: b.at(call, '2002'), dialedNumber: '2001', consultType: 1 }));
    assert.deepEqual(counted(), ['1001 2', '1002 1']);
    b.center.hangUp(PERIPHERAL, call);
  });
});
