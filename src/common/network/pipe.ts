import type { Clock } from '../clock.js';
import type { ByteStream } from './byte-stream.js';

/**
 * Two streams connected in memory: each receives what the other writes, in order, never in the turn of the write.
 * Deliveries are zero-delay timers on the clock, so a virtual clock drives them and runs are reproducible.
 */
export function memoryPipe(clock: Clock, names: [string, string] = ['pipe:a', 'pipe:b']): [ByteStream, ByteStream] {
  const a = new PipeEnd(clock, names[1]);
  const b = new PipeEnd(clock, names[0]);
  a.other = b;
  b.other = a;
  return [a, b];
}

class PipeEnd implements ByteStream {
  other!: PipeEnd;
  onData: (bytes: Buffer) => void = () => {};
  onClose: (error?: Error) => void = () => {};
  onDrain: () => void = () => {};
  #queue: Buffer[] = [];
  #scheduled = false;
  #closed = false;
  #ending = false;

  constructor(
    private readonly clock: Clock,
    readonly peer: string,
  ) {}

  get pendingBytes(): number {
    return this.#queue.reduce((sum, each) => sum + each.length, 0);
  }

  write(bytes: Buffer): boolean {
    if (this.#closed || this.#ending) return false;
    this.#queue.push(Buffer.from(bytes));
    this.#schedule();
    return true;
  }

  end(): void {
    if (this.#closed || this.#ending) return;
    this.#ending = true;
    this.#schedule();
  }

  destroy(): void {
    if (this.#closed) return;
    this.#queue.length = 0;
    this.#close();
    this.clock.after(0, () => this.other.#close(new Error('connection reset by peer')));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.clock.after(0, () => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    if (this.#closed) return;
    const bytes = this.#queue.length === 1 ? this.#queue[0]! : Buffer.concat(this.#queue);
    this.#queue.length = 0;
    if (bytes.length > 0 && !this.other.#closed) this.other.onData(bytes);
    if (this.#ending && !this.#closed) {
      this.#close();
      this.other.#close();
    } else if (bytes.length > 0) this.onDrain();
  }

  #close(error?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onClose(error);
  }
}
