/**
 * One connection with another server, from either end: the two authenticate each other, then either may send requests.
 * Its state machine is `connection-states.ts`; which connections exist is decided by the hub.
 */
import type { Clock, Timer } from '../../../common/clock.js';
import { Heartbeat } from '../../../common/heartbeat.js';
import { type Machine, runTable } from '../../../common/machine.js';
import type { PeerRequestFailure } from '../requests/peer-answers.js';
import type { PeerRequestName } from '../requests/peer-requests.js';
import type { Peer, PeerResult } from '../requests/peers-api.js';
import type { PeerSettings } from '../settings.js';
import {
  type ConnectionEnd,
  PEER_CONNECTION_TABLE,
  type PeerConnectionActions,
  type PeerConnectionSignals,
  type PeerConnectionState,
} from './connection-states.js';
import { Conversation } from './conversation.js';
import {
  type Introduction,
  PEER_VERSION,
  type PeerMessage,
  type PeerMessageKind,
  readPeerMessage,
} from './messages.js';
import type { PeerTransport } from './peer-transport.js';
import { type Introductions, isProof, newNonce, proofOf, type Role } from './proof.js';

/** What a connection needs from its server. */
export interface ConnectionHost {
  /** How this server identifies itself. */
  readonly identity: Peer;
  readonly secret: string;
  readonly clock: Clock;
  readonly settings: PeerSettings;
  /** Whether that peer is linked, or about to be, over a connection that is to be kept. */
  isDuplicateLink(connection: PeerConnection, peerId: string): boolean;
  connectionLinked(connection: PeerConnection): void;
  connectionEnded(connection: PeerConnection, end: ConnectionEnd): void;
  /** A request of the peer, with its fields checked. @throws whatever its handler throws */
  asked(connection: PeerConnection, name: PeerRequestName, body: Record<string, unknown>): unknown;
  /** It was answered with a failure. */
  askRefused(connection: PeerConnection, name: string, failure: PeerRequestFailure): void;
}

const TALK: ReadonlySet<PeerMessageKind> = new Set(['ask', 'answer', 'heartbeat', 'alive']);

export class PeerConnection implements PeerConnectionActions {
  readonly #machine: Machine<PeerConnectionState, PeerConnectionSignals>;
  readonly #nonce = newNonce();
  readonly #conversation: Conversation;
  #remote: Introduction | undefined;
  #peer: Peer | undefined;
  #timer: Timer | undefined;
  #heartbeat: Heartbeat | undefined;
  #end: ConnectionEnd = { code: 'CTIOS_PEER_LOST', message: 'The connection was closed.' };
  /** Whether the last message may still be sent before the transport closes. */
  #inOrder = true;

