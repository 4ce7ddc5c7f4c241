import assert from 'node:assert/strict';
import { compileFilter, type ResolvedRow } from '../../../nodes/shared/message/filter/event-filter.js';
import { rowsWithOperators } from '../../../nodes/shared/message/filter/filter-migration.js';
import { MAX_PATTERN_LENGTH } from '../../../nodes/shared/message/filter/patterns.js';
import { currentVersion, migrated } from '../../../nodes/shared/migrations.js';
import type { Args } from '../../../src/ctios/index.js';

const row = (key: string, op: ResolvedRow['op'], value?: unknown, to?: unknown) =>
  compileFilter([{ key, op, value, to }]);
const holds = (op: ResolvedRow['op'], value: unknown, args: Args, key = 'ANI') => row(key, op, value)(args, {});

describe('a filter by the state of an agent', () => {
  const CHAT = 5001;
  const filter = (rows: ResolvedRow[], join: 'all' | 'any' = 'all') => compileFilter(rows, join);
  const state = (AgentState: number, MRDID?: number): Args => ({
    AgentID: '1001',
    AgentState,
    EventReasonCode: 7,
    ...(MRDID !== undefined && { MRDID }),
  });

  for (const row of [
    { key: 'AgentState', op: 'is', value: 'Logout' },
    { key: 'agentstate', op: 'oneOf', value: 'Logout,NotReady' },
    { key: 'AgentState', op: 'isNot', value: 'Available' },
    { key: 'AgentState', op: 'lt', value: '2' },
    { key: 'AgentState', op: 'set' },
    { key: 'EventReasonCode', op: 'is', value: '7' },
  ] satisfies ResolvedRow[])
    it(`is about the phone, unless it names a medium: ${row.key} ${row.op}`, () => {
      const ofPhone = filter([row]);
      assert.deepEqual(
        [undefined, 1, 0, CHAT].map((medium) => ofPhone(state(1, medium), { agent: { AgentState: 1 } })),
        [true, true, true, false],
      );
      const ofChat = filter([row, { key: 'MRDID', op: 'is', value: String(CHAT) }]);
      assert.deepEqual(
        [undefined, CHAT].map((medium) => ofChat(state(1, medium), {})),
        [false, true],
      );
    });

  it('does not restrict the other rows, nor filters without a state', () => {
    const agent = { key: 'AgentID', op: 'is', value: '1001' } as const;
    assert.equal(filter([agent])(state(1, CHAT), {}), true);
    assert.equal(filter([agent, { key: 'AgentState', op: 'is', value: '1' }], 'any')(state(1, CHAT), {}), true);
  });
});

