/** Sent to all-events sessions only. */
import { STRING, UINT, UNSPEC, USHORT } from '../definition/field.js';
import { NAMED_ARRAYS, NAMED_VARIABLES } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { CALL_VARIABLES } from './common.js';

export const CALL_TRANSLATION_ROUTE_EVENT = message('CALL_TRANSLATION_ROUTE_EVENT', 22, {
  from: 'server',
  fixed: {
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
  },
  floating: {
    ANI: STRING(40).tag(Tag.ANI_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    DNIS: STRING(32).tag(Tag.DNIS_TAG).required,
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    CallerEnteredDigits: STRING(40).tag(Tag.CED_TAG),
    RouterCallKeyDay: UINT.tag(Tag.ROUTER_CALL_KEY_DAY_TAG).required,
    RouterCallKeyCallID: UINT.tag(Tag.ROUTER_CALL_KEY_CALLID_TAG).required,
    RouterCallKeySequenceNumber: UINT.tag(Tag.ROUTER_CALL_KEY_SEQUENCE_NUM_TAG).required,
    ...CALL_VARIABLES,
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
  },
  extra: {
    ANI_II: STRING(2).tag(Tag.ANI_II_TAG),
  },
});
