/** The recording of a session's link to the CTI Server, as a file for the editor. */
import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { isOn } from '../shared/message/saved-values.js';
import type { SessionHost } from '../shared/session/session-host.js';
import { sessionsOf } from '../shared/session/sessions.js';

export function registerRecordingRoutes(RED: NodeAPI): void {
  const sessions = sessionsOf(RED.events);
  const send = (redact: boolean) => (request: Request, response: Response) => {
    sendRecording(response, sessions.get(String(request.params.id)), redact);
  };
  RED.httpAdmin.get('/ctios/sessions/:id/recording', RED.auth.needsPermission('ctios-session.read'), send(true));
  // With personal data as they are: for those who may change the session anyway.
  RED.httpAdmin.post(
    '/ctios/sessions/:id/recording',
    RED.auth.needsPermission('ctios-session.write'),
    (request, response) => {
      const { redact } = (request.body ?? {}) as { redact?: unknown };
      send(isOn(redact, true))(request, response);
    },
  );
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
