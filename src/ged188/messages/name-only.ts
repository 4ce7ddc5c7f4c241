/**
 * Messages for which the guide gives a name and a number but no layout: routing, tasks, and two of teams. They are
 * decoded as unknown messages, with their bytes kept.
 */
import type { Sender } from '../definition/message.js';

export interface NameOnlyMessage {
  readonly name: string;
  readonly number: number;
  readonly service: 'task' | 'route' | 'supervisor';
  readonly from: Sender;
  readonly reply?: string;
  readonly since?: number;
}

type Row = readonly [number: number, name: string, from: Sender, reply?: string, since?: number];

const of = (service: NameOnlyMessage['service'], rows: readonly Row[]): NameOnlyMessage[] =>
  rows.map(([number, name, from, reply, since]) => ({
    name,
    number,
    service,
    from,
    ...(reply !== undefined && { reply }),
    ...(since !== undefined && { since }),
  }));

export const NAME_ONLY: readonly NameOnlyMessage[] = [
  ...of('supervisor', [
    [126, 'AGENT_TEAM_CONFIG_REQ', 'client', 'AGENT_TEAM_CONFIG_CONF', 8],
    [127, 'AGENT_TEAM_CONFIG_CONF', 'server', undefined, 8],
  ]),
  ...of('task', [
    [151, 'MEDIA_LOGIN_REQ', 'client', 'MEDIA_LOGIN_RESP'],
    [152, 'MEDIA_LOGIN_RESP', 'server'],
    [153, 'MEDIA_LOGOUT_IND', 'client'],
    [154, 'MAKE_AGENT_ROUTABLE_IND', 'client'],
    [155, 'MAKE_AGENT_NOT_ROUTABLE_REQ', 'client', 'MAKE_AGENT_NOT_ROUTABLE_RESP'],
    [156, 'MAKE_AGENT_NOT_ROUTABLE_RESP', 'server'],
    [157, 'MAKE_AGENT_READY_IND', 'client'],
    [158, 'MAKE_AGENT_NOT_READY_REQ', 'client', 'MAKE_AGENT_NOT_READY_RESP'],
    [159, 'MAKE_AGENT_NOT_READY_RESP', 'server'],
    [160, 'OFFER_TASK_IND', 'client'],
    [161, 'OFFER_APPLICATION_TASK_REQ', 'client', 'OFFER_APPLICATION_TASK_RESP'],
    [162, 'OFFER_APPLICATION_TASK_RESP', 'server'],
    [163, 'START_TASK_IND', 'client'],
    [164, 'START_APPLICATION_TASK_REQ', 'client', 'START_APPLICATION_TASK_RESP'],
    [165, 'START_APPLICATION_TASK_RESP', 'server'],
    [166, 'PAUSE_TASK_IND', 'client'],
    [167, 'RESUME_TASK_IND', 'client'],
    [168, 'WRAPUP_TASK_IND', 'client'],
    [169, 'END_TASK_IND', 'client'],
    [170, 'AGENT_MADE_NOT_ROUTABLE_EVENT', 'server'],
    [171, 'AGENT_INTERRUPT_ADVISORY_EVENT', 'server'],
    [172, 'AGENT_INTERRUPT_ACCEPTED_IND', 'client'],
    [173, 'AGENT_INTERRUPT_UNACCEPTED_IND', 'client'],
    [174, 'AGENT_INTERRUPT_DONE_ADVISORY_EVENT', 'server'],
    [175, 'AGENT_INTERRUPT_DONE_ACCEPTED_IND', 'client'],
    [176, 'CHANGE_MAX_TASK_LIMIT_REQ', 'client', 'CHANGE_MAX_TASK_LIMIT_RESP'],
    [177, 'CHANGE_MAX_TASK_LIMIT_RESP', 'server'],
    [178, 'OVERRIDE_LIMIT_REQ', 'client', 'OVERRIDE_LIMIT_RESP'],
    [179, 'OVERRIDE_LIMIT_RESP', 'server'],
    [180, 'UPDATE_TASK_CONTEXT_IND', 'client'],
    [181, 'BEGIN_AGENT_INIT_IND', 'client'],
    [182, 'AGENT_INIT_REQ', 'client', 'AGENT_INIT_RESP'],
    [183, 'AGENT_INIT_RESP', 'server'],
    [184, 'END_AGENT_INIT_IND', 'client'],
    [185, 'TASK_INIT_IND', 'client'],
    [186, 'AGENT_INIT_READY_EVENT', 'server'],
    [187, 'GET_PRECALL_MESSAGES_REQ', 'client', 'GET_PRECALL_MESSAGES_RESP'],
    [188, 'GET_PRECALL_MESSAGES_RESP', 'server'],
    [189, 'AGENT_LEGACY_PRE_CALL_EVENT', 'server'],
    [190, 'FAILURE_RESP', 'server'],
    [191, 'BEGIN_TASK_EVENT', 'server'],
    [192, 'QUEUED_TASK_EVENT', 'server'],
    [193, 'DEQUEUED_TASK_EVENT', 'server'],
    [194, 'OFFER_TASK_EVENT', 'server'],
    [195, 'START_TASK_EVENT', 'server'],
    [196, 'PAUSE_TASK_EVENT', 'server'],
    [197, 'RESUME_TASK_EVENT', 'server'],
    [198, 'WRAPUP_TASK_EVENT', 'server'],
    [199, 'END_TASK_EVENT', 'server'],
    [200, 'TASK_DATA_UPDATE_EVENT', 'server'],
    [201, 'TASK_MONITOR_START_REQ', 'client', 'TASK_MONITOR_START_CONF'],
    [202, 'TASK_MONITOR_START_CONF', 'server'],
    [203, 'TASK_MONITOR_STOP_REQ', 'client', 'TASK_MONITOR_STOP_CONF'],
    [204, 'TASK_MONITOR_STOP_CONF', 'server'],
    [205, 'CHANGE_TASK_MONITOR_MASK_REQ', 'client', 'CHANGE_TASK_MONITOR_MASK_CONF'],
    [206, 'CHANGE_TASK_MONITOR_MASK_CONF', 'server'],
    [207, 'MAX_TASK_LIFETIME_EXCEEDED_EVENT', 'server'],
    [208, 'SET_APP_PATH_DATA_IND', 'client'],
    [209, 'TASK_INIT_REQ', 'client', 'TASK_INIT_RESP'],
    [210, 'TASK_INIT_RESP', 'server'],
    [255, 'GET_AGENT_TASKS_REQ', 'client', 'AGENT_TASKS_RESP', 20],
    [256, 'AGENT_TASKS_RESP', 'server', undefined, 20],
    [257, 'SNAPSHOT_TASK_REQ', 'client', 'SNAPSHOT_TASK_RESP', 20],
    [258, 'SNAPSHOT_TASK_RESP', 'server', undefined, 20],
    [262, 'AGENT_TASKS_EVENT', 'server', undefined, 23],
    [263, 'SNAPSHOT_TASK_EVENT', 'server', undefined, 23],
    [264, 'AGENT_TASKS_REQUEST_EVENT', 'server', undefined, 23],
    [265, 'AGENT_TASKS_END_EVENT', 'server', undefined, 23],
    [266, 'DESKTOP_CONNECTED_IND', 'server', undefined, 23],
  ]),
  ...of('route', [
    [211, 'ROUTE_REGISTER_EVENT', 'client', 'ROUTE_REGISTER_REPLY_EVENT'],
    [212, 'ROUTE_REGISTER_REPLY_EVENT', 'server'],
    [213, 'ROUTE_REQUEST_EVENT', 'server', 'ROUTE_SELECT_EVENT'],
    [214, 'ROUTE_SELECT_EVENT', 'client'],
    [215, 'ROUTE_END_EVENT', 'both'],
  ]),
];
