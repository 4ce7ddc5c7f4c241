import assert from 'node:assert/strict';
import { CtiosError, events, parseFilter } from '../../src/ctios/index.js';

const AGENT_STATE = events.OnAgentStateChange.eventId;
const BEGIN = events.OnCallBegin.eventId;

function refusal(text: string): CtiosError {
  try {
    parseFilter(text);
  } catch (error) {
    assert.ok(error instanceof CtiosError);
    assert.equal(error.code, 'CTIOS_INVALID_FILTER');
    return error;
  }
  return assert.fail(`"${text}" was accepted`);
}

describe('a message filter', () => {
  it('matches every event if it is blank', () => {
    for (const text of ['', '   ', 'MessageID=*']) assert.equal(parseFilter(text).matches(BEGIN, {}), true, text);
    assert.equal(parseFilter('').everything, true);
  });

  it('matches any of several values of a key', () => {
    const filter = parseFilter('AgentID=4101, 4102 ,4103');
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '4102' }), true);
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '4104' }), false);
    assert.equal(filter.matches(AGENT_STATE, {}), false);
  });

  it('requires all of several keys, ignoring blanks and case', () => {
    const filter = parseFilter(' messageid = 30 ; AGENTID = 41* ');
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '4199' }), true);
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '5199' }), false);
    assert.equal(filter.matches(BEGIN, { AgentID: '4199' }), false);
  });

  it('compares numbers and texts by their text form', () => {
    const filter = parseFilter('PeripheralID=5000');
    assert.equal(filter.matches(BEGIN, { PeripheralID: 5000 }), true);
    assert.equal(filter.matches(BEGIN, { PeripheralID: '5000' }), true);
    assert.equal(filter.matches(BEGIN, { PeripheralID: 50001 }), false);
  });

  it('ignores text after a star', () => {
    const filter = parseFilter('AgentID=31*7');
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '3199' }), true);
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '3' }), false);
  });

  it('lists the values that are partly ignored', () => {
    assert.deepEqual(parseFilter('AgentID=31*7,41*;DialedNumber=*67').discarded, ['31*7', '*67']);
    assert.deepEqual(parseFilter('AgentID=31*;DialedNumber=*').discarded, []);
  });

  it('matches any value with a lone star, but not a missing one', () => {
    const filter = parseFilter('AgentID=*');
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '' }), true);
    assert.equal(filter.matches(BEGIN, {}), false);
  });

  it('requires both of two terms with the same key', () => {
    const filter = parseFilter('AgentID=4*;AgentID=4101,5101');
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '4101' }), true);
    assert.equal(filter.matches(AGENT_STATE, { AgentID: '5101' }), false);
  });

  it('matches values of UniqueObjectID with their dots', () => {
    const filter = parseFilter('UniqueObjectID=agent.5000.4101');
    assert.equal(filter.matches(AGENT_STATE, { UniqueObjectID: 'agent.5000.4101' }), true);
  });

  it('finds ECC variables by name, case-insensitively', () => {
    const filter = parseFilter('user.Tier=gold');
    assert.equal(filter.matches(BEGIN, { ECC: { 'user.tier': 'gold' } }), true);
    assert.equal(filter.matches(BEGIN, { 'user.Tier': 'gold' }), true);
    assert.equal(filter.matches(BEGIN, { ECC: {} }), false);
  });

  it('replaces the name of an event with its number', () => {
    assert.deepEqual([...(parseFilter('MessageID=OnCallBegin,24').eventIds ?? [])], [23, 24]);
  });

  it('accepts unknown event numbers, which a newer server may send', () => {
    assert.equal(parseFilter('MessageID=999').matches(999, {}), true);
  });

  it('supports FilterTarget=SkillGroupStats in all its spellings', () => {
    for (const value of ['SkillGroupStats', 'eOnNewSkillGroupStatisticsEvent', '536871027']) {
      const filter = parseFilter(`FilterTarget=${value}`);
      assert.equal(filter.skillGroupStatistics, true);
      assert.equal(filter.matches(events.OnSkillGroupStatisticsUpdated.eventId, {}), true);
      assert.equal(filter.matches(BEGIN, {}), false);
    }
  });

  it('accepts HideSilentMonitorCalls with and without a value', () => {
    for (const text of [
      'HideSilentMonitorCalls',
      'hidesilentmonitorcallevents=1',
      'MessageID=23;HideSilentMonitorCalls',
    ]) {
      assert.equal(parseFilter(text).hideSilentMonitorCalls, true, text);
    }
    assert.equal(parseFilter('MessageID=23;HideSilentMonitorCalls').matches(BEGIN, {}), true);
  });

  it('ignores events that monitor mode cannot receive, unless no others are left', () => {
    const filter = parseFilter('MessageID=OnPreLogout,30');
    assert.deepEqual(filter.ignored, ['OnPreLogout']);
    assert.equal(filter.matches(AGENT_STATE, {}), true);
    assert.match(refusal('MessageID=OnPreLogout').message, /OnPreLogout/);
  });

  it('accepts a trailing semicolon', () => {
    assert.equal(parseFilter('AgentID=1;').matches(AGENT_STATE, { AgentID: '1' }), true);
  });

  it('reports the position of an error', () => {
    const rows: Array<[string, number, RegExp]> = [
      ['AgentID', 7, /"=" and a value are missing/],
      ['AgentID=', 8, /a value is missing after "AgentID"/],
      ['AgentID=1,,2', 10, /a value is missing/],
      ['=5', 0, /a keyword is missing/],
      ['AgentID=1;;PeripheralID=2', 10, /a keyword is missing/],
      ['AgentID,1', 7, /"=" is missing/],
      ['AgentID=1=2', 9, /";" is missing/],
      ['MessageID=abc', 10, /not the number or the name/],
      ['PeripheralID=1; AgetnID=2', 16, /did you mean "AgentID"/],
    ];
    for (const [text, position, problem] of rows) {
      const error = refusal(text);
      assert.equal(error.cause.position, position, text);
      assert.match(error.message, problem, text);
      assert.match(error.message, new RegExp(`character ${position + 1}\\b`), text);
    }
  });
});
