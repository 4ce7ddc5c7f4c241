/** Watches agents, calls or skill groups for a condition that lasts: output 1 when it begins, output 2 when it ends. */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import { ObjectWatch, type WatchReport, type WatchRule } from '../../src/watch/index.js';
import { keptWith } from '../shared/kinds/kept.js';
import { watchMessage } from '../shared/kinds/watch-message.js';
import { type WatchDef, watchRule } from '../shared/kinds/watch-rule.js';
import { asError } from '../shared/message/errors.js';
import { migrated } from '../shared/migrations.js';
import { SessionBinding } from '../shared/session/session-binding.js';
import type { SessionHost } from '../shared/session/session-host.js';
import { nodeTraces } from '../shared/tracing/node-traces.js';

interface WatchNodeDef extends NodeDef, WatchDef {
  session: string;
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-watch', function (this: Node, saved: WatchNodeDef) {
    RED.nodes.createNode(this, saved);
    watchNode(RED, this, migrated('ctios-watch', saved));
  });
};

function watchNode(RED: NodeAPI, node: Node, def: WatchNodeDef): void {
  const rule = ruleOf(RED, node, def);
  const { kind, filter, join, lasts, ends, endLasts } = def;
  const settings = JSON.stringify({ kind, filter, join, lasts, ends, endLasts });
  const traces = nodeTraces(RED, node);
  let watch: ObjectWatch | undefined;
  const watchOf = (host: SessionHost): ObjectWatch | undefined => {
    if (rule === undefined || host.agents !== undefined) return undefined;
    watch = keptWith(host, node.id, settings, (session) => new ObjectWatch(session, rule, systemClock));
    return watch;
  };
  const binding = new SessionBinding(RED, node, String(def.session ?? ''), {
    usable(host) {
      if (host.agents !== undefined) return 'monitorModeOnly';
      return rule === undefined ? 'badFilter' : undefined;
    },
    opened: (host) => void watchOf(host),
    live(session, host) {
      const send = (report: WatchReport): void => {
        const message = watchMessage(report, host.id, session.sequence);
        // Many objects may begin at once, for example at the end of a shift: no faster than the flows work.
        host.outlet.send({
          chosen: true,
          time: report.time,
          send(lagMs) {
            if (lagMs > 0) message.ctios.lag = lagMs;
            traces?.made(message, report.what, host, { call: report.id });
            node.send((report.what === 'began' ? [message, null] : [null, message]) as never);
          },
        });
      };
      const end = watchOf(host)?.attach(send, () => binding.refresh());
      binding.refresh();
      return end ?? (() => {});
    },
    ready() {
      const { active = 0, pending = 0 } = watch?.view ?? {};
      if (active > 0) return ['active', { count: active }];
      return pending > 0 ? ['pending', { count: pending }] : ['ready'];
    },
  });
}

/** An invalid condition is never true, and is reported. */
function ruleOf(RED: NodeAPI, node: Node, def: WatchNodeDef): WatchRule | undefined {
  try {
    return watchRule(RED, node, def);
  } catch (error) {
    node.error(asError(error).message);
    return undefined;
  }
}
