/** Services that a client offers to the CTI Server, such as recording. */
import { ServerMode } from '../constants/session.js';
import { STRING, UINT, USHORT } from '../definition/field.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';

export const REGISTER_SERVICE_REQ = message('REGISTER_SERVICE_REQ', 143, {
  from: 'client',
  reply: 'REGISTER_SERVICE_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    ServerMode: USHORT.of(ServerMode),
  },
  floating: {
    ServiceName: STRING(64).tag(Tag.SERVICE_NAME_TAG).required,
  },
});

export const REGISTER_SERVICE_CONF = message('REGISTER_SERVICE_CONF', 144, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
    RegisteredServiceID: UINT,
  },
});

export const UNREGISTER_SERVICE_REQ = message('UNREGISTER_SERVICE_REQ', 145, {
  from: 'client',
  reply: 'UNREGISTER_SERVICE_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    RegisteredServiceID: UINT,
  },
});

export const UNREGISTER_SERVICE_CONF = message('UNREGISTER_SERVICE_CONF', 146, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
  },
});
