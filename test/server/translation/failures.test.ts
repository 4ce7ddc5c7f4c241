/** The sentence about a refusal by the switch or the CTI Server: its code, and what that means as far as it is known. */
import assert from 'node:assert/strict';
import { ControlFailureCode, type Message, StatusCode } from '../../../src/ged188/index.js';
import { LinkRequestError } from '../../../src/server/southbound/link-api.js';
import { dismissal } from '../../../src/server/southbound/session/dismissal.js';
import { failureOfLink } from '../../../src/server/translation/failures.js';

function sentenceOf(FailureCode: number, PeripheralErrorCode: number): string | undefined {
  const answer = { type: 'CONTROL_FAILURE_CONF', InvokeID: 1, FailureCode, PeripheralErrorCode } as Message;
  const error = new LinkRequestError('failed', 'CF', 'refused', answer);
  return failureOfLink({ request: 'Hold' }, error).failure?.message;
}

describe('the sentence about a refusal by the switch', () => {
  const refused = 'Hold was refused by the switch:';
  for (const [code, peripheral, said] of [
    ['CF_NO_HELD_CALL', 0, 'CF_NO_HELD_CALL (there is no call on hold).'],
    [
      'CF_NO_HELD_CALL',
      13042,
      'CF_NO_HELD_CALL (there is no call on hold; peripheral error 13042 GwEThreadclearcallDropException).',
    ],
    [
      'CF_INVALID_OBJECT_STATE',
      10108,
      'CF_INVALID_OBJECT_STATE (this change of state is not allowed; peripheral error 10108 TeldriveBadstatetransition).',
    ],
    [
      'CF_REASON_CODE_REQUIRED',
      0,
      'CF_REASON_CODE_REQUIRED (the desk settings require a reason: set EventReasonCode).',
    ],
    ['CF_INVALID_FEATURE', 0xffffffff, 'CF_INVALID_FEATURE.'],
  ] as const)
    it(`${code}, peripheral error ${peripheral}`, () => {
      assert.equal(sentenceOf(ControlFailureCode[code], peripheral), `${refused} ${said}`);
    });
});

describe('the sentence about a refusal by the CTI Server', () => {
  for (const [code, said] of [
    [
      'E_CTI_INVALID_PERIPHERAL_ID',
      'E_CTI_INVALID_PERIPHERAL_ID (it has no such peripheral: correct the peripheral ID)',
    ],
    ['E_CTI_PROTECTED_VARIABLE', 'E_CTI_PROTECTED_VARIABLE (the site does not let clients change this call variable)'],
    ['E_CTI_INVALID_RTP_TYPE', 'E_CTI_INVALID_RTP_TYPE'],
  ] as const) {
    it(`of a request: ${code}`, () => {
      const answer = { type: 'FAILURE_CONF', InvokeID: 1, Status: StatusCode[code] } as Message;
      const { failure } = failureOfLink({ request: 'Hold' }, new LinkRequestError('failed', code, 'refused', answer));
      assert.equal(failure?.message, `Hold was refused by the CTI Server: ${said}.`);
    });
    it(`of a session: ${code}`, () => {
      assert.equal(
        dismissal(StatusCode[code], 'cti:42027', 'crm').reason,
        `the CTI Server at cti:42027 ended the session: ${said}`,
      );
    });
  }
});
