import assert from 'node:assert/strict';
import type { KeywordSpec } from '../../src/ctios/definition.js';
import {
  type EventArgs,
  enumKind,
  enumName,
  enums,
  enumValue,
  eventByName,
  events,
  keywords,
  objectProperties,
  type RequestArgs,
  requestByName,
  requests,
} from '../../src/ctios/index.js';

describe('the tables of the vocabulary', () => {
  const eventList = Object.values(events);
  const requestList = Object.values(requests);

  it('contain 108 events of the guide, and our own, which are marked as such', () => {
    assert.equal(eventList.length, 119);
    const ours = eventList.filter(({ notes }) => notes.some((note) => note.includes('of this project')));
    assert.deepEqual(
      ours.map(({ name }) => name),
      [
        'OnConnectionGap',
        'OnAgentSkillGroupsChange',
        'OnNetworkRecordingStarted',
        'OnNetworkRecordingEnded',
        'OnNetworkRecordingFailed',
        'OnNetworkRecordingTargetInfo',
        'OnStartNetworkRecordingConf',
        'OnStopNetworkRecordingConf',
        'OnDeflectCallConf',
        'OnAgentServicesChange',
        'OnSetAgentServiceDataConf',
      ],
    );
    assert.deepEqual(events.OnConnectionGap.interfaces, ['ISessionEvents']);
  });

  it('give every event a unique number', () => {
    assert.equal(new Set(eventList.map((event) => event.eventId)).size, eventList.length);
  });

  it('use the numbers printed in the guide', () => {
    assert.equal(events.OnCallBegin.eventId, 23);
    assert.equal(events.OnCallEnd.eventId, 24);
    assert.equal(events.OnAgentStateChange.eventId, 30);
    assert.equal(events.OnCallRTPStarted.eventId, 116);
    assert.equal(events.OnCallRTPStopped.eventId, 117);
    assert.equal(events.OnSkillGroupStatisticsUpdated.eventId, 536871027);
  });

  it('name only existing keywords', () => {
    for (const message of [...eventList, ...requestList]) {
      for (const param of 'params' in message ? message.params : message.args) {
        assert.ok(Object.hasOwn(keywords, param.keyword), `${message.name}: ${param.keyword}`);
        assert.ok(param.type, `${message.name}: ${param.keyword}`);
      }
    }
  });

  it('name no keyword twice in one message', () => {
    for (const message of [...eventList, ...requestList]) {
      const names = ('params' in message ? message.params : message.args).map((param) => param.keyword.toLowerCase());
      assert.equal(new Set(names).size, names.length, message.name);
    }
  });

  it('distinguish keywords ignoring case', () => {
    const names = Object.entries<KeywordSpec>(keywords).flatMap(([name, spec]) => [name, ...(spec.aka ?? [])]);
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
  });

  it('use only existing enumerations', () => {
    for (const [name, spec] of Object.entries<KeywordSpec>(keywords)) {
      if (spec.enum !== undefined) assert.ok(Object.hasOwn(enums, spec.enum), `${name}: ${spec.enum}`);
    }
    for (const event of eventList) {
      for (const param of event.params) {
        if (param.enum !== undefined) assert.ok(enumKind(param.enum), `${event.name}.${param.keyword}: ${param.enum}`);
      }
    }
  });

  it('confirm and follow requests with existing events', () => {
    for (const request of requestList) {
      const named = [...request.followOn, ...request.failure, ...(request.conf === undefined ? [] : [request.conf])];
      for (const name of named) assert.ok(Object.hasOwn(events, name), `${request.name}: ${name}`);
    }
  });

  it('list the properties of each object once', () => {
    for (const [object, names] of Object.entries(objectProperties)) {
      assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length, object);
      for (const name of names) assert.ok(Object.hasOwn(keywords, name), `${object}.${name}`);
    }
    assert.ok(objectProperties.Call.includes('ICMEnterpriseUniqueID'));
  });

  it('mark passwords as secret', () => {
    for (const [name, spec] of Object.entries<KeywordSpec>(keywords)) {
      assert.equal(spec.secret === true, /password/i.test(name), name);
    }
  });

  it('describe every event, request and keyword', () => {
    for (const event of eventList) assert.ok(event.when.length > 5, event.name);
    for (const request of requestList) assert.ok(request.does.length > 5, request.name);
    for (const [name, spec] of Object.entries<KeywordSpec>(keywords)) assert.ok(spec.meaning.length > 2, name);
  });

  it('find events by name and alias, case-insensitively', () => {
    assert.equal(eventByName('oncalldelivered')?.name, 'OnCallDelivered');
    assert.equal(eventByName('OnBeginCall')?.name, 'OnCallBegin');
    assert.equal(eventByName('eCallHeldEvent')?.name, 'OnCallHeld');
    assert.equal(eventByName('OnNothing'), undefined);
  });

  it('derive the arguments of a monitored event from the ordinary one', () => {
    const own = events.OnCallHeld.params.map((param) => param.keyword);
    assert.deepEqual(
      events.OnMonitoredCallHeld.params.map((param) => param.keyword),
      [...own, 'Monitored'],
    );
    assert.equal(events.OnMonitoredCallHeld.monitorMode, false);
  });

  it('find requests by name, case-insensitively', () => {
    assert.equal(requestByName('makeconsultcall')?.name, 'MakeConsultCall');
    assert.equal(requestByName('SetMessageFilterArgs')?.name, 'SetMessageFilter');
    assert.equal(requestByName('Fly'), undefined);
  });

  it('offer each request in one palette node', () => {
    for (const request of requestList) {
      if (request.object === 'Call' || request.name === 'MakeCall') assert.equal(request.node, 'ctios-call');
      else if (request.object === 'Agent') assert.equal(request.node, 'ctios-agent');
      else assert.equal(request.node, 'ctios-request');
    }
  });

  it('type arguments as defined', () => {
    const held: EventArgs<'OnCallHeld'> = {
      UniqueObjectID: 'call.5000.1.2001',
      CallStatus: 4,
      HoldingDeviceID: '2001',
    };
    const state: RequestArgs<'SetAgentState'> = { AgentState: 'Available', 'SkillGroup[1]': { SkillGroupNumber: 10 } };
    const call: RequestArgs<'MakeCall'> = { DialedNumber: '8001', CallVariable3: 'x', Priority: true };
    // @ts-expect-error a number where text belongs
    const wrong: EventArgs<'OnCallHeld'> = { HoldingDeviceID: 2001 };
    // @ts-expect-error DialedNumber is required
    const missing: RequestArgs<'MakeCall'> = { Priority: true };
    assert.ok(held && state && call && wrong && missing);
  });
});

