/** Recipe 5: notifies a chat when callers wait too long. */
import type { Flow } from '../../flow.js';
import { BLUE, showsPart, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, row, section, standIn, statistics } from '../parts.js';

const SAY = `const { SkillGroupName } = msg.skillgroup;
const { seconds, values } = msg.payload;
const text = msg.topic === 'began'
  ? SkillGroupName + ': a caller has been waiting for ' + values.LongestCallQNow + ' s, ' + values.CallsQNow + ' in the queue.'
  : SkillGroupName + ': the wait is short again, after ' + Math.round(seconds) + ' s.';
return { url: msg.chat, payload: { text } };`;

const MOCK = `// What incoming webhooks check: JSON with a text.
const { text } = JSON.parse(msg.payload);
return text ? answer(200, 'ok') : answer(400, 'no_text');`;

export function alarm(): Flow {
  const flow = recipeFlow(
    COOKBOOK.alarm,
    { CHAT_URL: '' },
    'The alarm ends only when nobody waits longer than 5 seconds: with one limit for both, a wait that goes up and down around it would be reported again and again. The webhook node tries for two minutes, then the news is old.',
  );
  const session = flow.session({ traffic: 'steady', agents: 3 }).id;
  const number = (key: string, op: string, value: string) => ({ key, op, value, type: 'num' });
  const watch = flow.node('ctios-watch', 'somebody waits 20 s', [0, 0], {
    session,
    kind: 'skillgroup',
    // The second row always holds then. Its value is in the message, like those of all rows.
    filter: [number('LongestCallQNow', 'gt', '20'), number('CallsQNow', 'gte', '1')],
    lasts: 0,
    ends: [number('LongestCallQNow', 'lt', '5')],
  });
  const chat = standIn(flow, {
    ...{ name: 'chat', setting: 'CHAT_URL', property: 'chat', path: '/', func: MOCK, line: 8 },
  });
  const say = flow.node('function', 'what to say', [0, 0], { func: SAY });
  const post = flow.node('ctios-webhook', 'post', [0, 0], {
    ...{ firstDelay: 1, maxDelay: 15, maxAge: 0.04 },
  });
  const posted = showsPart(flow, 'posted', [0, 0], 'sent', 'sent.text');
  const lost = flow.node('debug', 'not posted', [0, 0], { complete: 'error' });
  flow.wire(watch, 0, chat);
  flow.wire(watch, 1, chat);
  flow.chain(chat, say, post, posted);
  flow.wire(post, 1, lost);
  row(1, [watch, chat, say, post, posted]);
  row(2, [lost], post);
  section(flow, 'The alarm', TEAL, 0, '1  A wait that is too long, and its end', [
    watch,
    chat,
    say,
    post,
    posted,
    lost,
  ]);
  section(flow, 'Statistics', BLUE, 4, '2  Statistics of the waits', statistics(flow, session, 5));
  return flow;
}
