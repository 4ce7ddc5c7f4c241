/**
 * Requests the configuration of the contact center (protocol 19 and later), the only list of agents that a CTI Server
 * provides. The messages have no InvokeID, so only one request can be pending, and a separate message ends it.
 */
import type { Timer } from '../../../common/clock.js';
import {
  ConfigEndStatus,
  ConfigMsgMask,
  ConfigType,
  type MessageOf,
  NULL_PERIPHERAL_ID,
} from '../../../ged188/index.js';
import type { Context } from '../core/context.js';

/** The version from which on configuration can be requested. */
const SINCE = 19;
/**
 * How long the server may be silent before the upload is abandoned: a server without configuration does not respond.
 */
const SILENCE_MS = 5_000;
/** Total time for one item of the upload: a server that never stops sending must not block the rest. */
const TOTAL_MS = 60_000;
/** Pauses before an upload that stopped in the middle is requested again; after the last one, only the next link does. */
const AGAIN_MS = [30_000, 60_000, 120_000, 300_000, 600_000] as const;
/** The first version that reports the services enabled for agents. */
const SERVICES_SINCE = 24;
const ITEMS = [ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK, ConfigMsgMask.CONFIG_MSG_AGENT_MASK];
const ALL_ITEMS = ITEMS.reduce((mask, item) => mask | item, 0);

export class ConfigurationUpload {
  #ended: ((status: number | undefined) => void) | undefined;
  #silence: Timer | undefined;
  #total: Timer | undefined;
  #unawaited = false;
  /** The item that is being uploaded, and whether a message of it has arrived. */
  #asked = 0;
  #begun = false;
  /** The null value for all; a server may require one. */
  #peripheral = NULL_PERIPHERAL_ID;
  #incomplete: string | undefined;
  #again: Timer | undefined;
  #repeated = 0;

  /** @param completed called when a repeated request has received what was missing */
  constructor(
    private readonly context: Context,
    private readonly completed: () => void,
  ) {}

  /** Why a part of the configuration is missing, for display; undefined if the CTI Server sent all that it has. */
  get incomplete(): string | undefined {
    return this.#incomplete;
  }

  /** @returns whether the configuration was received */
  async request(version: number): Promise<boolean> {
    this.#again?.cancel();
    this.#repeated = 0;
    this.#incomplete = undefined;
    return (await this.#request(version)) === true;
  }

  /**
   * A session that continues another one seamlessly has what that one has received, but gets no changes before it has
   * asked for something, if only for no data.
   */
  continues(version: number): void {
    if (version < SINCE) return;
    this.context.link.send({
      type: 'CONFIG_REQUEST_EVENT',
      ConfigInformation: 0,
      ConfigMsgMask: version >= SERVICES_SINCE ? ALL_ITEMS | ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK : ALL_ITEMS,
      PeripheralID: this.#peripheral,
    });
  }

  /** @returns undefined if the upload has not ended */
  async #request(version: number): Promise<boolean | undefined> {
    if (version < SINCE) return false;
    let told = true;
    for (const item of ITEMS) {
      this.#peripheral = NULL_PERIPHERAL_ID;
      let status = await this.#item(item, this.#peripheral);
      if (status === ConfigEndStatus.CONFIGEND_INVALID) {
        this.#peripheral = this.context.settings.peripheralId;
        status = await this.#item(item, this.#peripheral);
      }
      if (status === undefined) {
        this.#scheduleAgain(version);
        return undefined;
      }
      told &&= status === ConfigEndStatus.CONFIGEND_SUCCESS || status === ConfigEndStatus.CONFIGEND_EMPTY;
    }
    if (version >= SERVICES_SINCE) this.#requestServices();
    return told;
  }

  #scheduleAgain(version: number): void {
    const pause = AGAIN_MS[this.#repeated];
    if (this.#incomplete === undefined || pause === undefined || this.context.link.up === undefined) return;
    this.#again = this.context.clock.after(pause, () => {
      this.#repeated++;
      this.context.background(this.#repeat(version));
    });
  }

  /** What is missing stays reported until it has been received. */
  async #repeat(version: number): Promise<void> {
    if ((await this.#request(version)) === undefined) return;
    this.#incomplete = undefined;
    this.completed();
  }

  /** The response is not awaited: a CTI Server without such services need not send one. */
  #requestServices(): void {
    this.context.link.send({
      type: 'CONFIG_REQUEST_EVENT',
      ConfigInformation: ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK,
      // It replaces what was asked for before.
      ConfigMsgMask: ALL_ITEMS | ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK,
      PeripheralID: NULL_PERIPHERAL_ID,
    });
  }

  #item(item: number, peripheralId: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.#ended = (status) => {
        this.#ended = undefined;
        this.#silence?.cancel();
        this.#total?.cancel();
        resolve(status);
      };
      this.#asked = item;
      this.#begun = false;
      this.#heard();
      this.#total = this.context.clock.after(TOTAL_MS, () => this.#giveUp(TOTAL_MS));
      const sent = this.context.link.send({
        type: 'CONFIG_REQUEST_EVENT',
        ConfigInformation: item,
        ConfigMsgMask: ALL_ITEMS,
        PeripheralID: peripheralId,
      });
      if (!sent) this.#ended(undefined);
    });
  }

  /** A server that has sent nothing has no configuration; if it has begun to send, a part is missing. */
  #giveUp(afterMs: number): void {
    if (this.#begun) {
      const which = this.#asked === ConfigMsgMask.CONFIG_MSG_AGENT_MASK ? 'agents' : 'skill groups and agents';
      const why = afterMs === TOTAL_MS ? 'did not end within' : 'paused for';
      this.#incomplete = `The configuration of ${which} is incomplete: its upload ${why} ${afterMs / 1_000} s.`;
    }
    this.#ended?.(undefined);
  }

  /**
   * Messages that are not awaited, an update or the services, may arrive in between: their end is not the end of the
   * upload.
   */
  begin(m: MessageOf<'CONFIG_BEGIN_EVENT'>): void {
    this.#unawaited =
      m.ConfigType === ConfigType.UNSOLICITED || m.ConfigInformation === ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK;
    this.heard();
  }

  /** A message of the upload has arrived: the server is still sending. */
  heard(): void {
    if (this.#ended === undefined) return;
    this.#begun = true;
    this.#heard();
  }

  #heard(): void {
    this.#silence?.cancel();
    this.#silence = this.context.clock.after(SILENCE_MS, () => this.#giveUp(SILENCE_MS));
  }

  end(m: MessageOf<'CONFIG_END_EVENT'>): void {
    this.heard();
    if (this.#unawaited) {
      this.#unawaited = false;
      return;
    }
    if (m.ConfigEndStatus !== ConfigEndStatus.CONFIGEND_PARTIAL) this.#ended?.(m.ConfigEndStatus);
  }

  /** The link is gone. */
  abort(): void {
    this.#again?.cancel();
    this.#ended?.(undefined);
  }
}
