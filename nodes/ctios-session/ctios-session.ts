/**
 * Holds one CTI OS session for the nodes that use it. The session outlives this node: a deploy that does not change its
 * settings passes it to the next one (`shared/session/sessions.ts`).
 */
import type { Node, NodeAPI } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import { NO_MASK } from '../../src/ctios/mask.js';
import { registerAdminRoutes } from '../admin/admin-routes.js';
import { registerDeliveryRoutes } from '../admin/delivery-routes.js';
import { registerMetricsRoute } from '../admin/metrics-route.js';
import { registerRecordingRoutes } from '../admin/recording-routes.js';
import { asError } from '../shared/message/errors.js';
import { oneLine } from '../shared/message/values.js';
import { migrated } from '../shared/migrations.js';
import type { Expiring } from '../shared/session/opening/certificates.js';
import type { OpenedSession } from '../shared/session/opening/opened-session.js';
import { opening } from '../shared/session/opening/session-factory.js';
import type { SessionNode } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';
import type { SessionView } from '../shared/session/session-view.js';
import { sessionsOf } from '../shared/session/sessions.js';
import {
  type NatsTarget,
  readLists,
  readMask,
  readSettings,
  readWhenBehind,
  type SessionCredentials,
  type SessionDef,
  settingsKey,
} from '../shared/session/settings/settings.js';
import { tlsChosen } from '../shared/session/settings/tls.js';
import { logTraffic, trafficLevel } from '../shared/session/traffic-log.js';
import { StatusLine } from '../shared/status/status.js';
import { traceCalls } from '../shared/tracing/session-traces.js';

/** The catalog with the texts of this node. */
const CATALOG = '@openctios/node-red-ctios/ctios-session:';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType<Node<Required<SessionCredentials>>, SessionDef, object, Required<SessionCredentials>>(
    'ctios-session',
    function (saved) {
      RED.nodes.createNode(this, saved);
      const def = migrated('ctios-session', saved);
      new SessionConfigNode(RED, this as unknown as SessionNode, def, this.credentials ?? {});
    },
    {
      credentials: {
        clientPassword: { type: 'password' },
        monitorPassword: { type: 'password' },
        natsPassword: { type: 'password' },
        agentPassword: { type: 'password' },
      },
    },
  );
  // Live data must not be cached.
  RED.httpAdmin.use('/ctios', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  // First, because the lists of a session have routes of the same form.
  registerRecordingRoutes(RED);
  registerAdminRoutes(RED);
  registerDeliveryRoutes(RED);
  registerMetricsRoute(RED);
};

class SessionConfigNode {
  readonly #RED: NodeAPI;
  readonly #node: SessionNode;
  readonly #status: StatusLine;
  #phase = '';
  readonly #toldReasons = new Set<string>();
  /** The certificate and the days left in the last warning. */
  #lastWarning = '';
  #behind = false;
  #incomplete: string | undefined;
  #streamState = '';

