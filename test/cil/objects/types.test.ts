import { equal } from 'node:assert/strict';
import type { Call, CilEvent, Session } from '../../../src/cil/index.js';
import { Arguments, requests } from '../../../src/ctios/index.js';
import { SessionHarness } from '../helpers.js';

/** Never run: the compiler is the test. An expected error that does not occur is an error. */
const typed = (session: Session, call: Call): void => {
  void call.answer();
  void call.answer({}, { linkWaitMs: 1_000 });
  void call.makeConsultCall({ DialedNumber: '8001', ConsultType: 'Transfer', CallVariable1: 'x', 'user.Tier': 'gold' });
  void call.makeConsultCall(new Arguments({ DialedNumber: '8001', ConsultType: 1 }), { answerMs: 1_000 });
  // @ts-expect-error: ConsultType is missing
  void call.makeConsultCall({ DialedNumber: '8001' });
  // @ts-expect-error: a number is no text
  void call.sendDTMFSignal({ DTMFString: 1 });
  void session.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' });
  // @ts-expect-error: misspelt
  void session.setAgent({ AgentID: '1001', AgentInstrumnt: '2001' });
  // @ts-expect-error: a request of the agent
  void call.login({});
  void session.enableSkillGroupStatistics({ PeripheralID: 5000, SkillGroupNumber: 10, SkillGroupPriority: 0 });

  session.subscribe('ICallEvents', {
    OnCallDelivered(event) {
      const line: number | undefined = event.args.LineType;
      // @ts-expect-error: a text is expected to be one
      const ani: number = event.args.AlertingDeviceID;
      return [line, ani];
    },
    // @ts-expect-error: an event of another interface
    OnAgentStateChange() {},
  });
  session.subscribe('ICallEvents', (event) => {
    if (event.event === 'OnCallDelivered') {
      const device: string | undefined = event.args.AlertingDeviceID;
      const tier = event.args['user.Tier'];
      // @ts-expect-error: misspelt
      return [device, tier, event.args.AlertingDevice];
    }
    // @ts-expect-error: not in every event
    return event.args.AlertingDeviceID;
  });
  session.subscribe('AllInOne', (event) => {
    if (event.event !== 'OnSkillInfoEvent') return event.args.UniqueObjectID;
    const name: string | undefined = event.args.SkillGroupName;
    return name;
  });
  session.subscribe('AllInOne', ({ args }: CilEvent) => args.AnyKeyword);
  session.subscribe('ISessionEvents', {
    OnConnectionGap({ args }) {
      // @ts-expect-error: misspelt
      return [args.CallsEnded, args.CallsEnd];
    },
  });
  // Completions are not a restriction: a newer server may support more.
  void call.request('AnswerTwice');
  void [call.getValueString('ANI'), call.getValueString('user.Tier')];
  // @ts-expect-error: there is no such interface
  session.subscribe('IPhoneEvents', () => {});
};

describe('The objects of the client library', () => {
  it('have methods with the arguments of the vocabulary', () => {
    equal(typeof typed, 'function');
  });

  it('have a method for each request of the vocabulary', async () => {
    const { session } = await new SessionHarness().working();
    const manager = session.createSilentMonitorManager();
    const objects: Readonly<Record<string, object | undefined>> = {
      Session: session,
      Agent: session.currentAgent,
      SilentMonitorManager: manager,
    };
    for (const { name, object } of Object.values(requests)) {
      const method = name.charAt(0).toLowerCase() + name.slice(1);
      const target = objects[object];
      if (target !== undefined)
        equal(typeof (target as Record<string, unknown>)[method], 'function', `${object}.${method}`);
    }
  });
});
