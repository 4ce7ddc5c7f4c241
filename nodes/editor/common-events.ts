/** The events that most flows begin with: lists offer them before the others. */
import type { EventName } from '../../src/ctios/events/index.js';

export const commonEvents: readonly EventName[] = [
  'OnCallDelivered',
  'OnCallEstablished',
  'OnCallEnd',
  'OnCallBegin',
  'OnCallDataUpdate',
  'OnCallHeld',
  'OnCallRetrieved',
  'OnCallTransferred',
  'OnCallQueuedEvent',
  'OnAgentStateChange',
  'OnQueryAgentStateConf',
  'OnChatMessage',
  'OnEmergencyCall',
  'OnSkillGroupStatisticsUpdated',
  'OnButtonEnablementChange',
  'OnConnectionGap',
  'OnConnection',
  'OnConnectionClosed',
];
