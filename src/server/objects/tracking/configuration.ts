/**
 * Asks for the configuration of the contact center (protocol 19 and later): the only list of agents that a CTI Server
 * gives. The messages carry no InvokeID; one request is outstanding at a time, and its end is a message of its own.
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

/** Since which version configuration can be asked for. */
const SINCE = 19;
/** How long the server may be silent before the upload is given up: a server without configuration does not answer. */
const SILENCE_MS = 5_000;
/** How long an item of the upload may take in all: a server that sends parts for ever must not keep the rest waiting. */
const TOTAL_MS = 60_000;
const ITEMS = [ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK, ConfigMsgMask.CONFIG_MSG_AGENT_MASK];
const ALL_ITEMS = ITEMS.reduce((mask, item) => mask | item, 0);

export class ConfigurationUpload {
  #ended: ((status: number | undefined) => void) | undefined;
  #silence: Timer | undefined;
  #total: Timer | undefined;
  #unsolicited = false;

  constructor(private readonly context: Context) {}

  /** @returns whether the configuration was told */
  async request(version: number): Promise<boolean> {
    if (version < SINCE) return false;
    let told = true;
    for (const item of ITEMS) {
      let status = await this.#item(item, NULL_PERIPHERAL_ID);
      // A server that wants to know of which peripheral.
      if (status === ConfigEndStatus.CONFIGEND_INVALID)
        status = await this.#item(item, this.context.settings.peripheralId);
      if (status === undefined) return false;
      told &&= status === ConfigEndStatus.CONFIGEND_SUCCESS || status === ConfigEndStatus.CONFIGEND_EMPTY;
    }
    return told;
  }

  #item(item: number, peripheralId: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.#ended = (status) => {
        this.#ended = undefined;
        this.#silence?.cancel();
        this.#total?.cancel();
        resolve(status);
      };
      this.#heard();
      this.#total = this.context.clock.after(TOTAL_MS, () => this.#ended?.(undefined));
      const sent = this.context.link.send({
        type: 'CONFIG_REQUEST_EVENT',
        ConfigInformation: item,
        ConfigMsgMask: ALL_ITEMS,
        PeripheralID: peripheralId,
      });
      if (!sent) this.#ended(undefined);
    });
  }

  /** An update that nobody asked for may come in between: its end is not the upload's. */
  begin(m: MessageOf<'CONFIG_BEGIN_EVENT'>): void {
    this.#unsolicited = m.ConfigType === ConfigType.UNSOLICITED;
    this.heard();
  }

  /** A message of the upload has come: the server is still at it. */
  heard(): void {
    if (this.#ended !== undefined) this.#heard();
  }

  #heard(): void {
    this.#silence?.cancel();
    this.#silence = this.context.clock.after(SILENCE_MS, () => this.#ended?.(undefined));
  }

  end(m: MessageOf<'CONFIG_END_EVENT'>): void {
    this.heard();
    if (this.#unsolicited) {
      this.#unsolicited = false;
      return;
    }
    if (m.ConfigEndStatus !== ConfigEndStatus.CONFIGEND_PARTIAL) this.#ended?.(m.ConfigEndStatus);
  }

  /** The link is gone. */
  abort(): void {
    this.#ended?.(undefined);
  }
}
