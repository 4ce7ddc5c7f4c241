/** Clients in a separate process: the number in the first argument connects at once to the URL in the second. */
import { WebSocket } from 'ws';

/** A message from this process to its parent. */
export type StormReport =
  /** `welcomed` of them are ready; the others were closed, for reasons such as "1008 CTIOS_HELLO_EXPECTED". */
  { welcomed: number; closed: Record<string, number> };

const [count = '0', url = '', manner = 'talking'] = process.argv.slice(2);
const report: StormReport = { welcomed: 0, closed: {} };
let unsettled = Number(count);

function settle(): void {
  if (--unsettled === 0) process.send?.(report);
}

function note(reason: string): void {
  report.closed[reason] = (report.closed[reason] ?? 0) + 1;
}

for (let n = 0; n < Number(count); n++) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let settled = false;
  const once = () => {
    if (!settled) settle();
    settled = true;
  };
  let why = '';
  socket.once('open', () => {
    if (manner === 'silent') once();
    else socket.send(JSON.stringify({ kind: 'hello', version: 1, client: 'storm' }));
  });
  socket.on('message', (data: Buffer) => {
    const { kind, code = '' } = JSON.parse(data.toString()) as { kind: string; code?: string };
    if (kind === 'welcome') {
      report.welcomed++;
      once();
    } else if (kind === 'closing') why = ` closing ${code}`;
  });
  socket.once('error', (error) => {
    note(error.message);
    once();
  });
  socket.once('close', (code, reason) => {
    note(`${code} ${reason.toString()}${why}`);
    once();
  });
}

// Sends the current report on request.
process.on('message', () => process.send?.(report));
