/**
 * One connection of a call: created by `OnCallBegin` or `OnSnapshotCallConf`, removed after the listeners of
 * `OnCallEnd` have run. A call between two monitored agents is two Call objects. Source: CTI OS Developer Guide, "Call
 * Object".
 */
import { type AnyRequestName, Arguments, callVariables } from '../../ctios/index.js';
import type { Confirmation, ObjectHost, RequestOptions } from './request.js';
import { withRequests } from './request-methods.js';

const DATA: ReadonlySet<string> = new Set(callVariables);
const CONTEXT: ReadonlySet<string> = new Set([
  'ANI',
  'CallerEnteredDigits',
  'CallType',
  'CallWrapupData',
  'ConnectionCallID',
  'DialedNumber',
  'DNIS',
  'ICMEnterpriseUniqueID',
  'ServiceID',
  'ServiceNumber',
  'SkillGroupID',
  'SkillGroupNumber',
  'UniqueObjectID',
  'UserToUserInfo',
]);

export class Call extends withRequests('Call') {
  /** UniqueObjectID of the agent on the call's device, once an event has named one. */
  agentId: string | undefined;

  /** @param monitored whether a supervisor monitors it: it is not at the session's own device */
  constructor(
    private readonly host: ObjectHost,
    readonly monitored: boolean,
  ) {
    super();
  }

  request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation> {
    return this.host.request(name, { target: this.uniqueObjectID, ...options });
  }

  /** A copy of the call variables and, under ECC, the ECC variables. */
  getCallData(): Arguments {
    const data = this.#collect(DATA);
    const ecc = this.getValueArray('ECC');
    return ecc === undefined ? data : data.setValue('ECC', ecc);
  }

  /** A copy of the call's initial data: ids, numbers, digits, service, skill group. */
  getCallContext(): Arguments {
    return this.#collect(CONTEXT);
  }

  #collect(keywords: ReadonlySet<string>): Arguments {
    return new Arguments(Object.entries(this.properties()).filter(([key]) => keywords.has(key)));
  }
}