  constructor(RED: NodeAPI, node: SessionNode, def: SessionDef, credentials: SessionCredentials) {
    this.#RED = RED;
    this.#node = node;
    this.#status = new StatusLine(node, (key, values) => RED._(key, values), systemClock);
    node.users = {};
    const { key, open, peripheralId, mask, lists, stream } = prepare(RED, def, credentials, (error) =>
      node.warn(error.message),
    );
    node.peripheralId = peripheralId;
    node.eventStream = () => stream;
    const host = sessionsOf(RED.events).adopt({ id: node.id, key, open });
    host.mask = mask;
    host.ownLists = lists;
    host.outlet.whenBehind = readWhenBehind(def);
    node.host = host;
    const level = trafficLevel((RED.settings as { logging?: unknown }).logging);
    const stops = [
      traceCalls(RED, host),
      host.watch((view) => this.#onView(view)),
      host.onProblem((error) => node.error(error, {})),
      ...(level === undefined ? [] : [logTraffic(host, node, level)]),
    ];
    node.on('close', (removed: boolean, done: () => void) => {
      for (const stop of stops) stop();
      this.#status.dispose();
      this.#leave(host, removed).then(done, done);
    });
  }

  #onView(view: SessionView): void {
    this.#show(view);
    this.#warnOfLag();
    this.#reportStream(view);
    this.#warnOfMissing(view);
    const { phase, reason, isError } = view;
    if (phase === 'ready') this.#toldReasons.clear();
    if (isError) return;
    // Two sides tried in parallel have two alternating reasons: each is reported once, until there is no problem any
    // longer.
    if (reason !== undefined && !this.#toldReasons.has(reason)) {
      this.#toldReasons.add(reason);
      // In the simulated contact center losing links is part of the demonstration, so there is no warning.
      if (this.#node.host?.simulator === undefined) this.#node.warn(oneLine(`${phase}: ${reason}`));
      else this.#node.log(oneLine(`${phase}: ${reason}`));
    } else if (phase !== this.#phase) this.#node.log(phase);
    this.#phase = phase;
  }

  /** Each change of its part in an event stream. */
  #reportStream({ stream }: SessionView): void {
    const state = stream?.state ?? '';
    if (state === this.#streamState) return;
    this.#streamState = state;
    if (stream?.state === 'away')
      this.#node.warn(this.#RED._(`${CATALOG}session.stream.away`, { reason: stream.reason }));
    else if (stream !== undefined) this.#node.log(this.#RED._(`${CATALOG}session.stream.${stream.state}`));
  }

  #show({ phase, reason, code, expiring, worker, stream }: SessionView): void {
    if (expiring !== undefined) {
      this.#status.show('certificateExpires', { days: expiring.days });
      this.#warnOf(expiring);
    } else if (phase === 'ready' && stream !== undefined && stream.state !== 'away') this.#status.show(stream.state);
    else if (worker !== undefined) this.#status.show(phase, { worker });
    else if (reason === undefined) this.#status.show(phase);
    else this.#status.show(phase, { reason, ...(code === undefined ? {} : { code }) });
  }

  /** Once for each occurrence that the server lacks a part of the configuration. */
  #warnOfMissing({ phase, incomplete }: SessionView): void {
    if (phase !== 'ready' || incomplete === this.#incomplete) return;
    this.#incomplete = incomplete;
    if (incomplete !== undefined) this.#node.warn(oneLine(incomplete));
  }

  /** Once each time the flows fall behind. */
  #warnOfLag(): void {
    const { behind = false, lagMs = 0, waiting = 0 } = this.#node.host?.outlet ?? {};
    if (behind && !this.#behind) {
      this.#node.warn(this.#RED._(`${CATALOG}session.behindWarning`, { waiting, seconds: Math.round(lagMs / 1000) }));
    }
    this.#behind = behind;
  }

  /** Once for each day that is left. */
  #warnOf({ holder, subject, validTo, days }: Expiring): void {
    const warning = `${subject} ${days}`;
    if (warning === this.#lastWarning) return;
    this.#lastWarning = warning;
    const until = new Date(validTo).toISOString().slice(0, 10);
    this.#node.warn(this.#RED._(`${CATALOG}certificate.${holder}`, { subject, until, days }));
  }

  /** If removed, the session ends; otherwise it waits for the node that replaces this one in a deploy. */
  #leave(host: SessionHost, removed: boolean): Promise<void> {
    const sessions = sessionsOf(this.#RED.events);
    if (removed) return sessions.drop(host);
    sessions.park(host);
    return Promise.resolve();
  }
}

interface Prepared {
  readonly key: string;
  readonly open: () => OpenedSession;
  readonly peripheralId: string | undefined;
  readonly mask: ReturnType<typeof readMask>;
  readonly lists?: ReturnType<typeof readLists>;
  readonly stream?: NatsTarget | undefined;
}

/** The settings, or a function that reports their error: a constructor must not throw. */
function prepare(
  RED: NodeAPI,
  def: SessionDef,
  credentials: SessionCredentials,
  report: (error: Error) => void,
): Prepared {
  try {
    const settings = readSettings(def, credentials, tlsChosen(RED, def));
    const { target } = settings;
    return {
      stream: target.kind === 'nats' ? target : undefined,
      mask: readMask(def),
      lists: readLists(def, RED.settings.userDir, report),
      key: settingsKey(settings),
      open: () => opening.open(settings),
      peripheralId: settings.peripheralId,
    };
  } catch (error) {
    const known = asError(error);
    return {
      mask: NO_MASK,
      key: `bad ${known.message}`,
      open: () => {
        throw known;
      },
      peripheralId: undefined,
    };
  }
}
