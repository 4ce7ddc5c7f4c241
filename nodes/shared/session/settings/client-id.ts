/** Reads a client ID, which may have variables within it: several Node-REDs with the same flows need one each. */
import { hostname } from 'node:os';
import { missingVariableIn } from './missing-variable.js';

/**
 * @param typed as in the dialog: "crm-${HOSTNAME}". A value that is one variable and nothing else has been replaced by
 *   Node-RED already, if there is such a variable; many systems give a service no HOSTNAME
 * @throws Error naming the variable that is not set
 */
export function readClientId(typed: string, env: NodeJS.ProcessEnv = process.env): string {
  return typed.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = env[name] ?? (name === 'HOSTNAME' ? hostname() : undefined);
    if (value === undefined || value === '') throw new Error(missingVariableIn('clientId', name));
    return value;
  });
}
