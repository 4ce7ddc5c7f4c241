/** Fields that many messages share. */
import { NULL_CALL_ID, NULL_PERIPHERAL_ID, NULL_SERVICE, NULL_SKILL_GROUP } from '../constants/limits.js';
import { STRING, UINT } from '../definition/field.js';
import { Tag } from '../definition/tags.js';

/** Numbers that have a null value for "none". */
export const CALL_ID = UINT.absent(NULL_CALL_ID);
export const PERIPHERAL_ID = UINT.absent(NULL_PERIPHERAL_ID);
export const SERVICE_ID = UINT.absent(NULL_SERVICE);
export const SKILL_GROUP_ID = UINT.absent(NULL_SKILL_GROUP);

/** The ten call variables: 40 characters each. */
export const CALL_VARIABLES = {
  CallVariable1: STRING(41).tag(Tag.CALL_VAR_1_TAG),
  CallVariable2: STRING(41).tag(Tag.CALL_VAR_2_TAG),
  CallVariable3: STRING(41).tag(Tag.CALL_VAR_3_TAG),
  CallVariable4: STRING(41).tag(Tag.CALL_VAR_4_TAG),
  CallVariable5: STRING(41).tag(Tag.CALL_VAR_5_TAG),
  CallVariable6: STRING(41).tag(Tag.CALL_VAR_6_TAG),
  CallVariable7: STRING(41).tag(Tag.CALL_VAR_7_TAG),
  CallVariable8: STRING(41).tag(Tag.CALL_VAR_8_TAG),
  CallVariable9: STRING(41).tag(Tag.CALL_VAR_9_TAG),
  CallVariable10: STRING(41).tag(Tag.CALL_VAR_10_TAG),
};
