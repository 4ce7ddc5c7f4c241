import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import sinon from 'sinon';
import { CommandError } from '../../src/simulator/index.js';
import {
  collected,
  collectedBy,
  deploy,
  forgetStatuses,
  inNodeRed,
  load,
  node,
  received,
  sessionNode,
  settle,
  statusOf,
  tab,
} from './runtime.js';

const CALL = 'call.5000.1.2001';
const sink = (id: string) => ({ id, z: tab.id, type: 'helper', wires: [] });
const catcher = { id: 'ca', z: tab.id, type: 'catch', scope: null, wires: [['hc']] };
const at = (type: string, extra: object) => ({
  id: 'n1',
  z: tab.id,
  type,
  session: 's1',
  wires: [['h1'], ['h2']],
  ...extra,
});
const rest = [sink('h1'), sink('h2'), catcher, sink('hc')];
const codeOf = (msg: NodeMessage | undefined): string => (msg as never as { error: { code: string } }).error.code;

describe('a helper node', () => {
  const openings = inNodeRed();

  describe('ctios-wait', () => {
    const wait = (extra: object = {}) =>
      at('ctios-wait', { events: ['OnCallEnd'], match: [], same: 'call', timeout: 30, ...extra });

    it('passes the message on with the event of its call, and keeps its other properties', async () => {
      await load([sessionNode, wait(), ...rest]);
      const { session } = openings;
      const out = received('h1');
      node('n1').receive({ mine: 1, call: { UniqueObjectID: CALL } } as never);
      await settle();
      assert.equal(statusOf('n1'), 'blue dot');
      session.emit('OnCallEnd', { UniqueObjectID: 'call.5000.2.2002' });
      session.emit('OnCallEnd', { UniqueObjectID: CALL });
      const [msg] = await out.next();
      assert.equal(msg!.topic, 'OnCallEnd');
      assert.deepEqual(msg!.payload, { UniqueObjectID: CALL });
      assert.equal((msg!.ctios as { sequence: number }).sequence, 2);
      assert.equal(msg!.mine, 1);
      await settle();
      assert.equal(statusOf('n1'), 'green dot');
    });

    it('does not miss an event that arrived before the message, because it uses its sequence', async () => {
      await load([sessionNode, wait(), ...rest]);
      const { session } = openings;
      const out = received('h1');
      session.emit('OnCallEnd', { UniqueObjectID: CALL });
      session.emit('OnCallEnd', { UniqueObjectID: CALL });
      node('n1').receive({ call: { UniqueObjectID: CALL }, ctios: { session: 's1', sequence: 1 } } as never);
      const [msg] = await out.next();
      assert.equal((msg!.ctios as { sequence: number }).sequence, 2);
    });

    it('sends the message unchanged on output 2 when the time is over', async () => {
      await load([sessionNode, wait({ timeout: 0.01 }), ...rest]);
      const late = received('h2');
      node('n1').receive({ topic: 'mine', payload: { a: 1 }, call: { UniqueObjectID: CALL } } as never);
      const [msg] = await late.next();
      assert.equal(msg!.topic, 'mine');
      assert.deepEqual(msg!.payload, { a: 1 });
    });

    it('matches keys against values of the message, for any call or agent', async () => {
      await load([
        sessionNode,
        wait({
          same: 'any',
          events: ['OnAgentStateChange'],
          match: [{ key: 'AgentState', value: 'wanted', type: 'msg' }],
        }),
        ...rest,
      ]);
      const { session } = openings;
      const out = received('h1');
      node('n1').receive({ wanted: 'Available' } as never);
      await settle();
      session.emit('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1', AgentState: 2 });
      session.emit('OnAgentStateChange', { UniqueObjectID: 'agent.5000.2', AgentState: 3 });
      const [msg] = await out.next();
      assert.equal((msg!.payload as { UniqueObjectID: string }).UniqueObjectID, 'agent.5000.2');
    });

    it('ends each waiting message once when a deploy closes it', async () => {
      const collector = { id: 'hc', z: tab.id, type: 'collector', wires: [] };
      const others = [sink('h1'), sink('h2'), catcher, collector];
      await load([sessionNode, wait(), ...others]);
      node('n1').receive({ call: { UniqueObjectID: CALL } } as never);
      await settle();
      await deploy([sessionNode, wait({ timeout: 31 }), ...others], 'nodes');
      openings.session.emit('OnCallEnd', { UniqueObjectID: CALL });
      await settle();
      assert.deepEqual(collected.get('hc')!.map(codeOf), ['CTIOS_NODE_CLOSED']);
    });

    it('never guesses which call is meant', async () => {
      await load([sessionNode, wait(), ...rest]);
      const errors = received('hc');
      node('n1').receive({} as never);
      assert.equal(codeOf((await errors.next())[0]), 'CTIOS_NO_OBJECT');
    });
  });

  describe('ctios-query', () => {
    const query = (extra: object) => at('ctios-query', { object: '', objectType: 'str', filter: [], ...extra });

    it('lists the matching objects as copies', async () => {
      await load([
        sessionNode,
        query({ query: 'agents', filter: [{ key: 'AgentState', value: 'Available' }] }),
        ...rest,
      ]);
      const { session } = openings;
      session.addAgent('agent.5000.1001', { AgentID: '1001', AgentState: 3, AgentPassword: 'planted' });
      session.addAgent('agent.5000.1002', { AgentID: '1002', AgentState: 2 });
      const out = received('h1');
      node('n1').receive({ mine: 1 } as never);
      const [msg] = await out.next();
      assert.equal(msg!.topic, 'agents');
      assert.deepEqual(msg!.payload, [{ UniqueObjectID: 'agent.5000.1001', AgentID: '1001', AgentState: 3 }]);
      (msg!.payload as { AgentID: string }[])[0]!.AgentID = 'spoilt';
      assert.equal(session.agents.get('agent.5000.1001')!.properties().AgentID, '1001');
    });

    it('takes the filter values from the message: one, several or none', async () => {
      await load([
        sessionNode,
        query({ query: 'agents', filter: [{ key: 'AgentID', value: 'payload.who', type: 'msg' }] }),
        ...rest,
      ]);
      for (const id of ['1001', '1002', '1003']) openings.session.addAgent(`agent.5000.${id}`, { AgentID: id });
      const out = received('h1');
      for (const who of ['1002', ['1001', '1003'], undefined]) node('n1').receive({ payload: { who } } as never);
      const found = (await out.next(3)).map(({ payload }) =>
        (payload as { AgentID: string }[]).map((each) => each.AgentID),
      );
      assert.deepEqual(found, [['1002'], ['1001', '1003'], ['1001', '1002', '1003']]);
    });

    it('finds one object, or reports that there is none', async () => {
      await load([sessionNode, query({ query: 'object' }), ...rest]);
      openings.session.addCall(CALL, { ANI: '1' });
      const [out, errors] = [received('h1'), received('hc')];
      node('n1').receive({ payload: { UniqueObjectID: CALL } } as never);
      assert.deepEqual((await out.next())[0]!.payload, { UniqueObjectID: CALL, ANI: '1' });
      for (const payload of [{ UniqueObjectID: 'call.1.2.3' }, {}, 'text']) node('n1').receive({ payload } as never);
      assert.deepEqual((await errors.next(3)).map(codeOf), ['CTIOS_NO_OBJECT', 'CTIOS_NO_OBJECT', 'CTIOS_BAD_PAYLOAD']);
    });

    it('reports the state of the session', async () => {
      await load([sessionNode, query({ query: 'status' }), ...rest]);
      const out = received('h1');
      node('n1').receive({} as never);
      const { State, Mode, Online, Side } = (await out.next())[0]!.payload as Record<string, unknown>;
      assert.deepEqual({ State, Mode, Online, Side }, { State: 'ready', Mode: 'monitor', Online: true, Side: 'A' });
    });
  });

  describe('ctios-simulate', () => {
    const simulate = (extra: object = {}) => at('ctios-simulate', { command: 'placeCall', args: [], ...extra });

    it('passes the arguments to a command, with precedence for those of the dialog', async () => {
      const run = sinon.stub().returns({ call: 7 });
      openings.prepare = (opening) => {
        opening.simulator = { run };
      };
      await load([sessionNode, simulate({ args: [{ key: 'to', value: '8002', type: 'str' }] }), ...rest]);
      const out = received('h1');
      node('n1').receive({ payload: { to: '8001', from: '2065550101' } } as never);
      const [msg] = await out.next();
      sinon.assert.calledOnceWithExactly(run, 'placeCall', { to: '8002', from: '2065550101' });
      assert.equal(msg!.topic, 'placeCall');
      assert.deepEqual(msg!.payload, { call: 7 });
    });

    it('takes the timestamp of an inject node for no arguments', async () => {
      const run = sinon.stub().returns({});
      openings.prepare = (opening) => {
        opening.simulator = { run };
      };
      await load([sessionNode, simulate({ command: 'breakLink' }), ...rest]);
      const out = received('h1');
      node('n1').receive({ payload: 1_700_000_000_000 } as never);
      await out.next();
      sinon.assert.calledOnceWithExactly(run, 'breakLink', {});
    });

    it('is red with a session that is not simulated, and reports why', async () => {
      await load([sessionNode, simulate(), ...rest]);
      await settle();
      assert.equal(statusOf('n1'), 'red dot');
      const errors = received('hc');
      node('n1').receive({} as never);
      assert.equal(codeOf((await errors.next())[0]), 'CTIOS_NOT_SIMULATED');
    });

    it('passes on the errors of the simulator', async () => {
      openings.prepare = (opening) => {
        opening.simulator = {
          run: () => {
            throw new CommandError('SIM_NOT_FOUND', 'there is no call 7');
          },
        };
      };
      await load([sessionNode, simulate(), ...rest]);
      const errors = received('hc');
      node('n1').receive({} as never);
      assert.equal(codeOf((await errors.next())[0]), 'SIM_NOT_FOUND');
    });
  });

  describe('ctios-screen-pop', () => {
    it('names values that a variable set and that cannot be used, and pops nevertheless', async () => {
      await load([
        sessionNode,
        at('ctios-screen-pop', {
          trigger: 'delivered',
          region: 'Germany',
          internalPatterns: '2xxxxx, ^2\\d{3}$, 7[4-0]xx',
          callTypes: 'prerouted, 2',
          wires: [['c1'], []],
        }),
        { id: 'c1', z: tab.id, type: 'collector', wires: [] },
      ]);
      const warned = (node('n1').warn as unknown as { args: unknown[][] }).args.map(([text]) => String(text));
      assert.match(warned[0]!, /"Germany" is not known/);
      assert.match(warned[1]!, /"\^2\\d\{3\}\$" is not a pattern of extensions/);
      assert.match(warned[2]!, /"7\[4-0\]xx" is not a pattern/);
      assert.match(warned[3]!, /"prerouted" is not a call type/);
      assert.equal(warned.length, 4);
      ring();
      const [message] = await collectedBy('c1');
      assert.equal((message!.payload as { event: string }).event, 'pop');
    });

    const pop = (extra: object = {}) =>
      at('ctios-screen-pop', {
        trigger: 'delivered',
        region: 'US',
        fields: [{ from: 'CallVariable1', to: 'Account' }],
        ...extra,
      });
    const ring = () => {
      const { session } = openings;
      session.addCall(CALL, {
        ANI: '2065550101',
        CallType: 2,
        CallStatus: 2,
        CallVariable1: 'A-1',
        ICMEnterpriseUniqueID: 'icm.1.1',
      });
      const agent = session.addAgent('agent.5000.1001', {
        AgentID: '1001',
        AgentInstrument: '2001',
        PeripheralID: 5000,
      });
      const say = (event: 'OnCallBegin' | 'OnCallDelivered' | 'OnCallEnd') =>
        session.emit(event, { UniqueObjectID: CALL, CallStatus: 2 }, { agent });
      say('OnCallBegin');
      say('OnCallDelivered');
      return () => say('OnCallEnd');
    };

    for (const type of ['nodes', 'flows', 'full'] as const) {
      it(`pops once, not again across two deploys of "${type}", and reports the end`, async () => {
        const flow = (name: string) => [
          sessionNode,
          pop({ name, wires: [['c1'], ['c2']] }),
          ...['c1', 'c2'].map((id) => ({ id, z: tab.id, type: 'collector', wires: [] })),
        ];
        await load(flow('at first'));
        const hangUp = ring();
        await settle();
        for (const name of ['one', 'two']) {
          await deploy(flow(name), type);
          openings.session.emit('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
          await settle();
        }
        hangUp();
        await settle();
        const [pops, ends] = ['c1', 'c2'].map((id) => collected.get(id)!);
        assert.deepEqual(
          pops!.map(({ topic }) => topic),
          ['pop'],
        );
        assert.deepEqual(
          ends!.map(({ topic }) => topic),
          ['ended'],
        );
        const [body, end] = [pops![0]!.payload, ends![0]!.payload] as Record<string, never>[];
        assert.equal(body!.key, end!.key);
        assert.deepEqual(body!.fields, { Account: 'A-1' });
        assert.equal((body!.caller as unknown as { e164: string }).e164, '+12065550101');
      });
    }
  });

  it('reports immediately that its session is missing or disabled', async () => {
    const off = { id: 'off', type: 'ctios-session', d: true };
    const nodes = ['wait', 'query', 'simulate', 'screen-pop', 'events', 'call'].flatMap((type, index) => [
      at(`ctios-${type}`, { id: `m${index}`, session: 'gone' }),
      at(`ctios-${type}`, { id: `d${index}`, session: 'off' }),
    ]);
    forgetStatuses();
    await load([off, ...nodes, sink('h1'), sink('h2')]);
    for (const { id } of nodes) assert.equal(statusOf(id), 'red dot', id);
  });
});
