import assert from 'node:assert/strict';
import { allowed, Bench, CUSTOMER, PERIPHERAL } from './support.js';

/** Actions, and the exact events for each party. */
interface Flow {
  name: string;
  run: () => Bench;
  told: Record<string, string[]>;
}

const flows: Flow[] = [
  {
    name: 'an ACD call is announced, rings, is answered, and ends when the caller hangs up',
    run: () => {
      const b = new Bench();
      b.ready('1001');
      b.forget();
      const call = b.arrives();
      b.seconds(1);
      allowed(b.center.answer(b.at(call, '2001')));
      b.seconds(60);
      allowed(b.center.hangUp(PERIPHERAL, call));
      b.seconds(31);
      return b;
    },
    told: {
      '2001': [
        'agentPreCall',
        'callBegin 2 type 2',
        'agent reserved',
        'callDelivered 2',
        'callEstablished 3',
        'agent talking',
        `callConnectionCleared 3 of ${CUSTOMER}`,
        'callConnectionCleared 0',
        'callCleared 0',
        'callEnd 0',
        'agent work ready',
        'agent available',
      ],
      '8001': ['callBegin 2 type 2', 'callDelivered 2 cause 22', 'callConnectionCleared 0 cause 28', 'callEnd 0'],
    },
  },
  {
    name: 'an ACD call ends when the agent hangs up',
    run: () => {
      const b = new Bench();
      const call = b.talking();
      allowed(b.center.clearConnection(b.at(call, '2001')));
      return b;
    },
    told: {
      '2001': [
        'callConnectionCleared 0',
        `callConnectionCleared 0 of ${CUSTOMER}`,
        'callCleared 0',
        'callEnd 0',
        'agent work ready',
      ],
    },
  },
  {
    name: 'a call waits in the queue until an agent becomes available',
    run: () => {
      const b = new Bench();
      b.logIn('1001');
      b.forget();
      b.arrives();
      b.seconds(30);
      allowed(b.state('1001', 3));
      b.seconds(1);
      return b;
    },
    told: {
      '7001': [
        'callBegin 3 type 2',
        'callEstablished 3',
        'callQueued 5',
        'callDequeued 3',
        'callConnectionCleared 0 cause 28',
        'callEnd 0',
      ],
      '2001': ['agent available', 'agentPreCall', 'callBegin 2 type 2', 'agent reserved', 'callDelivered 2'],
    },
  },
  {
    name: 'a caller who hangs up between announcement and ringing takes the announcement back',
    run: () => {
      const b = new Bench();
      b.ready('1001');
      b.forget();
      allowed(b.center.hangUp(PERIPHERAL, b.arrives()));
      b.seconds(1);
      return b;
    },
    told: { '2001': ['agentPreCall', 'agentPreCallAbort'] },
  },
  {
    name: 'a caller who hangs up while it rings leaves the agent available',
    run: () => {
      const b = new Bench();
      b.ready('1001');
      const call = b.arrives();
      b.seconds(1);
      b.forget();
      allowed(b.center.hangUp(PERIPHERAL, call));
      return b;
    },
    told: {
      '2001': [
        `callConnectionCleared 2 of ${CUSTOMER}`,
        'callConnectionCleared 0',
        'callCleared 0',
        'callEnd 0',
        'agent available',
      ],
    },
  },
  {
    name: 'a call that is not answered goes to the next agent, and the first is made not ready',
    run: () => {
      const b = new Bench();
      b.ready('1001', '1004');
      b.forget();
      b.arrives();
      b.seconds(25);
      return b;
    },
    told: {
      '2001': [
        'agentPreCall',
        'callBegin 2 type 2',
        'agent reserved',
        'callDelivered 2',
        'callConnectionCleared 0 cause 28',
        'callEnd 0',
        'agent not ready reason 32767',
      ],
      '2004': ['agentPreCall', 'callBegin 2 type 2', 'agent reserved', 'callDelivered 2'],
    },
  },
  {
    name: 'on a peripheral that diverts, the unanswered call is told as diverted',
    run: () => {
      const b = new Bench({
        world: (config) => ({ ...config, peripherals: config.peripherals.map((each) => ({ ...each, type: 5 })) }),
      });
      b.ready('1001', '1004');
      b.arrives();
      b.seconds(1);
      b.forget();
      b.seconds(24);
      return b;
    },
    told: { '2001': ['callDiverted 0 cause 28', 'callEnd 0', 'agent not ready reason 32767'] },
  },
  {
    name: 'an agent calls another',
    run: () => {
      const b = new Bench();
      b.logIn('1001');
      b.ready('1002');
      b.forget();
      const call = b.dials('2001', '2002');
      allowed(b.center.answer(b.at(call, '2002')));
      b.seconds(1);
      allowed(b.center.clearConnection(b.at(call, '2001')));
      return b;
    },
    told: {
      '2001': [
        'callBegin 1 type 10',
        'callServiceInitiated 1',
        'callOriginated 1',
        'callDelivered 1 of 2002',
        'callEstablished 3 of 2002',
        'agent talking',
        'callConnectionCleared 0',
        'callConnectionCleared 0 of 2002',
        'callCleared 0',
        'callEnd 0',
        'agent not ready',
      ],
      '2002': [
        'callBegin 2 type 10',
        'agent reserved',
        'callDelivered 2',
        'callEstablished 3',
        'agent talking',
        'callConnectionCleared 3 of 2001',
        'callConnectionCleared 0',
        'callCleared 0',
        'callEnd 0',
        'agent available',
      ],
    },
  },
  {
    name: 'a phone where nobody is logged in rings without its caller hearing of it',
    run: () => {
      const b = new Bench();
      b.logIn('1001');
      b.forget();
      const call = b.dials('2001', '2002');
      allowed(b.center.answer(b.at(call, '2002')));
      return b;
    },
    told: {
      '2001': [
        'callBegin 1 type 10',
        'callServiceInitiated 1',
        'callOriginated 1',
        'callEstablished 3 of 2002',
        'agent talking',
      ],
      '2002': ['callBegin 2 type 10', 'callDelivered 2', 'callEstablished 3'],
    },
  },
  {
    name: 'an agent calls a number outside',
    run: () => {
      const b = new Bench();
      b.logIn('1001');
      b.forget();
      const call = b.dials('2001', '912065559999');
      b.seconds(5);
      allowed(b.center.hangUp(PERIPHERAL, call));
      return b;
    },
    told: {
      '2001': [
        'callBegin 1 type 8',
        'callServiceInitiated 1',
        'callOriginated 1',
        'callReachedNetwork 1',
        'callEstablished 3 of 912065559999',
        'agent talking',
        'callConnectionCleared 3 of 912065559999',
        'callConnectionCleared 0',
        'callCleared 0',
        'callEnd 0',
        'agent not ready',
      ],
    },
  },
  {
    name: 'a call to a busy phone fails, and is over after the tone',
    run: () => {
      const b = new Bench();
      b.talking('1002', '8002');
      b.logIn('1001');
      b.forget();
      b.dials('2001', '2002');
      b.seconds(11);
      return b;
    },
    told: {
      '2001': [
        'callBegin 1 type 10 call 2',
        'callServiceInitiated 1 call 2',
        'callOriginated 1 call 2',
        'callFailed 6 cause 3 call 2',
        'callConnectionCleared 0 call 2',
        'callCleared 0 call 2',
        'callEnd 0 call 2',
      ],
      '2002': [],
    },
  },
  {
    name: 'a number outside that does not answer fails with cause 10',
    run: () => {
      const b = new Bench();
      b.logIn('1001');
      b.forget();
      b.dials('2001', '9997123');
      b.seconds(22);
      return b;
    },
    told: {
      '2001': [
        'callBegin 1 type 8',
        'callServiceInitiated 1',
        'callOriginated 1',
        'callReachedNetwork 1',
        'callConnectionCleared 1 cause 10 of 9997123',
        'callFailed 6 cause 10',
      ],
    },
  },
  {
    name: 'hold and retrieve',
    run: () => {
      const b = new Bench();
      const call = b.talking();
      allowed(b.center.hold(b.at(call, '2001')));
      allowed(b.center.retrieve(b.at(call, '2001')));
      return b;
    },
    told: {
      '2001': ['callHeld 4', 'agent hold', 'callRetrieved 3', 'agent talking'],
      [CUSTOMER]: ['callHeld 3 of 2001', 'callRetrieved 3 of 2001'],
    },
  },
  {
    name: 'a ringing call is deflected',
    run: () => {
      const b = new Bench();
      b.ready('1001', '1002');
      const call = b.arrives();
      b.seconds(1);
      b.forget();
      allowed(b.center.deflect(b.at(call, '2001'), '2002'));
      return b;
    },
    told: {
      '2001': ['callConnectionCleared 0 cause 28', 'callEnd 0', 'agent available'],
      '2002': ['callBegin 2 type 2', 'agent reserved', 'callDelivered 2 cause 28'],
    },
  },
];

