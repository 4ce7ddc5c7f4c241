/** How wires are assigned to outputs when the events of a node change. */
import assert from 'node:assert/strict';
import { outputMap, portsOf } from '../../../nodes/shared/kinds/output-map.js';

const A = 'OnCallBegin';
const B = 'OnCallDelivered';
const C = 'OnCallEnd';

describe('the outputs of an event node', () => {
  for (const [what, [split, events], [nextSplit, nextEvents], expected] of [
    ['nothing changes', ['each', [A, B]], ['each', [A, B]], { 0: 0, 1: 1 }],
    ['one is added at the end', ['each', [A, B]], ['each', [A, B, C]], { 0: 0, 1: 1, [`new ${C}`]: 2 }],
    ['one is added before the others', ['each', [B]], ['each', [A, B]], { 0: 1, [`new ${A}`]: 0 }],
    ['one is removed', ['each', [A, B, C]], ['each', [A, C]], { 0: 0, 1: -1, 2: 1 }],
    ['the first is removed', ['each', [A, B, C]], ['each', [B, C]], { 0: -1, 1: 0, 2: 1 }],
    ['others take their place', ['each', [A]], ['each', [B, C]], { 0: -1, [`new ${B}`]: 0, [`new ${C}`]: 1 }],
    ['they change places', ['each', [A, B]], ['each', [B, A]], { 0: 1, 1: 0 }],
    ['one output becomes several', ['one', [A, B]], ['each', [A, B]], { 0: 0, [`new ${B}`]: 1 }],
    ['several become one', ['each', [A, B]], ['one', [A, B]], { 0: 0, 1: -1 }],
    ['all are removed', ['each', [A, B]], ['each', []], { 0: 0, 1: -1 }],
    ['the choice of one output changes', ['one', [A]], ['one', [B, C]], { 0: 0 }],
  ] as const) {
    it(`${what}: wires follow their event`, () => {
      assert.deepEqual(outputMap(portsOf(split, events), portsOf(nextSplit, nextEvents)), expected);
    });
  }

  it('removes outputs beyond the events of a hand-written flow', () => {
    assert.deepEqual(outputMap(portsOf('each', [A]), portsOf('each', [A]), 3), { 0: 0, 1: -1, 2: -1 });
  });
});
