/** Calls of which the switch leaves something unsaid: the number, the type, or the customer of a campaign. */
import assert from 'node:assert/strict';
import type { MessageInit } from '../../src/ged188/index.js';
import { Site, STATE, tells, variables } from './site.js';

const { state, begins, rings, answers, ends, dials, updates } = tells;
const { available, notReady, talking } = STATE;
const NONE = 65535;
const LINE = '2001';
const ready = state('1001', LINE, available);
const RENEWALS = variables({ BACustomerNumber: '2065550101', BACampaign: 'Renewals' });

type Row = readonly [
  what: string,
  steps: readonly (MessageInit | number)[],
  expected: { readonly story: readonly string[]; readonly log: readonly string[] },
];

const call = (began: object, rang: object = {}): (MessageInit | number)[] => [
  ...[ready, begins(7, LINE, { ANI: undefined, ...began }), rings(7, LINE, { ...rang }), 200, answers(7, LINE)],
  ...[3_000, ends(7, LINE)],
];
const answered = (number: string, direction: string, customer = number) => ({
  story: [`pop 1001 ${number} ${direction}`, 'ended 1001 ended'],
  log: [`segment 1001 ${direction} ${customer} ended`, `contact ${direction} ${customer} answered`],
});

const ROWS: readonly Row[] = [
  ['no ANI, but a calling device', call({}, { CallingDeviceID: '2065550101' }), answered('+12065550101', 'inbound')],
  ['no number at all', call({ ANI: '' }, { CallingDeviceID: '' }), answered('absent', 'inbound')],
  [
    'the calling device only with the answer',
    [
      ...[ready, begins(7, LINE, { ANI: undefined }), rings(7, LINE), 100],
      ...[answers(7, LINE, { CallingDeviceID: '2065550101' }), 1_000, ends(7, LINE)],
    ],
    {
      story: ['pop 1001 absent inbound', 'update 1001 +12065550101 inbound', 'ended 1001 ended'],
      log: ['segment 1001 inbound +12065550101 ended', 'contact inbound +12065550101 answered'],
    },
  ],
  [
    'a number that a later update leaves blank',
    [
      ready,
      begins(7, LINE),
      rings(7, LINE),
      100,
      updates(7, LINE, { ANI: '' }),
      answers(7, LINE),
      1_000,
      ends(7, LINE),
    ],
    answered('+12065550101', 'inbound'),
  ],
  ['no type, and it rang', call({ CallType: NONE, ANI: '2065550101' }), answered('+12065550101', 'inbound')],
  ['type 0 of Unified CCX', call({ CallType: 0, ANI: '2065550101' }), answered('+12065550101', 'inbound')],
  ['no type, from a colleague', call({ CallType: NONE, ANI: '2002' }), answered('2002', 'internal', '-')],
  [
    'no type, and the agent dialed it',
    [
      ...[state('1001', LINE, notReady)],
      ...[
        begins(7, LINE, { CallType: NONE, ANI: LINE, DialedNumber: '92065550150' }),
        ...dials(7, LINE, '92065550150'),
      ],
      ...[
        500,
        answers(7, LINE, { AnsweringDeviceID: '92065550150' }),
        state('1001', LINE, talking),
        3_000,
        ends(7, LINE),
      ],
    ],
    { story: [], log: ['segment 1001 outbound +12065550150 ended', 'contact outbound +12065550150 answered'] },
  ],
  [
    'no type, and the agent dialed a colleague',
    [
      ...[state('1001', LINE, notReady), begins(7, LINE, { CallType: NONE, ANI: LINE, DialedNumber: '2002' })],
      ...[...dials(7, LINE, '2002'), 500, answers(7, LINE, { AnsweringDeviceID: '2002' }), 3_000, ends(7, LINE)],
    ],
    { story: [], log: ['segment 1001 internal - ended', 'contact internal - answered'] },
  ],
  [
    'the number of the customer only in the reservation of a campaign, which is one contact with the call',
    [
      ...[ready, begins(7, LINE, { CallType: 18, ANI: '5551', ...RENEWALS }), rings(7, LINE), 100, ends(7, LINE), 500],
      ...[begins(8, LINE, { CallType: 17, ANI: LINE, DialedNumber: '92065550101', ...RENEWALS })],
      ...[...dials(8, LINE, '92065550101'), 500, answers(8, LINE, { AnsweringDeviceID: '92065550101' }), 2_000],
      ends(8, LINE),
    ],
    {
      story: [
        'pop 1001 +12065550101 outbound',
        // The dialed number.
        'update 1001 +12065550101 outbound',
        'ended 1001 ended',
      ],
      log: ['segment 1001 outbound +12065550101 ended', 'contact outbound +12065550101 answered'],
    },
  ],
  [
    'the customer of a campaign only with an update',
    [
      ...[ready, begins(7, LINE, { CallType: 32, ANI: '8005550199' }), rings(7, LINE), 100],
      ...[updates(7, LINE, { CallType: 32, ...RENEWALS }), answers(7, LINE), 1_000, ends(7, LINE)],
    ],
    {
      story: ['pop 1001 absent outbound', 'update 1001 +12065550101 outbound', 'ended 1001 ended'],
      log: ['segment 1001 outbound +12065550101 ended', 'contact outbound +12065550101 answered'],
    },
  ],
  [
    "the customer in the protocol's own fields, with an update",
    [
      ...[ready, begins(7, LINE, { CallType: 32, ANI: '8005550199' }), rings(7, LINE), 100],
      ...[
        updates(7, LINE, { CallType: 32, CustomerPhoneNumber: '2065550101' }),
        answers(7, LINE),
        1_000,
        ends(7, LINE),
      ],
    ],
    {
      story: ['pop 1001 absent outbound', 'update 1001 +12065550101 outbound', 'ended 1001 ended'],
      log: ['segment 1001 outbound +12065550101 ended', 'contact outbound +12065550101 answered'],
    },
  ],
];

describe('a call with', () => {
  for (const [what, steps, { story, log }] of ROWS)
    it(what, async () => {
      const site = await Site.open();
      await site.tell(...steps, 40_000);
      assert.deepEqual(site.story, story);
      assert.deepEqual(site.log, log);
    });
});
