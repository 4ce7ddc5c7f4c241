/** What a desktop asks of the server's own configuration: settings, and whether it is who it says. */
import type { Args } from '../../../ctios/index.js';
import type { RequestResult } from '../../object-server.js';
import type { ObjectServerSettings } from '../../settings.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import { authenticationFailure } from '../requests/agent-authentication.js';
import type { RequestContext, Requests } from '../requests/request-dispatcher.js';

const SUPERVISOR_DESKTOP = 1;

export class DesktopSettings {
  constructor(
    private readonly context: Context,
    requests: Requests,
  ) {
    requests.add('RequestDesktopSettings', (request) => this.#settings(request));
    requests.add('SendIdentifyClientRequest', (request) => this.#identify(request));
  }

  #settings(request: RequestContext): RequestResult {
    const type = numberArgument(request.args.DesktopType) ?? 0;
    if (type < 0 || type > SUPERVISOR_DESKTOP) {
      return refusal(
        { request: request.definition.name },
        'E_CTIOS_INVALID_DESKTOP_TYPE',
        'RequestDesktopSettings: DesktopType is 0 for an agent desktop or 1 for a supervisor desktop.',
      );
    }
    const args = desktopSettings(this.context.settings);
    return { outcome: 'confirmed', conf: { kind: 'event', event: 'OnGlobalSettingsDownloadConf', args } };
  }

  async #identify(request: RequestContext): Promise<RequestResult> {
    const { args } = request;
    const { peripheralId } = this.context.settings;
    const who = {
      peripheralId: numberArgument(args.PeripheralID) ?? peripheralId,
      agentId: textArgument(args.AgentID),
    };
    return (await authenticationFailure(request, who)) ?? { outcome: 'confirmed' };
  }
}

/** The tree of EnterpriseDesktopSettings: what every site has, and over it what this one has configured. */
export function desktopSettings(settings: ObjectServerSettings): Args {
  return merge(
    {
      ECC: {},
      Grid: {
        AgentStatistics: { columns: columns(settings.agentStatisticsColumns) },
        SkillGroupStatistics: { columns: columns(settings.skillGroupStatisticsColumns) },
        CallAppearance: { columns: {} },
      },
      IPCCSilentMonitor: {
        settings: {
          CCMBasedSilentMonitor: settings.ccmBasedSilentMonitor,
          HeartbeatInterval: 5,
          HeartbeatTimeout: 15,
          MediaTerminationPort: 4000,
          MonitoringIPPort: 39200,
          StopSMNonACDCall: settings.stopSilentMonitorOnNonAcdCall,
          TOS: false,
        },
      },
      Login: { ConnectionProfiles: {} },
      ScreenPreferences: {
        MainScreen: {
          AgentStatisticsIntervalSec: settings.agentPollingIntervalSec,
          BringToFrontOnCall: true,
          FlashOnCall: false,
          RecordingEnabled: settings.recordingEnabled,
        },
      },
      SoundPreferences: {
        All: { Mute: false },
        DialTone: { Mute: false },
        DTMF: { Mute: false },
        OriginatingTone: { Mute: false },
        RingInTone: { Mute: false },
      },
    },
    settings.desktopSettings,
  );
}

function columns(names: readonly string[]): Args {
  return Object.fromEntries(names.map((name, index) => [String(index + 1), { Type: name, Header: name }]));
}

function merge(base: Args, over: Args): Args {
  const merged: Args = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = typeof value === 'object' && typeof below === 'object' ? merge(below, value) : value;
  }
  return merged;
}
