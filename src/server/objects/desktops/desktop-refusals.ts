/** A desktop that may not have its agent: the request is refused, and OnCTIOSFailure says why (eInvalidPriviledge and its like). */
import type { ObjectServerRequester, RequestResult } from '../../object-server.js';
import { refusal } from '../../translation/failures.js';
import type { Publisher } from '../core/publisher.js';
import type { RequestContext } from '../requests/request-dispatcher.js';

/** @param failureCode of enumCTIOS_FailureCode */
export function refuseDesktop(
  publisher: Publisher,
  request: RequestContext,
  code: string,
  message: string,
  failureCode: number,
): RequestResult {
  tellFailure(publisher, request.from, failureCode, message);
  return refusal({ request: request.definition.name }, code, message);
}

export function tellFailure(
  publisher: Publisher,
  { clientId }: ObjectServerRequester,
  failureCode: number,
  message: string,
): void {
  publisher.publish('OnCTIOSFailure', { FailureCode: failureCode, ErrorMessage: message }, { client: clientId });
}
