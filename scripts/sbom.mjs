/**
 * The software bill of materials of the installed package, in CycloneDX format: dist/sbom.cdx.json. Part of `npm pack`.
 * Read from package-lock.json, since `npm sbom` leaves out what a development dependency needs in another version, too.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const { name, version, license, packages } = {
  ...JSON.parse(readFileSync('package.json', 'utf8')),
  packages: JSON.parse(readFileSync('package-lock.json', 'utf8')).packages,
};
const purl = (of, at) => `pkg:npm/${of.replace('@', '%40')}@${at}`;
const component = (of, { version: at, license: terms, integrity }) => ({
  type: 'library',
  'bom-ref': purl(of, at),
  name: of,
  version: at,
  purl: purl(of, at),
  ...(terms === undefined ? {} : { licenses: [{ license: { id: terms } }] }),
  ...(integrity === undefined
    ? {}
    : {
        hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }],
      }),
});
const PREFIX = 'node_modules/';
const shipped = Object.entries(packages).filter(([path, { dev, peer }]) => path.startsWith(PREFIX) && !dev && !peer);

writeFileSync(
  'dist/sbom.cdx.json',
  `${JSON.stringify(
    {
      $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: { component: component(name, { version, license }) },
      components: shipped.map(([path, facts]) =>
        component(path.slice(path.lastIndexOf(PREFIX) + PREFIX.length), facts),
      ),
    },
    null,
    2,
  )}\n`,
);