describe('the operators of a filter', () => {
  it('compare texts literally', () => {
    const patterns = [
      '*',
      '**',
      '*#06#',
      '#31#',
      '.*',
      '^2',
      '2$',
      '[0-9]',
      '\\d',
      '2065550101|x',
      '(',
      '%',
      '_',
      '$1',
      '{2}',
    ];
    for (const number of ['*67', '20*01', '206*', 'a,b', '', ...patterns]) {
      assert.equal(holds('is', number, { ANI: number }), true, number);
      assert.equal(holds('is', number, { ANI: '2065550101' }), false, number);
      assert.equal(holds('isNot', number, { ANI: number }), false, number);
    }
    assert.equal(holds('isNot', '1', {}), true, 'also where there is none');
    assert.equal(holds('is', '1', {}), false);
    const begins = { ANI: '2065550101' };
    assert.deepEqual(
      [holds('startsWith', '206', begins), holds('startsWith', '2*', begins), holds('startsWith', '06', begins)],
      [true, false, false],
    );
    assert.deepEqual([holds('endsWith', '101', begins), holds('endsWith', '10', begins)], [true, false]);
    assert.deepEqual([holds('contains', '555', begins), holds('contains', '556', begins)], [true, false]);
    assert.deepEqual([holds('startsWith', '', {}), holds('contains', '', {})], [false, false]);
  });

  it('compare with several texts, literally or with a wildcard at the end', () => {
    assert.deepEqual(
      ['1', '2', '3', '1,2'].map((ANI) => holds('oneOf', ' 1, 2 ', { ANI })),
      [true, true, false, false],
    );
    assert.deepEqual([holds('oneOf', ['1', 2], { ANI: '2' }), holds('oneOf', '206*', { ANI: '2065' })], [true, false]);
    assert.deepEqual(
      ['2065', '*67', '20*01', '206'].map((ANI) => holds('like', '206*,*67, 20*01', { ANI })),
      [true, true, true, true],
    );
    assert.equal(holds('like', '206*', { ANI: '205' }), false);
  });

  it('accept enumeration names', () => {
    const talking = { AgentState: 4 };
    assert.equal(holds('is', 'Talking', talking, 'agentstate'), true);
    assert.equal(holds('isNot', 'Talking', talking, 'AgentState'), false);
    assert.equal(holds('oneOf', 'Available, Talking', talking, 'AgentState'), true);
  });

  it('compare numbers, and match nothing else', () => {
    const wait = (op: ResolvedRow['op'], value: unknown, time: unknown) =>
      row('CallWaitTime', op, value)({ CallWaitTime: time } as Args, {});
    assert.deepEqual([wait('lt', '10', 9), wait('lt', 10, 10), wait('lte', '10', '10.0')], [true, false, true]);
    assert.deepEqual([wait('gt', '10', 11), wait('gt', '10', 10), wait('gte', '10', 10)], [true, false, true]);
    // Compared as numbers, not as texts.
    assert.equal(wait('gt', '9', '10'), true);
    for (const nothing of ['', ' ', 'abc', undefined]) {
      assert.deepEqual(
        [wait('lt', '10', nothing), wait('gte', '0', nothing), wait('lt', nothing, 1), wait('gte', nothing, 1)],
        [false, false, false, false],
        String(nothing),
      );
    }
    const between = row('CallWaitTime', 'between', '10', '20');
    assert.deepEqual(
      [9, 10, 15, 20, 21].map((CallWaitTime) => between({ CallWaitTime }, {})),
      [false, true, true, true, false],
    );
    assert.equal(row('CallWaitTime', 'between', '20', '10')({ CallWaitTime: 15 }, {}), false);
  });

  it('match regular expressions in bounded time', () => {
    assert.deepEqual(
      [holds('matches', '^206', { ANI: '2065' }), holds('matches', '^06', { ANI: '2065' })],
      [true, false],
    );
    assert.equal(holds('matches', '5$', { ANI: '2065' }), true);
    assert.equal(holds('matches', '.*', {}), false);
    // In JavaScript this would take more than a year.
    const runsAway = row('CallVariable1', 'matches', '^(a+)+$');
    assert.equal(runsAway({ CallVariable1: `${'a'.repeat(5_000)}b` }, {}), false);
    for (const wrong of [
      '(',
      '(?=a)',
      '(a)\\1',
      'a{2000}',
      '((a{100}){100}){100}',
      'a'.repeat(MAX_PATTERN_LENGTH + 1),
    ]) {
      assert.throws(() => row('ANI', 'matches', wrong), { code: 'CTIOS_INVALID_FILTER' }, wrong.slice(0, 20));
    }
  });

  it('test whether a value is present', () => {
    const call = { call: { CallVariable1: 'a', ECC: { 'user.Tier': 'gold' } } };
    const known = (key: string) => [row(key, 'set')({}, call), row(key, 'notSet')({}, call)];
    assert.deepEqual(
      [known('CallVariable1'), known('user.Tier'), known('CallVariable2')],
      [
        [true, false],
        [true, false],
        [false, true],
      ],
    );
  });

  it('test what the event has changed', () => {
    const objects = { previous: { AgentState: 3, CallVariable1: null } };
    const now = { AgentState: 4, CallVariable1: 'a', ANI: '1' };
    const test = (key: string, op: ResolvedRow['op'], value?: string) => row(key, op, value)(now, objects);
    assert.deepEqual(
      [test('AgentState', 'changed'), test('CallVariable1', 'changed'), test('ANI', 'changed')],
      [true, true, false],
    );
    assert.deepEqual(
      [test('AgentState', 'changedFrom', 'Available'), test('AgentState', 'changedFrom', 'Talking')],
      [true, false],
    );
    assert.deepEqual(
      [test('AgentState', 'changedTo', 'Talking'), test('AgentState', 'changedTo', 'Available')],
      [true, false],
    );
    assert.equal(test('ANI', 'changedTo', '1'), false);
    assert.equal(row('AgentState', 'changed')(now, {}), false);
  });

  it('are rejected if they do not exist', () => {
    assert.throws(() => row('ANI', 'near' as 'is', '1'), { code: 'CTIOS_INVALID_FILTER' });
    assert.throws(() => row('ANI', 'constructor' as 'is', '1'), { code: 'CTIOS_INVALID_FILTER' });
  });
});