describe('an enumeration', () => {
  it('returns the name of a number', () => {
    assert.equal(enumName('AgentState', 3), 'Available');
    assert.equal(enumName('AgentState', 5), 'WorkNotReady');
    assert.equal(enumName('CallStatus', 2), 'Alerting');
    assert.equal(enumName('CallStatus', 65535), 'None');
    assert.equal(enumName('AgentState', 77), undefined);
    assert.equal(enumName('NoSuchEnum', 1), undefined);
  });

  it('accepts numbers and names, ignoring case and blanks', () => {
    for (const given of [3, '3', 'Available', 'available', 'eAvailable', 'AGENT_STATE_AVAILABLE', ' AVAILABLE ']) {
      assert.equal(enumValue('AgentState', given), 3, String(given));
    }
    for (const given of ['not ready', 'NOT_READY', 'NotReady', 'eNotReady']) {
      assert.equal(enumValue('AgentState', given), 2, given);
    }
    assert.equal(enumValue('AgentState', 'Asleep'), undefined);
    assert.equal(enumValue('CallStatus', 'LCS_HELD'), 4);
  });

  it("takes over the protocol's enumerations", () => {
    assert.equal(enumName('EventCause', 28), 'Redirected');
    assert.equal(enumName('CallType', 2), 'PrerouteAcdIn');
    assert.equal(enumName('ControlFailureCode', 22), 'InvalidObjectState');
    assert.equal(enumName('PeripheralType', 17), 'EnterpriseAgent');
    assert.equal(enumValue('CallMannerType', 'polite'), 1);
    assert.equal(enumValue('ConsultType', 'transfer'), 1);
  });

  it('accepts a number that a newer server may know', () => {
    assert.equal(enumValue('AgentState', 99), 99);
    assert.equal(enumValue('AgentState', 1.5), undefined);
  });

  it('returns the names of the bits of a mask', () => {
    assert.equal(enumName('ButtonEnablementMask', 0x3), 'Answer|Release');
    assert.equal(enumValue('ButtonEnablementMask', 'Answer|Release'), 3);
    assert.equal(enumValue('ButtonEnablementMask', 'Answer|Nonsense'), undefined);
    assert.equal(enumName('ButtonEnablementMask', 0x80000000), 'Worknotready');
  });
});
