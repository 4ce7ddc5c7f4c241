/** Type checks of messages by the compiler. A wrong type fails the build; the tests have no further effect. */
import assert from 'node:assert/strict';
import {
  decode,
  encode,
  isMessage,
  type Message,
  type MessageInit,
  type MessageInitOf,
  type MessageName,
  type MessageOf,
} from '../../src/ged188/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_proof?: T): void => {};

type Delivered = MessageOf<'CALL_DELIVERED_EVENT'>;

describe('GED-188 types', () => {
  it('follow from the tables', () => {
    holds<Equal<Delivered['type'], 'CALL_DELIVERED_EVENT'>>();
    holds<Equal<Delivered['MonitorID'], number>>();
    holds<Equal<Delivered['ANI'], string | undefined>>();
    holds<Equal<Delivered['UserToUserInfo'], Buffer | undefined>>();
    holds<
      Equal<Delivered['NamedVariables'], readonly { readonly VariableName: string; readonly VariableValue: string }[]>
    >();
    holds<Equal<MessageOf<'OPEN_CONF'>['PeripheralOnline'], boolean>>();
    holds<Equal<MessageOf<'OPEN_CONF'>['SessionType'], number | undefined>>();
    holds<Equal<MessageOf<'UNKNOWN'>, { type: 'UNKNOWN'; number: number; raw: Buffer }>>();
    holds<Equal<MessageOf<'FAILURE_CONF'>['Status'], number>>();
    holds<Equal<MessageOf<'FAILURE_CONF'>['PeripheralErrorCode'], number | undefined>>();
    type Skill = MessageOf<'CONFIG_AGENT_EVENT'>['Records'][number]['Skills'][number];
    holds<Equal<Skill['FltSkillGroupNumber'], number | undefined>>();
    holds<Equal<Message['type'], MessageName | 'UNKNOWN'>>();
  });

  it('narrow by the type of a message', () => {
    const told = (message: Message): string => {
      switch (message.type) {
        case 'CALL_DELIVERED_EVENT':
          holds<Equal<typeof message.AlertingDeviceID, string | undefined>>();
          return message.AlertingDeviceID ?? '';
        case 'AGENT_STATE_EVENT':
          // @ts-expect-error an agent state has no calling device
          return message.CallingDeviceID;
        case 'UNKNOWN':
          return String(message.raw.length);
        default:
          return message.type;
      }
    };
    assert.equal(told(decode(encode({ type: 'CALL_DELIVERED_EVENT', AlertingDeviceID: '2001' }, 20), 20)), '2001');
    const message: Message = decode(encode({ type: 'OPEN_CONF', MonitorID: 3 }, 20), 20);
    assert.equal(isMessage(message, 'OPEN_CONF') && message.MonitorID, 3);
  });

  it('allow a message to be encoded with few fields, and as it was decoded', () => {
    const little: MessageInit = { type: 'OPEN_REQ', ClientID: 'x', ClientPassword: new Uint8Array() };
    const back = (message: Message): MessageInit => message;
    const backOne = (message: Delivered): MessageInitOf<'CALL_DELIVERED_EVENT'> => message;
    assert.equal(back(decode(encode(little, 20), 20)).type, 'OPEN_REQ');
    assert.ok(backOne);
  });

  it('reject what is not in the table', () => {
    // @ts-expect-error a text is no number
    const a: MessageInit = { type: 'OPEN_REQ', ClientID: 3 };
    // @ts-expect-error no such field
    const b: MessageInit = { type: 'OPEN_REQ', ClientName: 'x' };
    // @ts-expect-error no such message
    const c: MessageInit = { type: 'OPEN_REQUEST' };
    // @ts-expect-error an element of a list that lacks its name
    const d: MessageInit = { type: 'SET_CALL_DATA_REQ', NamedVariables: [{ VariableValue: 'x' }] };
    // @ts-expect-error a text within an element is no number
    const e: MessageInit = { type: 'BEGIN_CALL_EVENT', CTIClients: [{ CTIClientSignature: 1 }] };
    assert.ok([a, b, c, d, e]);
  });
});
