/**
 * The *Teams* setting of event nodes, screen pop and contact record, with a simulated contact center of two teams: 1001
 * to 1020, and 1021 to 1024.
 */
import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import { helper, load, node, sessionNode, tab } from './runtime.js';

type Message = NodeMessage & { agent?: { AgentID: string }; payload: { agent?: { id: string } } };

describe('the Teams setting of a node', function () {
  this.timeout(60_000);
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(() => helper.unload());

  const at = (id: string, type: string, extra: object): Record<string, unknown> => ({
    id,
    z: tab.id,
    type,
    session: 's1',
    ...extra,
  });

  it('passes only events that concern its agents', async () => {
    const wires: Record<string, string[][]> = {
      'calls-of-2': [['of-2']],
      'calls-of-1': [['of-1']],
      'pops-of-2': [['pop-2'], []],
      everyone: [['all']],
    };
    await load([
      { ...sessionNode, agents: 24, traffic: 'steady' },
      at('calls-of-2', 'ctios-call-events', { teams: '7, 2', events: ['OnCallDelivered'], wires: wires['calls-of-2'] }),
      at('calls-of-1', 'ctios-events', { interface: 'AllInOne', teams: '1', wires: wires['calls-of-1'] }),
      at('pops-of-2', 'ctios-screen-pop', { teams: '2', wires: wires['pops-of-2'] }),
      at('everyone', 'ctios-call-events', { events: ['OnCallDelivered'], wires: wires.everyone }),
      ...Object.values(wires).map((wires) => ({ id: wires[0]![0]!, z: tab.id, type: 'helper', wires: [] })),
    ]);
    const seen: Record<string, Set<string>> = {
      'of-1': new Set(),
      'of-2': new Set(),
      'pop-2': new Set(),
      all: new Set(),
    };
    let told = (): void => {};
    for (const [id, agents] of Object.entries(seen))
      node(id).on('input', (input: NodeMessage) => {
        const message = input as Message;
        agents.add(message.agent?.AgentID ?? message.payload.agent?.id ?? 'none');
        told();
      });
    // Each supervisor substitutes for the other team's.
    const inTeam2 = (id: string): boolean => Number(id) > 1020;
    const enough = (): boolean =>
      seen['of-2']!.size > 0 &&
      seen['pop-2']!.size > 0 &&
      seen['of-1']!.size > 1 &&
      [...seen.all!].some((id) => !inTeam2(id));
    while (!enough()) await new Promise<void>((next) => (told = next));
    for (const id of [...seen['of-2']!, ...seen['pop-2']!]) assert.ok(inTeam2(id), id);
    for (const id of seen['of-1']!) assert.ok(Number(id) <= 1020 || Number(id) > 90_000, id);
  });
});
