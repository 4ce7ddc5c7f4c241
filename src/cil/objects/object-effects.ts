/**
 * The effect of each event on the objects of a session. Source: CTI OS Developer Guide, "Object Interface Framework"
 * and the event tables. The guide merges everything an event carries; this table defines the exceptions.
 */

export type ObjectEffect =
  /**
   * Its arguments are merged into the object it names, which is created if it is not known; `OldUniqueObjectID` re-keys
   * it.
   */
  | 'update'
  /** The same, but no Call is created: the session may not receive the events of that call, including its end. */
  | 'refresh'
  /** The same, then the Call is removed after the listeners have run. */
  | 'end'
  /**
   * Only properties that describe the object (status, mask) are merged, and nothing is created: a confirmation may
   * arrive after the end.
   */
  | 'confirm'
  /** The objects it names are looked up; none is changed or created. */
  | 'mention';

const SPECIAL: Readonly<Record<string, ObjectEffect>> = {
  OnCallEnd: 'end',
  OnMonitoredCallEnd: 'end',
  // Follows the response to Snapshot.
  OnCallDataUpdate: 'refresh',
  // Confirmations that describe the object.
  OnSnapshotCallConf: 'update',
  OnQueryAgentStateConf: 'update',
  OnAgentDeskSettingsConf: 'update',
  // Events about an action, not about the object.
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

/** Properties that a confirmation or a failure may contain; the rest of it is about the request. */
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
