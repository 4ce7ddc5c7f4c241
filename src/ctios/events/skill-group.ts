import { defineEvents, ownId } from '../definition.js';

/** Events of skill groups. */
export const skillGroupEvents = defineEvents({
  OnSkillGroupStatisticsUpdated: {
    interfaces: ['ISkillGroupEvents'],
    id: ownId(115),
    origin: 'ctiserver',
    ged188: ['QUERY_SKILL_GROUP_STATISTICS_CONF'],
    when: 'Statistics of a skill group',
    required: ['PeripheralID', 'SkillGroupNumber', 'SkillGroupID', 'Statistics'],
    optional: ['SkillGroupPriority', 'FilterTarget', 'SkillGroupName', 'UniqueObjectID'],
    notes: ['The first one creates the SkillGroup object.'],
    aka: [
      'OnNewSkillGroupStatistics',
      'OnNewSkillGroupStatisticsEvent',
      'eNewSkillGroupStatisticsEvent',
      'eOnNewSkillGroupStatisticsEvent',
    ],
  },
  OnSkillInfoEvent: {
    interfaces: ['ISkillGroupEvents'],
    id: ownId(1022),
    origin: 'ctios',
    when: 'The name of a skill group became known',
    required: ['SkillGroupNumber', 'SkillGroupName'],
    optional: ['PeripheralID', 'SkillGroupID', 'UniqueObjectID'],
    aka: ['OnSkillInfo', 'eSkillInfoEvent'],
  },
});
