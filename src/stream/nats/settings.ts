/** How to reach NATS, and what the site's stream is like. */
export interface NatsSettings {
  /** `nats://host:4222`, `tls://host:4222`; any of them will do. */
  readonly servers: readonly string[];
  readonly site: string;
  /** Shown in the server's list of connections. */
  readonly name: string;
  /** Contents of a credentials file. */
  readonly credentials?: string;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** PEM. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** Create what does not exist; absent: wait until it does. */
  readonly create?: { readonly replicas: number; readonly maxAgeMs: number };
}

/** Names of what the site has on the engine. */
export function siteNames(site: string): Record<'stream' | 'leases' | 'objects' | 'claims' | 'audit', string> {
  return {
    stream: `CTIOS_${site}`,
    audit: `CTIOS_${site}_AUDIT`,
    leases: `CTIOS_${site}_leases`,
    objects: `CTIOS_${site}_objects`,
    claims: `CTIOS_${site}_claims`,
  };
}
