/** The values that events of the telephony model are made of. All are immutable. */

/** A device as named in a message. `type` is a DeviceIDType; an unknown device is `{ id: '', type: 65535 }`. */
export interface DeviceRef {
  readonly id: string;
  readonly type: number;
}

/** One end of a call. `deviceId` is the ConnectionDeviceID, of static type (0). */
export interface ConnectionRef {
  readonly peripheralId: number;
  readonly callId: number;
  readonly deviceId: string;
}

/** LocalConnectionState of GED-188: 0 null, 1 initiate, 2 alerting, 3 connect, 4 hold, 5 queued, 6 fail. */
export type SimulatedConnectionState = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export interface ServiceRef {
  readonly number: number;
  readonly id: number;
}

export interface SkillGroupRef {
  readonly number: number;
  readonly id: number;
  readonly priority: number;
}

/** ICMEnterpriseUniqueID in parts: the same through transfers, conferences and consultations of a contact. */
export interface RouterCallKey {
  readonly day: number;
  readonly callId: number;
  readonly sequence: number;
}

/** The data of a call. Immutable: a change makes a new one, so that a reference is a snapshot. */
export interface CallData {
  readonly ani?: string;
  readonly dnis?: string;
  readonly dialedNumber?: string;
  readonly callerEnteredDigits?: string;
  readonly userToUserInfo?: Buffer;
  /** Index 0 is CallVariable1 ... index 9 CallVariable10; undefined: never set. */
  readonly variables: readonly (string | undefined)[];
  readonly wrapupData?: string;
  /** ECC scalars by full name, "user.Name". */
  readonly named: ReadonlyMap<string, string>;
  /** ECC arrays by full name; undefined elements were never set. Index counts from 0. */
  readonly arrays: ReadonlyMap<string, readonly (string | undefined)[]>;
  readonly customerPhoneNumber?: string;
  readonly customerAccountNumber?: string;
  readonly campaignId?: number;
  readonly queryRuleId?: number;
}

/** Facts of the call as a whole at the time of the event. */
export interface CallFacts {
  readonly data: CallData;
  readonly routerCallKey: RouterCallKey;
  readonly service?: ServiceRef;
  readonly skillGroup?: SkillGroupRef;
  /** CalledPartyDisposition of GED-188, 0 while in progress. */
  readonly disposition: number;
  readonly calling: DeviceRef;
  readonly called: DeviceRef;
  readonly lastRedirect: DeviceRef;
  /** The trunk of a call from or to the world outside. */
  readonly trunkNumber?: number;
  readonly trunkGroupNumber?: number;
  /** Text form of the call's reference, the same for all its connections. */
  readonly callReferenceId: string;
}

/** A field of call data by its GED-188 name; ECC by its full name: "CallVariable3", "ANI", "user.Name". */
export type CallDataField = string;

/** AgentState of GED-188: 0 login, 1 logout, 2 not ready, 3 available, 4 talking, 5 work not ready, 6 work ready, 7 busy other, 8 reserved, 9 unknown, 10 hold. */
export type AgentStateNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export interface SkillGroupState extends SkillGroupRef {
  readonly state: AgentStateNumber;
}
