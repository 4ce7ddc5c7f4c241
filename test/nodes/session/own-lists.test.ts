import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sinon from 'sinon';
import { siteChoices } from '../../../nodes/admin/site-choices.js';
import { listsFile, OwnLists, parseSiteLists, reasonText } from '../../../nodes/shared/session/own-lists.js';
import { sessionsOf } from '../../../nodes/shared/session/sessions.js';
import { collectedBy, deploy, helper, inNodeRed, load, node, sessionNode, statusOf, tab } from '../runtime.js';

const LISTS = { notReady: { Lunch: 2 }, logout: { 'End of shift': 101 }, wrapup: ['Order'] };

describe("a session's own lists", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-lists-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are read from JSON; a blank text means no lists', () => {
    assert.deepEqual(parseSiteLists(JSON.stringify(LISTS)), {
      notReadyReasonCodes: { Lunch: 2 },
      logoutReasonCodes: { 'End of shift': 101 },
      incomingWrapupStrings: ['Order'],
    });
    assert.deepEqual(parseSiteLists('  '), {});
  });

  for (const [what, value, names] of [
    ['no JSON', '{', /not JSON/],
    ['no object', '[]', /must be an object/],
    ['an unknown list', '{"ready": {}}', /"ready"/],
    ['reasons that are no object', '{"notReady": ["Lunch"]}', /"notReady" must be an object/],
    ['a code that is no number', '{"logout": {"Late": "5"}}', /"logout" gives "Late".* 65535/],
    ['a code out of range', '{"logout": {"Late": 65536}}', /65535/],
    ['a wrap-up that is no text', '{"wrapup": [1]}', /"wrapup"/],
    ['a text that is too long', JSON.stringify({ wrapup: ['x'.repeat(201)] }), /201 characters, more than 200/],
    ['too many texts', JSON.stringify({ wrapup: Array.from({ length: 501 }, String) }), /501 entries, more than 500/],
  ] as const)
    it(`are rejected with a description of the problem: ${what}`, () => {
      assert.throws(() => parseSiteLists(value), { code: 'CTIOS_BAD_LISTS', message: names });
    });

  it('are read again from a file that changes; an invalid file changes nothing and is reported once', () => {
    const file = join(folder, 'lists.json');
    let now = 0;
    let written = 1_750_000_000;
    const report = sinon.spy((_: Error) => {});
    const write = (text: string): void => {
      writeFileSync(file, text);
      written += 10;
      utimesSync(file, written, written);
    };
    const own = new OwnLists(
      parseSiteLists('{"wrapup": ["From the dialog"], "logout": {"Late": 5}}'),
      file,
      () => now,
      report,
    );
    const wrapups = () => {
      now += 1_000;
      return own.lists.incomingWrapupStrings;
    };
    assert.deepEqual(wrapups(), ['From the dialog']);
    sinon.assert.calledOnceWithMatch(report, { message: sinon.match('cannot be read') });
    report.resetHistory();
    write('{"wrapup": ["From the file"]}');
    assert.deepEqual(wrapups(), ['From the file']);
    assert.deepEqual(own.lists.logoutReasonCodes, { Late: 5 }, "a list that the file does not have stays the dialog's");
    write('{"wrapup": "none"}');
    assert.deepEqual([wrapups(), wrapups(), wrapups()], Array(3).fill(['From the file']));
    sinon.assert.calledOnce(report);
    write('{"wrapup": ["Better"]}');
    assert.deepEqual(wrapups(), ['Better']);
    sinon.assert.calledOnce(report);
  });

  it('are found below the user directory or at an absolute path', () => {
    assert.equal(listsFile('', '/home/x'), '');
    assert.equal(listsFile('a/b.json', '/home/x'), join('/home/x', 'a/b.json'));
    assert.equal(listsFile('/etc/b.json', '/home/x'), '/etc/b.json');
  });

  it('name the reason of a state, and of no other', () => {
    const site = parseSiteLists(JSON.stringify(LISTS));
    assert.equal(reasonText(site, 2, 2), 'Lunch');
    assert.equal(reasonText(site, 1, 101), 'End of shift');
    assert.equal(reasonText(site, 3, 2), undefined);
    assert.equal(reasonText(site, 2, 101), undefined);
    assert.equal(reasonText(undefined, 2, 2), undefined);
  });

  describe('in Node-RED', () => {
    const openings = inNodeRed();
    const flow = (lists: unknown) => [
      { ...sessionNode, lists: JSON.stringify(lists) },
      { id: 'e1', z: tab.id, type: 'ctios-agent-events', session: 's1', events: [], filter: [], wires: [['c1']] },
      { id: 'c1', z: tab.id, type: 'collector', wires: [] },
    ];
    const choices = () => {
      const host = sessionsOf((helper as unknown as { _events: never })._events).get('s1')!;
      return siteChoices(host);
    };

    it('are offered by the pickers and used in messages, and change without a new session', async () => {
      await load(flow(LISTS));
      openings.session.emit('OnAgentStateChange', { AgentID: '1001', AgentState: 2, EventReasonCode: 2 });
      const [message] = await collectedBy('c1');
      const { names } = (message as unknown as { ctios: { names: Record<string, string> } }).ctios;
      assert.deepEqual([names.AgentState, names.EventReasonCode], ['NotReady', 'Lunch']);
      assert.deepEqual(choices().reasons, [
        { code: 2, state: 'NotReady', text: 'Lunch' },
        { code: 101, state: 'Logout', text: 'End of shift' },
      ]);
      assert.deepEqual(choices().wrapups, ['Order']);
      await deploy(flow({ wrapup: ['Sold'] }), 'full');
      assert.deepEqual(choices().wrapups, ['Sold']);
      assert.equal(openings.all.length, 1);
    });

    it('are set by a message, list by list, kept across a deploy, and reset', async () => {
      const request = (more: object = {}) => [
        ...flow(LISTS),
        { id: 'r1', z: tab.id, type: 'ctios-request', session: 's1', request: 'SetOwnLists', ...more, wires: [['c2']] },
        { id: 'k1', z: tab.id, type: 'catch', scope: null, wires: [['c3']] },
        { id: 'c2', z: tab.id, type: 'collector', wires: [] },
        { id: 'c3', z: tab.id, type: 'collector', wires: [] },
      ];
      await load(request());
      const set = async (payload: object, count: number) => {
        node('r1').receive({ payload } as never);
        return (await collectedBy('c2', count)).at(-1)!.payload;
      };
      assert.deepEqual(await set({}, 1), LISTS, 'none: those in force');
      const crm = { wrapup: ['Sold', 'Lost'], notReady: { Lunch: 3 } };
      assert.deepEqual(await set(crm, 2), { ...LISTS, ...crm });
      assert.deepEqual(choices().wrapups, ['Sold', 'Lost']);
      openings.session.emit('OnAgentStateChange', { AgentID: '1001', AgentState: 2, EventReasonCode: 3 });
      const [message] = await collectedBy('c1');
      assert.equal(
        (message as unknown as { ctios: { names: Record<string, string> } }).ctios.names.EventReasonCode,
        'Lunch',
      );
      node('r1').receive({ payload: { wrapup: 'none' } } as never);
      const [refused] = await collectedBy('c3');
      assert.equal((refused as unknown as { error: { code: string } }).error.code, 'CTIOS_BAD_LISTS');
      assert.deepEqual(choices().wrapups, ['Sold', 'Lost'], 'nothing has changed');
      await deploy(request({ name: 'edited' }), 'nodes');
      assert.deepEqual(choices().wrapups, ['Sold', 'Lost'], 'a deploy keeps them');
      assert.deepEqual(await set({ wrapup: null }, 3), { ...LISTS, notReady: { Lunch: 3 } });
    });

    it('prevent the session from opening if they are invalid', async () => {
      await load(flow({ wrapup: 'none' }));
      assert.equal(openings.all.length, 0);
      assert.match(statusOf('e1'), /red/);
    });
  });
});
