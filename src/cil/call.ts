import type { Args } from '../ctios/transport.js';
import { CtiosObject } from './ctios-object.js';
import type { Requester } from './request.js';

export class Call extends CtiosObject {
  constructor(
    properties: Args,
    protected readonly session: Requester,
  ) {
    super(properties);
  }
}
