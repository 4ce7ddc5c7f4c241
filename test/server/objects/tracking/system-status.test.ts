import assert from 'node:assert/strict';
import type { MessageInit } from '../../../../src/ged188/index.js';
import { Center, P } from '../center.js';
import { settled } from '../scripted-link.js';

const system = (SystemEventID: number, more: Partial<MessageInit> = {}): MessageInit =>
  ({ type: 'SYSTEM_EVENT', SystemEventID, SystemEventArg1: 0xffffffff, PGStatus: 0, ...more }) as MessageInit;

describe('the system status', () => {
  it('is offline before there is a link, with a reason', () => {
    const { online, reason, statusSystem } = new Center().server.status();
    assert.equal(online, false);
    assert.match(reason!, /no link/i);
    assert.deepEqual(statusSystem, {
      StatusCTIServer: false,
      StatusCtiServerDriver: false,
      StatusCentralController: false,
      StatusPeripherals: {},
      StatusObjects: false,
    });
  });

  it('goes online with the link, and is reported to all clients', async () => {
    const center = new Center();
    center.link.connect('B', {
      PeripheralOnline: true,
      NumPeripherals: 1,
      Peripherals: [{ FltPeripheralID: P, MultilineAgentControl: 0 }],
    } as never);
    await settled();
    assert.deepEqual(center.server.status(), {
      online: true,
      side: 'B',
      protocolVersion: 18,
      statusSystem: {
        StatusCTIServer: true,
        StatusCtiServerDriver: true,
        StatusCentralController: true,
        StatusPeripherals: { [P]: true },
        StatusObjects: true,
      },
    });
    const failures = center.published.filter(({ event }) => event === 'OnCTIOSFailure');
    assert.deepEqual(
      failures.map(({ args, to }) => [args.FailureCode, args.SystemEventID, to]),
      [
        [10, 12, { everyone: true }],
        [10, 8, { everyone: true }],
        // After the objects are complete.
        [10, 8, { everyone: true }],
      ],
    );
  });

  it('goes offline with the link, reported once, however often it reconnects', async () => {
    const center = await Center.up();
    center.link.disconnect('reset by peer');
    center.link.owner.down({ side: 'B', code: 'CTIOS_CONNECT_FAILED', reason: 'refused', terminal: false });
    assert.deepEqual(
      center.published.map(({ args }) => args.SystemEventID),
      [13],
    );
    assert.equal(center.server.status().online, false);
    assert.equal(center.server.status().reason, 'refused');
  });

  const rows: [string, MessageInit, boolean, string?][] = [
    ['central controller offline', system(2, { PGStatus: 2 } as never), true],
    ['peripheral offline', system(4, { SystemEventArg1: P } as never), false, `Peripheral ${P} is offline.`],
    ['another peripheral offline', system(4, { SystemEventArg1: 5001 } as never), true],
    ['CTI Server offline', system(7, { PGStatus: 8 } as never), false, 'The CTI Server is offline.'],
    ['half hour', system(9), true],
    ['text', system(5, { Text: 'maintenance tonight' } as never), true],
  ];
  for (const [name, message, online, reason] of rows) {
    it(`${name}: ${online ? 'online' : reason}`, async () => {
      const center = await Center.up();
      center.tell(system(3, { SystemEventArg1: P } as never));
      center.published.length = 0;
      center.tell(message);
      const status = center.server.status();
      assert.equal(status.online, online);
      assert.equal(status.reason, reason);
      const { args, to } = center.last('OnCTIOSFailure');
      assert.deepEqual(to, { everyone: true });
      assert.equal(args.FailureCode, 10);
      assert.equal(args.SystemEventID, (message as { SystemEventID: number }).SystemEventID);
      assert.ok((args.ErrorMessage as string).length > 0);
    });
  }

  it('includes the peripherals of a gateway that is lost', async () => {
    const center = await Center.up();
    center.tell(system(3, { SystemEventArg1: P } as never), system(6));
    assert.deepEqual(center.server.status().statusSystem.StatusPeripherals, { [P]: false });
    assert.equal(center.server.status().online, false);
  });

  it('reports a failure of the CTI Server that is not a response to all clients', async () => {
    const center = await Center.up();
    center.tell({ type: 'FAILURE_EVENT', Status: 15 });
    assert.equal(center.last('OnCTIOSFailure').args.SystemEventID, 7);
    assert.equal(center.server.status().online, false);
    center.tell({ type: 'FAILURE_CONF', Status: 67 });
    assert.match(center.last('OnCTIOSFailure').args.ErrorMessage as string, /E_CTI_NAMED_VARIABLE_NOT_CONFIGURED/);
  });
});
