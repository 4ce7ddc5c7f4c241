/** What the chaos runs hold the screen pop against has to be right itself. */
import assert from 'node:assert/strict';
import { allowed, Bench, PERIPHERAL } from '../simulator/model/support.js';
import { Visits } from './visits.js';

describe('the screens that ought to pop', () => {
  function bench() {
    const b = new Bench();
    const visits = new Visits(b.center);
    return { b, counted: () => [...visits.rung].map(([name, count]) => `${name.split('/')[1]} ${count}`) };
  }
  /** A customer's call on its way from an agent to the phone of a colleague. */
  function consulted(b: Bench) {
    const call = b.talking('1001');
    const { connection } = allowed(
      b.center.consult({ active: b.at(call, '2001'), dialedNumber: '2002', consultType: 2 }),
    );
    return { call, consult: connection.callId };
  }

  it('one where an agent sits down at a phone that rings', () => {
    const { b, counted } = bench();
    const { consult } = consulted(b);
    assert.deepEqual(counted(), ['1001 1']);
    b.logIn('1002');
    assert.deepEqual(counted(), ['1001 1', '1002 1']);
    allowed(b.center.answer(b.at(consult, '2002')));
    assert.deepEqual(counted(), ['1001 1', '1002 1']);
  });

  it('one where an agent sits down soon after the answer, none in the middle of the call', () => {
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

  it('none where the agent logs in after the call has gone, nor for a call that the agent dials', () => {
    const { b, counted } = bench();
    const { consult } = consulted(b);
    allowed(b.center.clearConnection(b.at(consult, '2001')));
    b.logIn('1002');
    assert.deepEqual(counted(), ['1001 1']);
    b.dials('2002', '2003');
    assert.deepEqual(counted(), ['1001 1']);
  });

  it('a second one where a call comes back to an agent who has just left it', () => {
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
