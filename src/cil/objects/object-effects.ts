/**
 * What each event does to the objects of a session. Source: CTI OS Developer Guide, "Object Interface Framework" and
 * the event tables; the guide merges whatever an event carries, this says where it must not.
 */

export type ObjectEffect =
  /** its arguments are merged into the object it names, which is made if it is not known; `OldUniqueObjectID` re-keys it */
  | 'update'
  /** the same, but no Call is made: it may be one whose events the session is not told, its end among them */
  | 'refresh'
  /** the same, then the Call is removed: after the listeners ran */
  | 'end'
  /** only what describes the object (status, mask) is merged, and nothing is made: a confirmation may come after the end */
  | 'confirm'
  /** the objects it names are found, none is changed or made */
  | 'mention';

const SPECIAL: Readonly<Record<string, ObjectEffect>> = {
  OnCallEnd: 'end',
  OnMonitoredCallEnd: 'end',
  // Follows the answer to Snapshot.
  OnCallDataUpdate: 'refresh',
  // Confirmations that describe the object.
  OnSnapshotCallConf: 'update',
  OnQueryAgentStateConf: 'update',
  OnAgentDeskSettingsConf: 'update',
  // Events about what somebody did, not about what the object is.
  OnChatMessage: 'mention',
  OnLogoutFailed: 'mention',
  OnEmergencyCall: 'mention',
  OnStartMonitoringAgent: 'mention',
  OnStopMonitoringAgent: 'mention',
  // Before and after the OnAgentStateChange that carries the same.
  OnPreLogout: 'mention',
  OnPostLogout: 'mention',
  OnUserMessageConf: 'mention',
};

const INTERFACES_WITH_OBJECTS: ReadonlySet<string> = new Set([
  'ICallEvents',
  'IAgentEvents',
  'ISkillGroupEvents',
  'IMonitoredCallEvents',
  'IMonitoredAgentEvents',
]);

/** @param interfaces those that declare the event */
export function objectEffect(event: string, interfaces: readonly string[]): ObjectEffect {
  const special = SPECIAL[event];
  if (special !== undefined) return special;
  if (event.endsWith('Conf')) return 'confirm';
  return interfaces.some((each) => INTERFACES_WITH_OBJECTS.has(each)) ? 'update' : 'mention';
}

/** Properties that a confirmation or a failure may bring; the rest of it is about the request. */
export const CONFIRMED_KEYWORDS = ['CallStatus', 'EnablementMask', 'ICMEnterpriseUniqueID'] as const;

/** Arguments that are about the event and stay out of the object's properties. */
export const EVENT_ONLY_KEYWORDS: ReadonlySet<string> = new Set([
  'MessageID',
  'OldUniqueObjectID',
  'EventCause',
  'FilterTarget',
  'InvokeID',
  'ClientAgentTemporaryID',
  'CILConnectionID',
  'StatusSystem',
  'ConfigOperation',
]);
