/** The direction of a pop: that of the call with which the contact began, in the words of the contact's record. */
import { strict as assert } from 'node:assert';
import type { Args } from '../../src/ctios/transport.js';
import { AGENT_OUT_CALL_TYPES, INBOUND_CALL_TYPES, OUTBOUND_CALL_TYPES } from '../../src/screenpop/index.js';
import { Desk, INBOUND, Status } from './contact-center.js';

const DIALED: Args = { CallType: 8, ANI: '2001', DialedNumber: '2065550101' };
const CONSULT: Args = { CallType: 12, ANI: '2001', DialedNumber: '2002' };
const DIALER = '8005550199';

function pop(data: Args, callTypes?: readonly number[]) {
  const desk = new Desk({ region: 'US', ...(callTypes && { callTypes }) });
  desk.call('100.2001', 'icm.1.1', data).arrive();
  return desk.pops[0]!;
}

/** The screen of 1002, whom 1001 consults about a call on hold. */
function consulted(held: (desk: Desk) => { tell(event: string, args: Args): unknown }, settings = {}) {
  const desk = new Desk({ region: 'US', ...settings });
  held(desk).tell('OnCallHeld', { CallStatus: Status.hold });
  desk.call('101.2001', 'icm.1.2', CONSULT).dial();
  const leg = desk.call('101.2002', 'icm.1.2', CONSULT).arrive();
  return { desk, leg, screen: desk.pops.find(({ agent }) => agent.id === '1002')! };
}

describe('the direction of a pop', () => {
  it('is inbound for a call that came, whatever its type', () => {
    for (const CallType of INBOUND_CALL_TYPES)
      assert.equal(pop({ ...INBOUND, CallType }).direction, 'inbound', `CallType ${CallType}`);
  });

  it('is outbound for a call of a campaign, whose customer is never the dialer', () => {
    for (const CallType of OUTBOUND_CALL_TYPES) {
      // A reservation without a customer shows nothing.
      const [named, bare] = [
        { CallType, ANI: DIALER, BACustomerNumber: '2065550101' },
        { CallType, ANI: DIALER },
      ];
      const { direction, customer, caller } = pop(named);
      assert.deepEqual([direction, customer.e164, caller.e164], ['outbound', '+12065550101', '+12065550101']);
      const told = pop(bare);
      if (told !== undefined)
        assert.deepEqual([told.direction, told.customer.kind, told.caller.kind], ['outbound', 'absent', 'absent']);
    }
    assert.equal(pop({ CallType: 4, ANI: DIALER, BAStatus: 'ZC' }).direction, 'outbound');
  });

  it('is outbound for a call that an agent dialed, whose customer is never the agent', () => {
    for (const CallType of AGENT_OUT_CALL_TYPES) {
      const { direction, customer } = pop({ CallType, ANI: '2065550199', DialedNumber: '2065550101' }, [CallType]);
      assert.deepEqual([direction, customer.e164], ['outbound', '+12065550101']);
      assert.equal(pop({ CallType, ANI: '2065550199' }, [CallType]).customer.kind, 'absent');
    }
  });

  it('is internal for a call between colleagues, also if a consult call is about no customer', () => {
    for (const CallType of [10, 19, 20, 22])
      assert.equal(pop({ CallType, ANI: '2002' }, [CallType]).direction, 'internal');
    for (const CallType of [4, 11, 12, 13, 14]) assert.equal(pop({ CallType, ANI: '2002' }).direction, 'internal');
  });

  it('is that of the call which a colleague asks about, and hands on', () => {
    const came = consulted((desk) => desk.call('100.2001').arrive().answer());
    assert.equal(came.screen.direction, 'inbound');
    const dialed = consulted((desk) => desk.call('100.2001', 'icm.1.1', DIALED).dial().answer());
    assert.deepEqual([dialed.screen.direction, dialed.screen.customer.e164], ['outbound', '+12065550101']);
    const campaign = { CallType: 34, ANI: DIALER, BACustomerNumber: '2065550101' };
    const sold = consulted((desk) => desk.call('100.2001', 'icm.1.1', campaign).arrive().answer());
    assert.deepEqual(
      [sold.screen.direction, sold.screen.customer.e164, sold.screen.caller.e164],
      ['outbound', '+12065550101', '+12065550101'],
    );
  });

  it('stays outbound when a call is transferred at once', () => {
    for (const first of [DIALED, { CallType: 34, ANI: DIALER, BACustomerNumber: '2065550101' }]) {
      const desk = new Desk({ region: 'US' });
      const from = desk.call('100.2001', 'icm.1.1', first);
      (first === DIALED ? from.dial() : from.arrive()).answer().transferred().end();
      desk.call('100.2002', 'icm.1.1', { CallType: 4, ANI: String(first.ANI), DialedNumber: '2002' }).arrive();
      const { direction, customer } = desk.pops.find(({ agent }) => agent.id === '1002')!;
      assert.deepEqual([direction, customer.e164], ['outbound', '+12065550101']);
    }
  });

  it('is updated when it becomes known, and never taken back', () => {
    const desk = new Desk({ region: 'US' });
    const leg = desk.call('100.2001', 'icm.1.1', { CallType: 4, ANI: '2065550101', DialedNumber: '8001' }).arrive();
    leg.tell('OnCallDataUpdate', { BAStatus: 'ZC', BACustomerNumber: '2065550101' });
    leg.tell('OnCallDataUpdate', { BAStatus: '', CallVariable1: 'x' });
    assert.deepEqual(
      [...desk.pops, ...desk.updates].map(({ event, direction }) => `${event} ${direction}`),
      ['pop inbound', 'update outbound', 'update outbound'],
    );
  });
});
