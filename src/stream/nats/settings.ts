/** The connection to NATS, and the properties of the site's stream. */
export interface NatsSettings {
  /** `nats://host:4222`, `tls://host:4222`; any of them is used. */
  readonly servers: readonly string[];
  readonly site: string;
  /** Shown in the server's list of connections. */
  readonly name: string;
  /** The contents of a credentials file; a function is called before each connection. */
  readonly credentials?: string | (() => string);
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** PEM. */
  readonly tls?: {
    readonly ca?: string | undefined;
    readonly cert?: string | undefined;
    readonly key?: string | undefined;
  };
  /** Creates what does not exist; if absent, waits until it exists. */
  readonly create?: {
    readonly replicas: number;
    readonly maxAgeMs: number;
    /** How long the stream of audit logs keeps an entry, in milliseconds; if absent, there is no such stream. */
    readonly auditMaxAgeMs?: number;
  };
}

/** The names of a site's streams and buckets on the engine. */
export function siteNames(site: string): Record<'stream' | 'leases' | 'objects' | 'claims' | 'audit', string> {
  return {
    stream: `CTIOS_${site}`,
    audit: `CTIOS_${site}_AUDIT`,
    leases: `CTIOS_${site}_leases`,
    objects: `CTIOS_${site}_objects`,
    claims: `CTIOS_${site}_claims`,
  };
}

/** The stream with the deliveries of a group, and the prefix of its subjects. */
export function deliveryNames(site: string, group: string): { readonly stream: string; readonly subjects: string } {
  return { stream: `CTIOS_${site}_DELIVERIES_${group}`, subjects: `ctios-deliveries.${site}.${group}.` };
}
