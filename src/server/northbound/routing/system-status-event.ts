import { constants } from '../../../ctios/enums/index.js';
import { CTIOSFailureCode, SystemEventID } from '../../../ctios/enums/session.js';
import type { EventMessage } from '../../../ctios/transport.js';
import type { ServerSystemStatus } from '../../object-server.js';

const Failure = constants(CTIOSFailureCode);
const System = constants(SystemEventID);

/** The system status, as the event that CTI OS sends after Connect, SetAgent and SetMessageFilter. */
export function systemStatusEvent(status: ServerSystemStatus): EventMessage {
  return {
    kind: 'event',
    event: 'OnCTIOSFailure',
    args: {
      FailureCode: Failure.eServerConnectionStatus,
      SystemEventID: systemEventOf(status),
      ErrorMessage: status.online ? 'Online' : (status.reason ?? 'Offline'),
      StatusSystem: status.statusSystem,
    },
  };
}

/** The component nearest to this server that is not up. */
function systemEventOf(status: ServerSystemStatus): number {
  const { StatusCtiServerDriver, StatusCTIServer, StatusCentralController } = status.statusSystem;
  if (StatusCtiServerDriver === false) return System.eSysCtiServerDriverOffline;
  if (StatusCTIServer === false) return System.eSysCtiServerOffline;
  if (StatusCentralController === false) return System.eSysCentralControllerOffline;
  if (!status.online) return System.eSysPeripheralOffline;
  return System.eSysCtiServerDriverOnline;
}
