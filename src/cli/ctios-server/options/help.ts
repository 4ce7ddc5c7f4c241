import { generalHelp, optionHelp, wrapped } from '../../option-help.js';
import { options } from './options.js';

/** The output of `--help`. */
export function helpText(): string {
  return [
    'Usage: ctios-server --cti-server hostA:port[,hostB:port] [options]',
    '',
    'A CTI OS Server on top of a CTI Server (GED-188). Node-RED and programs connect over WebSocket.',
    'Once it is listening, it prints one line of JSON: {"listening":{"host":…,"port":…,"url":…}}.',
    'SIGTERM and Ctrl-C stop it cleanly; SIGHUP reloads --agent-passwords and the files of certificates;',
    'SIGUSR2 writes the files of --record and --support-bundle.',
    ...optionHelp(options),
    '',
    'General:',
    ...wrapped('  --config file', 'JSON file with these options; the command line takes precedence'),
    ...wrapped('  --config-schema', 'print the JSON Schema of that file'),
    ...wrapped(
      '  --make-agent-password id',
      'print a line for the --agent-passwords file; reads the password from standard input',
    ),
    ...generalHelp(),
    '',
    'Example, with the simulated contact center:',
    '  npx ctios-simulator &',
    '  npx ctios-server --cti-server 127.0.0.1:42027 --allow-monitor-control',
    '',
  ].join('\n');
}
