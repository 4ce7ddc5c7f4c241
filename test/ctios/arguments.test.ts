import assert from 'node:assert/strict';
import { Arguments } from '../../src/ctios/index.js';

describe('Arguments', () => {
  it('compares keys ignoring case and surrounding blanks, and keeps the first spelling', () => {
    const args = new Arguments({ AgentID: '1001' });
    args.setValue(' agentid ', '1002');
    assert.equal(args.numElements, 1);
    assert.equal(args.getValueString('AGENTID'), '1002');
    assert.deepEqual(args.keys(), ['AgentID']);
  });

  it('converts valid text, and nothing else', () => {
    const args = new Arguments({ n: ' 42 ', hex: '0x10', word: 'many', half: '1.5', yes: 'true', no: 0, big: 70000 });
    assert.equal(args.getValueInt('n'), 42);
    assert.equal(args.getValueInt('hex'), 16);
    assert.equal(args.getValueInt('word'), undefined);
    assert.equal(args.getValueInt('half'), undefined);
    assert.equal(args.getValueBool('yes'), true);
    assert.equal(args.getValueBool('no'), false);
    assert.equal(args.getValueBool('word'), undefined);
    assert.equal(args.getValueShort('big'), undefined);
    assert.equal(args.getValueString('big'), '70000');
    assert.equal(args.getValueInt('absent'), undefined);
  });

  it('reads a negative INT as the unsigned number with the same bits', () => {
    const args = new Arguments({ NullService: -1 });
    assert.equal(args.getValueUInt('nullservice'), 0xffffffff);
    assert.equal(args.getValueUShort('nullservice'), 0xffff);
  });

  it('can be nested, and accepts plain objects and arrays as Arguments', () => {
    const args = new Arguments({ ECC: { 'user.Name': 'Ada' } });
    args.setValue('Groups', [10, 20]);
    assert.equal(args.getValueArray('ecc')?.getValueString('USER.NAME'), 'Ada');
    assert.deepEqual(args.toArgs(), { ECC: { 'user.Name': 'Ada' }, Groups: { '1': 10, '2': 20 } });
    assert.equal(args.getElementArgType(1), 'ARG_ARGUMENT');
  });

  it('counts elements from 1', () => {
    const args = new Arguments({ a: 1, b: 'two', c: true });
    assert.equal(args.getElement(0), undefined);
    assert.equal(args.getElementKey(2), 'b');
    assert.equal(args.getElementBool(3), true);
    assert.equal(args.setElement(2, 2), true);
    assert.equal(args.getValueInt('b'), 2);
    assert.equal(args.setElement(4, 1), false);
  });

  it('iterates in the order of setting', () => {
    assert.deepEqual(
      [...new Arguments({ x: 1, y: 2 })],
      [
        ['x', 1],
        ['y', 2],
      ],
    );
  });

  it('clones deeply', () => {
    const first = new Arguments({ ECC: { 'user.A': '1' } });
    const second = first.clone();
    second.getValueArray('ECC')?.setValue('user.A', '2');
    assert.equal(first.getValueArray('ECC')?.getValueString('user.A'), '1');
  });

  it('removes and clears', () => {
    const args = new Arguments({ a: 1 });
    assert.equal(args.removeItem('A'), true);
    assert.equal(args.removeItem('A'), false);
    args.setValue('b', 2).clear();
    assert.equal(args.isValid('b'), false);
  });

  it('omits null and undefined', () => {
    assert.equal(new Arguments().setValue('a', null).setValue('b', undefined).numElements, 0);
  });

  it('masks passwords and shows enumeration values by name in a dump', () => {
    const args = new Arguments({ AgentPassword: 'hunter2', AgentState: 3, ECC: { 'user.A': 'x' } });
    assert.equal(args.dumpArgs(), 'AgentPassword = ***; AgentState = 3 (Available); ECC = { user.A = x }');
  });

  it('treats a key "__proto__" as data and never as a prototype', () => {
    const out = new Arguments(JSON.parse('{"__proto__": {"polluted": true}}')).toArgs();
    assert.equal((out as { polluted?: unknown }).polluted, undefined);
    assert.deepEqual(Object.keys(out), ['__proto__']);
  });

  it('rejects values that cannot be transferred', () => {
    assert.throws(() => new Arguments().setValue('when', new Date() as never), TypeError);
  });
});
