// ReadiumCSS as r2-navigator-js (Thorium) applies it: one document at a time in a frame as large as the screen.
import {popup} from './footnotes.js';

const SHEETS = '/engines/r2-navigator-js/dist/ReadiumCSS/';
const GRACE = 2;  // pixels of a page that don't count

export async function open(url, stage, {columns, size, family}) {
  const {spine, toc, list} = await read(url);
  const frame = document.createElement('iframe');
  frame.style.cssText = 'width: 100%; height: 100%; border: 0';
  stage.append(frame);
  let at = -1, page = 0;
  const root = () => frame.contentDocument.documentElement;
  const scroll = () => root().scrollLeft = (root().dir === 'rtl' ? -1 : 1) * page * frame.clientWidth;
  async function show(index) {
    at = index;
    page = 0;
    await new Promise((resolve) => {
      frame.onload = resolve;
      frame.src = spine[index];
    });
    await dress(frame.contentDocument, {columns, size, family});
  }
  await show(0);
  return {
    here: () => ({doc: frame.contentDocument, name: spine[at].split('/').pop(), frame, window: frame}),
    async next() {
      if ((page + 1) * frame.clientWidth < root().scrollWidth - GRACE) {
        ++page;
        scroll();
      } else if (at + 1 < spine.length) {
        await show(at + 1);
      } else {
        return false;
      }
      return true;
    },
    async go(href) {
      const [file, id] = href.split('#');
      await show(spine.indexOf(file));
      const target = id && frame.contentDocument.getElementById(id);
      if (target) {
        const {left, right} = target.getBoundingClientRect();
        page = Math.floor((root().dir === 'rtl' ? frame.clientWidth - right : left) / frame.clientWidth + 0.001);
      }
      scroll();
    },
    // Its sheets limit a picture to 95vh, and 95vh grow with the body that is zoomed.
    tall: size > 100,
    toc: () => toc,
    pages: () => list,
    local: (address) => address,
    note: (mark, href) => popup(mark, href),
    close: () => frame.remove(),
  };
}

// What r2-navigator-js's readiumCSSSet() does to a document.
async function dress(doc, {columns, size, family}) {
  const root = doc.documentElement, {head} = doc, lang = root.lang || root.getAttribute('xml:lang') || '';
  const rtl = root.dir === 'rtl' || doc.body.dir === 'rtl' || /^(ar|he|fa)\b/.test(lang);
  if (rtl) root.dir = 'rtl';
  const kind = /^(ja|zh|ko)\b/.test(lang) ? 'cjk-horizontal/' : rtl ? 'rtl/' : '';
  const plain = !head.querySelector('style, link[rel=stylesheet]');
  const wanted = plain ? ['before', 'default', 'after'] : ['before', 'after'];
  await Promise.all(wanted.map((name) => new Promise((resolve) => {
    const link = doc.createElementNS('http://www.w3.org/1999/xhtml', 'link');
    link.rel = 'stylesheet';
    link.href = SHEETS + kind + 'ReadiumCSS-' + name + '.css';
    link.onload = resolve;
    if (name === 'before') head.prepend(link);
    else head.append(link);
  })));
  const set = (name, value) => root.style.setProperty('--USER__' + name, value);
  root.setAttribute('data-readiumcss', 'yes');
  root.classList.add('r2-css-paginated');
  set('advancedSettings', 'readium-advanced-on');
  set('view', 'readium-paged-on');
  set('appearance', 'readium-default-on');
  set('fontOverride', 'readium-font-on');
  set('fontFamily', family);
  set('colCount', String(columns));
  if (size !== 100) set('fontSize', size + '%');
  await doc.fonts.ready;
}

// Spine, contents and page list of an unpacked book, as addresses.
async function read(url) {
  const parse = async (address, type) => new DOMParser().parseFromString(await (await fetch(address)).text(), type ?? 'application/xml');
  const container = await parse(url + '/META-INF/container.xml');
  const address = new URL(url + '/' + container.querySelector('rootfile').getAttribute('full-path')).href;
  const opf = await parse(address);
  const items = new Map([...opf.querySelectorAll('manifest > item')].map((i) => [i.id, i]));
  const at = (item) => new URL(item.getAttribute('href'), address).href;
  const spine = [...opf.querySelectorAll('itemref')].filter((r) => r.getAttribute('linear') !== 'no').map((r) => at(items.get(r.getAttribute('idref'))));
  const place = at([...items.values()].find((i) => /\bnav\b/.test(i.getAttribute('properties'))));
  const nav = await parse(place, 'application/xhtml+xml');
  const links = (type) => [...nav.querySelectorAll('nav')].filter((n) => n.getAttribute('epub:type') === type)
      .flatMap((n) => [...n.querySelectorAll('a')]).map((a) => ({label: a.textContent.trim(), href: new URL(a.getAttribute('href'), place).href}));
  return {spine, toc: links('toc'), list: links('page-list')};
}
