/** Requests of a desktop about the server's own configuration: settings, and its identification. */
import type { Args } from '../../../ctios/index.js';
import type { ObjectServerSettings } from '../../settings.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import { authenticateAgent } from '../requests/agent-authentication.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';

const SUPERVISOR_DESKTOP = 1;

export class DesktopSettings {
  constructor(
    private readonly context: Context,
    requests: Requests,
  ) {
    requests.add('RequestDesktopSettings', (request) => this.#settings(request));
    requests.add('SendIdentifyClientRequest', (request) => this.#identify(request));
  }

  #settings(request: RequestContext): void {
    const type = numberArgument(request.args.DesktopType) ?? 0;
    if (type < 0 || type > SUPERVISOR_DESKTOP) {
      request.respond(
        refusal(
          { request: request.definition.name },
          'E_CTIOS_INVALID_DESKTOP_TYPE',
          'RequestDesktopSettings: DesktopType is 0 for an agent desktop or 1 for a supervisor desktop.',
        ),
      );
      return;
    }
    const args = desktopSettings(this.context.settings);
    request.respond({ outcome: 'confirmed', conf: { kind: 'event', event: 'OnGlobalSettingsDownloadConf', args } });
  }

  #identify(request: RequestContext): void {
    const { args } = request;
    const { peripheralId } = this.context.settings;
    const who = {
      peripheralId: numberArgument(args.PeripheralID) ?? peripheralId,
      agentId: textArgument(args.AgentID),
    };
    authenticateAgent(request, who, () => request.confirm());
  }
}

/** The tree of EnterpriseDesktopSettings: the defaults of every site, overridden by this site's configuration. */
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
