import assert from 'node:assert/strict';
import sinon from 'sinon';
import { report } from '../../scripts/start/report.js';
import { CtiosError } from '../../src/ctios/index.js';

describe('the log of npm start', () => {
  afterEach(() => sinon.restore());
  const said = (msg: unknown): string => {
    const print = sinon.stub(console, 'error');
    report({ level: 20, msg, type: 'ctios-request', id: 'n1' });
    return String(print.firstCall.args[0]);
  };

  it('says what a node refuses, without a stack', () => {
    const refused = new CtiosError('CTIOS_UNKNOWN_REQUEST', '"Hodl" is not a request of CTI OS; did you mean Hold?');
    assert.equal(said(refused), 'error: [ctios-request:n1] "Hodl" is not a request of CTI OS; did you mean Hold?');
  });

  it('shows the stack of an unexpected error', () => {
    assert.match(said(new TypeError('x is not a function')), /TypeError: x is not a function\n +at /);
  });
});
