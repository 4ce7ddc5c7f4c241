/** A skill group, created by its first statistics. Source: CTI OS Developer Guide, "SkillGroup Object". */
import type { AnyRequestName } from '../../ctios/index.js';
import type { Confirmation, ObjectHost, RequestOptions } from './request.js';
import { withRequests } from './request-methods.js';

export class SkillGroup extends withRequests('SkillGroup') {
  constructor(private readonly host: ObjectHost) {
    super();
  }

  request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation> {
    return this.host.request(name, { target: this.uniqueObjectID, ...options });
  }
}
