import type { LinkStatus } from '../../ctios/transport.js';
import { ServiceMask } from '../../ged188/index.js';
import type { LinkInfo } from './link-api.js';

/** What clients receive about a link. */
export function linkStatus(info: LinkInfo): LinkStatus {
  const { state, side, reason, code, version, roundTripMs, standby, services, certificate } = info;
  return {
    state,
    standby,
    ...(side === undefined ? {} : { side }),
    ...(reason === undefined ? {} : { reason }),
    ...(code === undefined ? {} : { code }),
    ...(version === undefined ? {} : { protocolVersion: version }),
    ...(roundTripMs === undefined ? {} : { roundTripMs }),
    ...(services === 0 ? {} : { services: namesOf(services) }),
    ...(certificate === undefined
      ? {}
      : { certificate: { subject: certificate.subject, validTo: certificate.validTo } }),
  };
}

/** Bits without a known service are shown as a number, which the user may recognize. */
function namesOf(mask: number): string[] {
  const names: string[] = [];
  let rest = mask >>> 0;
  for (const [name, bit] of Object.entries(ServiceMask)) {
    if ((rest & bit) === 0) continue;
    names.push(name.replace(/^CTI_SERVICE_/, ''));
    rest = (rest & ~bit) >>> 0;
  }
  return rest === 0 ? names : [...names, `0x${rest.toString(16)}`];
}
