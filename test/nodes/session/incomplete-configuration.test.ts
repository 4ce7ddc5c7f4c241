import sinon from 'sinon';
import { inNodeRed, load, node, sessionNode, settle } from '../runtime.js';

const AGENTS = 'The configuration of agents is incomplete: its upload paused for 5 s.';

describe('a session whose server lacks a part of the configuration', () => {
  const openings = inNodeRed();

  it('warns of it in the log of Node-RED, once for each occurrence', async () => {
    await load([sessionNode, { id: 'e1', z: 'f1', type: 'ctios-call-events', session: 's1', wires: [[]] }]);
    const warn = node('s1').warn as unknown as sinon.SinonSpy;
    const { session } = openings;
    const report = async (StatusIncomplete?: string) => {
      const status = { StatusObjects: true, ...(StatusIncomplete === undefined ? {} : { StatusIncomplete }) };
      session.turn({ ...session.status, statusSystem: status });
      await settle();
    };
    await report();
    await report(AGENTS);
    await report(AGENTS);
    sinon.assert.calledOnceWithExactly(warn, AGENTS);
    await report();
    await report(AGENTS);
    sinon.assert.calledTwice(warn);
  });
});
