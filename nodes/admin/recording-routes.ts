/** The recording of a session's link to the CTI Server, and its support bundle, as files for the editor. */
import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import { isOn } from '../shared/message/saved-values.js';
import type { SessionHost } from '../shared/session/session-host.js';
import { sessionSupport } from '../shared/session/session-support.js';
import { sessionsOf } from '../shared/session/sessions.js';

export function registerRecordingRoutes(RED: NodeAPI): void {
  const sessions = sessionsOf(RED.events);
  const send = (redact: boolean) => (request: Request, response: Response) => {
    sendRecording(response, sessions.get(String(request.params.id)), redact);
  };
  RED.httpAdmin.get('/ctios/sessions/:id/recording', RED.auth.needsPermission('ctios-session.read'), send(true));
  RED.httpAdmin.get(
    '/ctios/sessions/:id/support',
    RED.auth.needsPermission('ctios-session.read'),
    (request, response) => {
      sendSupport(RED, response, sessions.get(String(request.params.id)));
    },
  );
  // With unmasked personal data: for users who may change the session anyway.
  RED.httpAdmin.post(
    '/ctios/sessions/:id/recording',
    RED.auth.needsPermission('ctios-session.write'),
    (request, response) => {
      const { redact } = (request.body ?? {}) as { redact?: unknown };
      send(isOn(redact, true))(request, response);
    },
  );
}

function sendSupport(RED: NodeAPI, response: Response, host: SessionHost | undefined): void {
  if (host === undefined) {
    response.status(404).json({ error: 'There is no such session, or it is not deployed yet.' });
    return;
  }
  const file = supportOf(RED, host);
  response
    .set('Cache-Control', 'no-store')
    .set('Content-Disposition', 'attachment; filename="ctios-support.tar.gz"')
    .type('application/gzip')
    .send(file);
}

/** The support bundle of a session, with its settings as they are saved. */
export function supportOf(RED: NodeAPI, host: SessionHost): Buffer {
  const { version = 'unknown' } = RED.settings as { version?: string };
  let settings: Record<string, unknown> = {};
  RED.nodes.eachNode((config) => {
    if (config.id === host.id) settings = { ...config };
  });
  return sessionSupport({ host, settings, nodeRed: version, now: systemClock.now() });
}

function sendRecording(response: Response, host: SessionHost | undefined, redact: boolean): void {
  if (host?.recorder === undefined) {
    const error = 'This session is not recorded, or is not in use. Turn on recording in its dialog, and deploy.';
    response.status(404).json({ error, code: 'CTIOS_NOT_RECORDED' });
    return;
  }
  const { file } = host.recorder.save(redact);
  response
    .set('Cache-Control', 'no-store')
    .set('Content-Disposition', 'attachment; filename="ctios-recording.pcapng"')
    .type('application/octet-stream')
    .send(file);
}
