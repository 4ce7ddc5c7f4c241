/** The events of the site: teams, configuration, and what is in service. */

/** A team's members changed, or were requested. */
export interface TeamChangedEvent {
  readonly kind: 'teamChanged';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly teamId: number;
  /** ConfigOperation: 1 added, 2 removed. */
  readonly operation: 1 | 2;
  readonly agentIds: readonly string[];
}

/** Configuration changed at run time: read the object afterwards. */
export interface ConfigChangedEvent {
  readonly kind: 'configChanged';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly what: 'agent' | 'agentServices' | 'skillGroup' | 'device' | 'deskSettings';
  readonly operation: 'add' | 'change' | 'delete';
  /** Agent id, skill group number, device id or desk settings id, as text. */
  readonly key: string;
}

export interface PeripheralStatusEvent {
  readonly kind: 'peripheralStatus';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly online: boolean;
}
export interface DeviceStatusEvent {
  readonly kind: 'deviceStatus';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly deviceId: string;
  readonly instrument: string;
  readonly inService: boolean;
}
