/** The events that most flows begin with, which lists show first. */
import type { EventName } from '../../../src/ctios/events/index.js';

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