  constructor(
    readonly role: Role,
    private readonly wire: PeerTransport,
    private readonly host: ConnectionHost,
  ) {
    const { clock, settings } = host;
    this.#conversation = new Conversation({
      clock,
      maxAsks: settings.maxAsks,
      send: (message) => this.#send(message),
      asked: (name, body) => host.asked(this, name, body),
      askRefused: (name, failure) => host.askRefused(this, name, failure),
      badMessage: (why) => this.#machine.signal('bad message', why),
    });
    this.#machine = runTable<PeerConnectionState, PeerConnectionSignals, PeerConnectionActions>(
      PEER_CONNECTION_TABLE,
      role === 'dialler' ? 'calling' : 'greeting',
      this,
      (to) => this.#entered(to),
    );
    wire.onFrame = (frame) => this.#receive(frame);
    wire.onClosed = (why) => this.#machine.signal('closed', why);
    this.#timer = clock.after(settings.proofMs, () => this.#machine.signal('overdue'));
    if (role === 'dialler') this.#send({ kind: 'hello', ...this.#introduction() });
  }

  get state(): PeerConnectionState {
    return this.#machine.state;
  }

  get address(): string {
    return this.wire.address;
  }

  /** The other end as it identifies itself; authenticated once linked. */
  get peer(): Peer | undefined {
    return this.#peer;
  }

  ask(name: PeerRequestName, body: unknown, answerMs: number, ended: (end: PeerResult<unknown>) => void): void {
    const { wire, host } = this;
    const called = this.#remote?.name ?? this.address;
    const notAsked = (code: string, message: string) => ended({ outcome: 'failed', code, message });
    if (this.state !== 'linked') notAsked('CTIOS_PEER_LOST', `There is no link to the peer ${called}.`);
    else if (this.#conversation.full) {
      notAsked('CTIOS_PEER_BUSY', `The peer ${called} has not answered ${host.settings.maxAsks} asks yet.`);
    } else if (wire.queued > host.settings.maxQueueBytes) {
      notAsked('CTIOS_PEER_BUSY', `The peer ${called} does not read what it is sent.`);
      this.#machine.signal('stalled');
    } else this.#conversation.ask(name, body, answerMs, ended);
  }

  stop(): void {
    this.#machine.signal('stop');
  }

  // Conditions of the table.

  otherVersion(introduction: Introduction): boolean {
    return introduction.version !== PEER_VERSION;
  }

  isSelf(introduction: Introduction): boolean {
    return introduction.id === this.host.identity.id;
  }

  isDuplicateLink(introduction?: Introduction): boolean {
    return this.host.isDuplicateLink(this, (this.#remote ?? introduction)!.id);
  }

  provesItself({ proof }: { proof: string }): boolean {
    return isProof(proof, this.host.secret, this.#other, this.#introductions());
  }

  // Actions of the table.

  challenge(hello: Introduction): void {
    this.#meet(hello);
    this.#send({ kind: 'challenge', ...this.#introduction() });
  }

  authenticate(challenge: Introduction): void {
    this.#meet(challenge);
    this.#send({ kind: 'proof', proof: this.#proof() });
  }

  welcome(): void {
    this.#send({ kind: 'welcome', proof: this.#proof() });
  }

  refuseVersion(introduction: Introduction): void {
    const { version, name } = introduction;
    const own = this.host.identity.name;
    const [age, behind] = version > PEER_VERSION ? ['newer', own] : ['older', name];
    this.#refuse(
      'CTIOS_VERSION_MISMATCH',
      `The server ${own} speaks version ${PEER_VERSION} among peers, ${name} the ${age} version ${version}. Update ${behind}.`,
    );
  }

  refuseSelf(): void {
    this.#refuse('CTIOS_PEER_IS_SELF', 'The address leads to this very server; a peer is another one.');
  }

  refuseProof(): void {
    this.#refuse(
      'CTIOS_PEER_NOT_PROVEN',
      `The servers ${this.host.identity.name} and ${this.#remote!.name} do not have the same peer secret.`,
    );
  }

  refuseDouble(): void {
    this.#refuse('CTIOS_PEER_DOUBLED', `${this.#remote!.name} is linked with ${this.host.identity.name} already.`);
  }

  giveWay(challenge: Introduction): void {
    this.#meet(challenge);
    this.refuseDouble();
  }

  wasRefused({ code, message }: ConnectionEnd): void {
    this.#end = { code, message };
  }

  peerCloses(why: ConnectionEnd): void {
    this.wasRefused(why);
  }

  badMessage(why: string): void {
    this.#close('CTIOS_BAD_MESSAGE', `What was received is no message between peers, or none for now: ${why}.`);
  }

  overdue(): void {
    this.#close(
      'CTIOS_PEER_TIMEOUT',
      `The other end did not prove itself within ${this.host.settings.proofMs / 1000} s.`,
    );
  }

  silent(): void {
    const { maxHeartbeats, heartbeatMs } = this.host.settings;
    this.#close(
      'CTIOS_PEER_SILENT',
      `Nothing was heard from the other end, nor an answer to ${maxHeartbeats} heartbeats ${heartbeatMs / 1000} s apart.`,
    );
    this.#inOrder = false;
  }

  stalled(): void {
    this.#end = { code: 'CTIOS_PEER_STALLED', message: 'The peer does not read what it is sent.' };
    this.#inOrder = false;
  }

  sayGoodbye(): void {
    this.#close('CTIOS_SERVER_STOPS', `The server ${this.host.identity.name} is being stopped.`);
  }

  wireClosed(why: string | undefined): void {
    if (why !== undefined) this.#end = { ...this.#end, message: `The connection was lost: ${why}.` };
  }

  // --- internals ---

  get #other(): Role {
    return this.role === 'dialler' ? 'acceptor' : 'dialler';
  }

  #meet(introduction: Introduction): void {
    this.#remote = introduction;
    this.#peer = { id: introduction.id, name: introduction.name };
  }

  #introduction(): Introduction {
    const { id, name } = this.host.identity;
    return { version: PEER_VERSION, id, name, nonce: this.#nonce };
  }

  #introductions(): Introductions {
    const [own, remote] = [this.#introduction(), this.#remote!];
    return this.role === 'dialler' ? { dialler: own, acceptor: remote } : { dialler: remote, acceptor: own };
  }

  #proof(): string {
    return proofOf(this.host.secret, this.role, this.#introductions());
  }

  #refuse(code: string, message: string): void {
    this.#end = { code, message };
    this.#send({ kind: 'refused', code, message });
  }

  #close(code: string, message: string): void {
    this.#end = { code, message };
    this.#send({ kind: 'closing', code, message });
  }

  #send(message: PeerMessage): void {
    this.wire.send(JSON.stringify(message));
  }

  #entered(state: PeerConnectionState): void {
    if (state === 'linked') this.#link();
    if (state === 'closed') this.#finish();
  }

  #link(): void {
    this.#timer?.cancel();
    const { clock, settings } = this.host;
    this.#heartbeat = new Heartbeat(clock, settings.heartbeatMs, settings.maxHeartbeats, {
      ask: (id) => this.#send({ kind: 'heartbeat', id }),
      missed: () => {},
      silent: () => this.#machine.signal('silent'),
    });
    this.host.connectionLinked(this);
  }

  #finish(): void {
    this.#timer?.cancel();
    this.#heartbeat?.stop();
    if (this.#inOrder) this.wire.close();
    else this.wire.drop();
    // The hub first, so that a callback of a pending request no longer finds the link it was sent over.
    this.host.connectionEnded(this, this.#end);
    this.#conversation.lost(this.#end.message);
  }

  #receive(frame: string | undefined): void {
    if (this.state === 'closed') return;
    this.#heartbeat?.heard();
    const message = readPeerMessage(frame);
    if (typeof message === 'string') this.#machine.signal('bad message', message);
    else if (TALK.has(message.kind)) this.#talk(message);
    else if (message.kind === 'closing') this.#machine.signal('peer closes', message);
    else if (!this.#handshake(message)) this.#unexpected(message);
  }

  /** @returns whether the message is a handshake step, and is expected now */
  #handshake(message: PeerMessage): boolean {
    switch (message.kind) {
      case 'hello':
      case 'challenge':
        return this.#machine.signal(message.kind, message);
      case 'proof':
      case 'welcome':
        return this.#machine.signal(message.kind, message);
      case 'refused':
        return this.#machine.signal('refused', message);
      default:
        return false;
    }
  }

  #talk(message: PeerMessage): void {
    if (this.state !== 'linked') this.#unexpected(message);
    else if (message.kind === 'heartbeat') this.#send({ kind: 'alive', id: message.id });
    else if (this.wire.queued > this.host.settings.maxQueueBytes) this.#machine.signal('stalled');
    else if (message.kind === 'ask') this.#conversation.asked(message);
    else if (message.kind === 'answer') this.#conversation.answered(message);
  }

  #unexpected({ kind }: PeerMessage): void {
    this.#machine.signal('bad message', `${kind} was not expected in the state "${this.state}"`);
  }
}
