// Walks a catalogue by what Thorium reads catalogues with, from its root to every file that it offers.
//   node opds.cjs ROOT      with NODE_PATH holding r2-opds-js; ROOT: an address, of OPDS 1.2 (Atom) or 2.0 (JSON)
// One line of JSON a file: {title, language, type, href, sha256, feeds}. What is not as the client needs it ends the walk.
const crypto = require('crypto');
const {OPDS} = require('r2-opds-js/dist/es6-es2015/src/opds/opds1/opds');
const {OPDSFeed} = require('r2-opds-js/dist/es6-es2015/src/opds/opds2/opds2');
const {convertOpds1ToOpds2} = require('r2-opds-js/dist/es6-es2015/src/opds/converter');
const {initGlobalConverters_OPDS, initGlobalConverters_GENERIC} = require('r2-opds-js/dist/es6-es2015/src/opds/init-globals');
const {initGlobalConverters_SHARED} = require('r2-shared-js/dist/es6-es2015/src/init-globals');
const {TaJsonDeserialize} = require('r2-lcp-js/dist/es6-es2015/src/serializable');
const {XML} = require('r2-utils-js/dist/es6-es2015/src/_utils/xml-js-mapper');
const {DOMParser} = require('@xmldom/xmldom');

initGlobalConverters_OPDS();
initGlobalConverters_SHARED();
initGlobalConverters_GENERIC();

const text = (value) => (typeof value === 'string' ? value : Object.values(value)[0]);

async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function feedOf(address) {
  const bytes = (await get(address)).toString('utf8');
  if (!bytes.startsWith('<')) return TaJsonDeserialize(JSON.parse(bytes), OPDSFeed);
  return convertOpds1ToOpds2(XML.deserialize(new DOMParser().parseFromString(bytes, 'application/xml'), OPDS));
}

const seen = new Set(), files = new Map();

async function walk(address) {
  if (seen.has(address)) return;
  seen.add(address);
  const feed = await feedOf(address);
  if (!feed.Metadata.Title) throw new Error(`no title: ${address}`);
  const links = [...(feed.Navigation || []), ...(feed.Links || []).filter((link) => (link.Rel || []).includes('next'))];
  if (links.length + (feed.Publications || []).length === 0) throw new Error(`nothing in ${address}`);
  for (const publication of feed.Publications || []) {
    const metadata = publication.Metadata;
    if (!publication.Images?.length) throw new Error(`no picture: ${text(metadata.Title)}`);
    for (const link of publication.Links) {
      if (!(link.Rel || []).some((rel) => rel.startsWith('http://opds-spec.org/acquisition'))) continue;
      const href = new URL(link.Href, address).href;
      if (!files.has(href)) {
        const sha256 = crypto.createHash('sha256').update(await get(href)).digest('hex');
        files.set(href, {title: text(metadata.Title), language: metadata.Language?.[0], type: link.TypeLink, href, sha256, feeds: 0});
      }
      files.get(href).feeds += 1;
    }
    for (const picture of publication.Images) await get(new URL(picture.Href, address).href);
  }
  for (const link of links) await walk(new URL(link.Href, address).href);
}

walk(process.argv[2]).then(() => {
  for (const file of files.values()) console.log(JSON.stringify(file));
}).catch((error) => {
  console.error(error);
  process.exit(1);
});
