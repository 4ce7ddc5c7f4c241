/**
 * A desktop that may not control its agent: the request is refused, and OnCTIOSFailure gives the reason
 * (eInvalidPriviledge etc.).
 */
import type { ObjectServerRequester } from '../../object-server.js';
import { refusal } from '../../translation/failures.js';
import type { Publisher } from '../core/publisher.js';
import type { RequestContext } from '../requests/request-context.js';

/** @param failureCode of enumCTIOS_FailureCode */
export function refuseDesktop(
  publisher: Publisher,
  request: RequestContext,
  code: string,
  message: string,
  failureCode: number,
): void {
  tellFailure(publisher, request.from, failureCode, message);
  request.respond(refusal({ request: request.definition.name }, code, message));
}

export function tellFailure(
  publisher: Publisher,
  { clientId }: ObjectServerRequester,
  failureCode: number,
  message: string,
): void {
  publisher.publish('OnCTIOSFailure', { FailureCode: failureCode, ErrorMessage: message }, { client: clientId });
}