describe('the rows of a filter', () => {
  const rows: ResolvedRow[] = [
    { key: 'ANI', op: 'is', value: '1' },
    { key: 'DNIS', op: 'is', value: '2' },
  ];

  it('must all match, or at least one of them', () => {
    const all = compileFilter(rows);
    assert.deepEqual(
      [all({ ANI: '1', DNIS: '2' }, {}), all({ ANI: '1', DNIS: '3' }, {}), all({ ANI: '1' }, {})],
      [true, false, false],
    );
    const any = compileFilter(rows, 'any');
    assert.deepEqual([any({ ANI: '1', DNIS: '3' }, {}), any({ ANI: '3', DNIS: '3' }, {})], [true, false]);
    for (const join of ['all', 'any'] as const) assert.equal(compileFilter([], join)({}, {}), true);
  });

  it('report which event they need, only if no other event can match', () => {
    assert.deepEqual(compileFilter(rows).needed, { key: 'ANI', texts: new Set(['1']) });
    assert.deepEqual(row('AgentState', 'oneOf', 'Talking,Held').needed?.texts.has('4'), true);
    assert.equal(compileFilter(rows, 'any').needed, undefined);
    assert.equal(row('ANI', 'isNot', '1').needed, undefined);
    assert.equal(row('ANI', 'like', '206*').needed, undefined);
  });

  it('evaluate each event separately, but share values that one of them has looked up', () => {
    const ani = row('ANI', 'startsWith', '206');
    const dialed = row('DialedNumber', 'oneOf', '8001,8002');
    const agent = row('AgentID', 'is', '1001');
    const objects = { call: { DialedNumber: '8001' }, agent: { AgentID: '1001' } };
    const first = { ANI: '2065550101' };
    // Repeatedly, in changing order: the absence of a value is cached, too.
    for (let round = 0; round < 3; round++) {
      assert.deepEqual([ani(first, objects), dialed(first, objects), agent(first, objects)], [true, true, true]);
      assert.equal(row('DNIS', 'is', '1')(first, objects), false);
      assert.equal(ani(first, objects), true);
    }
    const other = { call: { DialedNumber: '9001' } };
    assert.deepEqual([dialed(first, other), agent(first, other), ani(first, other)], [false, false, true]);
    assert.deepEqual([ani({ ANI: '425' }, other), ani({}, objects), dialed({}, objects)], [false, false, true]);
  });
});

describe('rows without an operator', () => {
  /** The rows of the first form, as previously implemented. */
  function before(value: string, text: string, literal: boolean): boolean {
    const values = value.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
    if (values.length === 0) return true;
    return values.some((each) => (!literal && each.endsWith('*') ? text.startsWith(each.slice(0, -1)) : text === each));
  }

  it('match exactly what they matched before', () => {
    const values = [
      '2065550101',
      ' 206 ',
      '206*',
      '20*01',
      '*67',
      '1,2',
      '1, 206*,',
      'a b',
      '20*01,206*',
      ',',
      '',
      '5',
    ];
    const texts = ['2065550101', '206', '20*01', '*67', '1', '2', 'a b', '20*01x', '5', '1,2', '2061'];
    for (const type of [undefined, 'str', 'msg', 'jsonata', 'env']) {
      for (const value of values) {
        const [saved] = rowsWithOperators([{ key: 'ANI', value, type }]) as ResolvedRow[];
        const matches = compileFilter(saved === undefined ? [] : [saved]);
        for (const ANI of texts) {
          assert.equal(matches({ ANI }, {}), before(value, ANI, type === 'msg'), `${type}: ${value} on ${ANI}`);
        }
      }
    }
  });

  it('become the simplest equivalent row', () => {
    const now = (value: string) => rowsWithOperators([{ key: ' ANI', value }]);
    assert.deepEqual(now('20*01 '), [{ key: 'ANI', op: 'is', value: '20*01', type: 'str' }]);
    assert.deepEqual(now('1, 2'), [{ key: 'ANI', op: 'oneOf', value: '1, 2', type: 'str' }]);
    assert.deepEqual(now('206*'), [{ key: 'ANI', op: 'like', value: '206*', type: 'str' }]);
    // The variable may contain a list or a prefix.
    assert.deepEqual(now('${NUMBERS}'), [{ key: 'ANI', op: 'like', value: '${NUMBERS}', type: 'str' }]);
    assert.deepEqual(now(' '), []);
    assert.deepEqual(rowsWithOperators(undefined), []);
  });

  it('are found in saved nodes of every type that has them', () => {
    const filter = [{ key: 'ANI', value: '1' }];
    for (const type of ['ctios-call-events', 'ctios-agent-events', 'ctios-events', 'ctios-query', 'ctios-wait']) {
      const property = type === 'ctios-wait' ? 'match' : 'filter';
      const saved = migrated<Record<string, unknown>>(type, { [property]: filter, version: 1 });
      assert.deepEqual(saved[property], [{ key: 'ANI', op: 'is', value: '1', type: 'str' }], type);
      assert.equal(saved.join, 'all');
      assert.equal(saved.version, currentVersion(type));
      assert.deepEqual(migrated(type, saved), saved);
    }
  });
});
