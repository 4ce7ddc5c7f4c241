/** The setting of traces, and what becomes of a Node-RED in which they are not possible. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readTraceSettings } from '../../nodes/shared/tracing/trace-settings.js';

describe('the setting of traces', () => {
  it('is read, or refused with what is wrong', () => {
    for (const off of [undefined, {}, { traces: false }, { traces: null }, 'x'])
      assert.equal(readTraceSettings(off), undefined);
    assert.deepEqual(readTraceSettings({ traces: true }), { callData: [], ratio: 1 });
    assert.deepEqual(readTraceSettings({ traces: { ratio: 0.5, callData: ['ANI'] } }), {
      callData: ['ANI'],
      ratio: 0.5,
    });
    const wrong: [unknown, RegExp][] = [
      ['yes', /it must be true, false or an object/],
      [{ callDate: [] }, /"callDate" is not one of callData, ratio/],
      [{ callData: 'ANI' }, /a list of at most 50 keywords/],
      [{ callData: [1] }, /a list of at most 50 keywords/],
      [{ ratio: '1' }, /a number from 0 to 1/],
      [{ ratio: 1.5 }, /a number from 0 to 1/],
      [{ ratio: Number.NaN }, /a number from 0 to 1/],
    ];
    for (const [traces, reason] of wrong) assert.throws(() => readTraceSettings({ traces }), reason);
  });

  /** In a process of its own, in which requests for a module fail as if it were not installed. */
  const report = (traces: string) => {
    const program = `
      const { Module } = require('node:module');
      const load = Module._load;
      Module._load = function (request, ...rest) {
        if (request === '@opentelemetry/api')
          throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
        return load.call(this, request, ...rest);
      };
      const { tracingOf } = require('../../nodes/shared/tracing/tracing-of.js');
      const warned = [];
      const RED = {
        events: {},
        log: { warn: (text) => warned.push(text) },
        settings: { userDir: '/home/someone/.node-red', ctios: { traces: ${traces} } },
      };
      const found = [tracingOf(RED), tracingOf(RED)].map((each) => each === undefined);
      console.log(JSON.stringify({ warned, found }));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' });
    return JSON.parse(stdout || JSON.stringify({ warned: [stderr] })) as { warned: string[]; found: boolean[] };
  };

  it('is reported once if the API is not installed, and Node-RED goes on without', () => {
    const { warned, found } = report('true');
    assert.deepEqual(found, [true, true]);
    assert.equal(warned.length, 1);
    assert.match(warned[0]!, /No traces: .*npm install @opentelemetry\/api in \/home\/someone\/\.node-red/);
  });

  it('is reported once if it is wrong', () => {
    const { warned, found } = report('{ ratio: 7 }');
    assert.deepEqual(found, [true, true]);
    assert.deepEqual(warned, ['[ctios] No traces: ctios.traces.ratio: it must be a number from 0 to 1.']);
  });
});
