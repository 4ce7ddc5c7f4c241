import assert from 'node:assert/strict';
import { describeOverEachTransport } from '../support/wire.js';
import { Floor } from './floor.js';
import { lines } from './flow.js';
import { helpFlows } from './flows/help.js';
import { joinedCallFlows } from './flows/joined-calls.js';
import { stateFlows } from './flows/states.js';
import { teamFlows } from './flows/teams.js';

const SEATS = ['supervisor', 'agent', 'monitor'] as const;

describeOverEachTransport('a supervisor’s flow, as seen by supervisor, agent and monitor', () => {
  let floor: Floor;
  afterEach(() => floor.close());

  for (const flow of [...teamFlows, ...stateFlows, ...joinedCallFlows, ...helpFlows]) {
    it(flow.name, async () => {
      floor = await Floor.open();
      await flow.given?.(floor);
      floor.forget();
      await flow.when(floor);
      for (const seat of SEATS) assert.deepEqual(floor.told(seat), lines(flow[seat]), seat);
      flow.afterwards?.(floor);
      assert.deepEqual(floor.bed.errors, []);
      assert.deepEqual(floor.do('check').violations, []);
    });
  }
});
