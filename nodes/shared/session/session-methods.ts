/**
 * Methods of the Session that the client library implements itself, or must know of to repeat them after a
 * reconnection. `ctios-request` offers them besides the requests of the vocabulary, under their CTI OS names.
 */
import type { Confirmation, SessionApi } from '../../../src/cil/index.js';
import { type Args, checkArguments, requestByName } from '../../../src/ctios/index.js';
import { inputError } from '../message/errors.js';
import type { RequestInput } from '../message/input-rules.js';

export interface SessionMethod extends RequestInput {
  run(session: SessionApi, args: Args): Promise<Confirmation> | Confirmation;
}

const none: Confirmation = { args: {} };

const methods: readonly SessionMethod[] = [
  {
    name: 'Connect',
    object: 'Session',
    keywords: [],
    open: false,
    run(session) {
      session.connect();
      return none;
    },
  },
  {
    name: 'Disconnect',
    object: 'Session',
    keywords: [],
    open: false,
    async run(session) {
      await session.disconnect();
      return { event: 'OnConnectionClosed', args: {} };
    },
  },
  {
    name: 'SetMessageFilter',
    object: 'Session',
    keywords: ['Filter', 'MonitorSessionSnapshotMode', 'MonitorModePassword'],
    open: false,
    async run(session, args) {
      // 1 means no snapshot, as in the guide.
      const snapshot = Number(args.MonitorSessionSnapshotMode ?? 0) !== 1;
      await session.setMessageFilter(String(args.Filter ?? ''), {
        snapshot,
        ...(args.MonitorModePassword === undefined ? {} : { password: String(args.MonitorModePassword) }),
      });
      return { event: 'OnMonitorModeEstablished', args: { StatusSystem: session.status.statusSystem } };
    },
  },
  {
    name: 'SetAgent',
    object: 'Session',
    keywords: ['AgentID', 'PeripheralID', 'AgentInstrument', 'AgentPassword', 'AgentCallMode', 'AgentRemoteNumber'],
    open: false,
    async run(session, args) {
      const agent = await session.setAgent(args);
      return { event: 'OnSetAgentModeEvent', args: { UniqueObjectID: agent.uniqueObjectID } };
    },
  },
  {
    name: 'SetCurrentCall',
    object: 'Session',
    keywords: ['UniqueObjectID'],
    open: false,
    run(session, args) {
      const id = String(args.UniqueObjectID ?? '');
      const call = session.calls.get(id);
      if (call === undefined) {
        throw inputError('CTIOS_NO_OBJECT', `The session knows no call "${id}".`, { request: 'SetCurrentCall' });
      }
      session.setCurrentCall(call);
      return { event: 'OnCurrentCallChanged', args: { UniqueObjectID: id } };
    },
  },
  {
    name: 'SetOwnLists',
    object: 'Session',
    keywords: ['notReady', 'logout', 'wrapup'],
    // An unknown list is refused by name.
    open: true,
    run: () => none,
  },
];

/** Of this project: the lists are those of the session's nodes, so that the node itself carries it out. */
export const SET_OWN_LISTS = 'SetOwnLists';

/** Names for the dialog. */
export const sessionMethodNames: readonly string[] = methods.map(({ name }) => name);

export function sessionMethod(name: string): SessionMethod | undefined {
  return methods.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

export async function runSessionMethod(
  session: SessionApi,
  method: SessionMethod,
  args: Readonly<Record<string, unknown>>,
): Promise<Confirmation> {
  const request = requestByName(method.name);
  return await method.run(session, request === undefined ? (args as Args) : checkArguments(request, args));
}
