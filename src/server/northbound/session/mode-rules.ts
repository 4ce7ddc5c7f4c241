import { CtiosError } from '../../../ctios/ctios-error.js';
import type { RequestDefinition } from '../../../ctios/requests/index.js';
import type { ObjectServerRequester } from '../../object-server.js';
import type { Grants } from './settings.js';

/** Requests that need no mode. */
const WITHOUT_MODE: ReadonlySet<string> = new Set(['SendIdentifyClientRequest', 'RequestDesktopSettings']);

/** Requests in monitor mode that affect an agent. Monitoring does not: the agent cannot see it. */
const ACTIVE: ReadonlySet<string> = new Set(['StartSilentMonitorRequest', 'StopSilentMonitorRequest']);

/** @throws CtiosError CTIOS_NO_MODE, CTIOS_CONTROL_NOT_ALLOWED: the mode does not allow the request */
export function checkMode(mode: ObjectServerRequester['mode'], definition: RequestDefinition, grants: Grants): void {
  if (mode === 'none' && !WITHOUT_MODE.has(definition.name)) {
    throw new CtiosError('CTIOS_NO_MODE', 'The session has no mode yet: send SetAgent or SetMessageFilter first.');
  }
  const passive = definition.modes.includes('monitor') && !ACTIVE.has(definition.name);
  if (mode === 'monitor' && !passive && !grants.allowMonitorControl) {
    throw new CtiosError(
      'CTIOS_CONTROL_NOT_ALLOWED',
      `${definition.name} is not for monitor mode: this server does not allow control from monitor mode.`,
    );
  }
}
