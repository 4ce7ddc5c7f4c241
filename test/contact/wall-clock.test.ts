/** The machine's clock is set, for example at the end of daylight saving time on a badly configured machine. */
import { strict as assert } from 'node:assert';
import { SteadyTime } from '../../src/common/steady-time.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Desk } from '../screenpop/contact-center.js';
import { Floor, State } from './floor.js';

const HOUR = 3_600_000;

for (const hours of [-1, 1])
  describe(`a clock that is set by ${hours} h during a call`, () => {
    it('leaves the durations of a contact record as they are, and its times agree with them', () => {
      const floor = new Floor();
      const set = () => floor.clock.setWallClock(floor.clock.now() + hours * HOUR);
      floor.state('1001', State.available).ring('100.2001').pass(5);
      set();
      floor.answer('100.2001').state('1001', State.talking).pass(60);
      set();
      floor.tell('OnCallHeld', '100.2001', { CallStatus: 4 }).pass(20);
      set();
      floor.tell('OnCallRetrieved', '100.2001', { CallStatus: 3 }).pass(10);
      floor.end('100.2001').state('1001', State.work).pass(30);
      set();
      floor.state('1001', State.available).pass(10);
      const { ringSeconds, talkSeconds, holdSeconds, wrapupSeconds, began, answered, ended, time } = floor.segment;
      assert.deepEqual([ringSeconds, talkSeconds, holdSeconds, wrapupSeconds], [5, 70, 20, 30]);
      assert.deepEqual([answered! - began!, ended! - answered!], [5_000, 90_000]);
      assert.equal(Date.parse(time) - ended!, 30_000);
      assert.equal(floor.clock.now() - Date.parse(time), 10_000, 'by the clock as it is set now');
      const [contact] = floor.contacts;
      assert.deepEqual([contact!.talkSeconds, contact!.ended! - contact!.began!], [70, 95_000]);
    });

    it('leaves the durations of a pop as they are', () => {
      const desk = new Desk();
      const set = () => desk.clock.setWallClock(desk.clock.now() + hours * HOUR);
      const leg = desk.call('100.2001').arrive();
      desk.clock.advance(5_000);
      set();
      leg.answer();
      desk.clock.advance(60_000);
      set();
      leg.hangUp();
      const [ended] = desk.ends;
      assert.deepEqual([ended!.ringSeconds, ended!.talkSeconds], [5, 60]);
      assert.equal(Date.parse(ended!.time), desk.clock.now());
    });

    it('does not change whether a joined call continues a visit', () => {
      const [evenly, set] = [0, hours * HOUR].map((ms) => {
        const desk = new Desk();
        const { clock } = desk;
        desk.call('100.2001').arrive().answer();
        const consult = desk.call('101.2002', null, { CallType: 10, ANI: '2001' }).arrive().answer();
        consult.transferred();
        clock.setWallClock(clock.now() + ms);
        clock.advance(1_000);
        consult.end();
        const before = desk.story.length;
        clock.advance(5_000);
        return [...desk.story, before];
      });
      assert.deepEqual(set, evenly);
    });
  });

describe('steady time', () => {
  it('follows small corrections of the clock, so that it stays close to the time stamps', () => {
    const clock = new VirtualClock();
    const steady = new SteadyTime(clock);
    steady.now();
    for (let count = 0; count < 100; count++) {
      clock.setWallClock(clock.now() + 50);
      assert.equal(steady.now(), clock.now());
    }
    clock.setWallClock(clock.now() + HOUR);
    assert.equal(steady.now(), clock.now() - HOUR);
    assert.equal(steady.stamp(steady.now()), clock.now());
  });
});