describe('basic call flows', () => {
  for (const flow of flows)
    it(flow.name, () => {
      const bench = flow.run();
      for (const [device, lines] of Object.entries(flow.told)) assert.deepEqual(bench.told(device), lines, device);
      bench.consistent();
    });

  it('start voice in both directions when an agent talks and stop it on hold', () => {
    const b = new Bench();
    const call = b.talking();
    allowed(b.center.hold(b.at(call, '2001')));
    allowed(b.center.retrieve(b.at(call, '2001')));
    const voice = b.told('2001', /^rtp/).map((line) => line.split(' ')[0]);
    assert.deepEqual(voice, ['rtpStopped', 'rtpStopped', 'rtpStarted', 'rtpStarted']);
  });

  it('report in the disposition why a call failed', () => {
    const b = new Bench();
    b.logIn('1001');
    const disposition = (dialed: string, seconds: number) => {
      const call = b.dials('2001', dialed);
      b.seconds(seconds);
      const { disposition } = b.center.call(PERIPHERAL, call)!.facts;
      b.seconds(20);
      return disposition;
    };
    assert.equal(disposition('9998123', 3), 11);
    assert.equal(disposition('9997123', 22), 10);
  });

  it('report the same order to all listeners, even if one acts on an event', () => {
    const b = new Bench();
    b.center.listen((event) => {
      if (event.kind === 'callDelivered' && event.alerting.id === '2001') allowed(b.center.answer(event.connection));
    });
    const later: number[] = [];
    b.center.listen((event) => later.push(event.sequence));
    b.ready('1001');
    b.forget();
    b.arrives();
    b.seconds(1);
    assert.equal(b.stateOf('1001'), 'talking');
    assert.deepEqual(
      later,
      [...later].sort((one, other) => one - other),
    );
    assert.deepEqual(
      later,
      b.events.map((each) => each.sequence),
    );
  });
});
