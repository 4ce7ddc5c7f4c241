#!/usr/bin/env node
/** `ctios-server`: the CTI OS Server as a separate process. */
import { systemClock } from '../common/clock.js';
import { createLink, createObjectServer } from '../server/index.js';
import { packageVersion, runCommandLine } from './command-line.js';
import { makePasswordLine } from './ctios-server/agents/make-password.js';
import { jsonLog } from './ctios-server/log.js';
import { configSchema } from './ctios-server/options/config-schema.js';
import { helpText } from './ctios-server/options/help.js';
import { readConfig } from './ctios-server/options/read-config.js';
import { runServer } from './ctios-server/run.js';

/** Exit code if the CTI Server permanently rejects the session. */
const REFUSED = 3;

async function main(): Promise<void> {
  const { help, version, schema, makeAgentPassword, config: read } = readConfig(process.argv.slice(2));
  if (help) {
    process.stdout.write(helpText());
    return;
  }
  if (schema) {
    process.stdout.write(`${JSON.stringify(configSchema(), undefined, 2)}\n`);
    return;
  }
  if (version) {
    process.stdout.write(`${packageVersion()}
`);
    return;
  }
  if (makeAgentPassword !== undefined) {
    process.stdout.write(`${await makePasswordLine(makeAgentPassword, process.stdin)}\n`);
    return;
  }
  const config = read();
  const log = jsonLog((line) => void process.stderr.write(line), Date.now, config.quiet);
  const running = await runServer(config, process.env, log, {
    link: createLink,
    server: createObjectServer,
    clock: systemClock,
  });
  const { host, port, url } = running.listener;
  const { health, peers } = running;
  const ready = {
    listening: { host, port, url },
    ...(health === undefined ? {} : { health: { host: health.host, port: health.port } }),
    ...(peers === undefined ? {} : { peers: { host: peers.host, port: peers.port, url: peers.url } }),
  };
  const stop = (signal: string) => {
    log('info', 'stopping', { signal });
    void running.stop().then(() => log('info', 'stopped'));
  };
  process.on('SIGHUP', () => {
    log('info', 'reloading', { signal: 'SIGHUP' });
    running.reload();
  });
  process.on('SIGUSR2', () => running.saveForSupport());
  if (config['exit-on-refusal']) {
    void running.refused.then((code) => {
      log('error', 'stopping', { code, about: 'the CTI Server refuses this session; see --exit-on-refusal' });
      process.exitCode = REFUSED;
      void running.stop().then(() => process.exit());
    });
  }
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Written last, because a program that reads it may send a signal immediately.
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

runCommandLine('ctios-server', main);
