// Follows a book's links in an engine: contents, page list, note marks, the ways back; and looks up every id as engines do.
import {boxes, shown} from './measure.js';

const TRIES = 40;   // frames until an engine has moved

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
async function until(holds) {
  for (let n = 0; n < TRIES; ++n) {
    const value = await holds();
    if (value) return value;
    await frame();
  }
  return null;
}

const split = (href) => [href.split('#')[0].split('/').pop(), href.split('#')[1]];

// Is something of the target on the page that the reader now looks at?
function visible(book, href) {
  const [file, id] = split(href), here = book.here();
  if (here.name !== file) return false;
  if (!id) return true;
  const target = here.doc.getElementById(id);
  if (!target) return false;
  const own = target.getClientRects()[book.farthest ? target.getClientRects().length - 1 : 0], at = here.frame.getBoundingClientRect(), see = here.window.getBoundingClientRect();
  if (!own || at.left + own.right < see.left - 1 || at.left + own.left > see.right + 1) return false;
  return shown(boxes(here.doc).found, here.frame, here.window).length > 0;
}

async function lists(book, said) {
  const kinds = [['contents', book.toc()], ['page list', book.pages()]];
  const counted = {};
  for (const [kind, links] of kinds) {
    counted[kind] = links.length;
    for (const {label, href} of links) {
      await book.go(href);
      if (!await until(() => visible(book, href))) said.push(kind + ': "' + label + '" does not lead to ' + href);
    }
  }
  return counted;
}

const NOTE = 'a[role~=doc-noteref]', BACK = 'a[role~=doc-backlink]';
const plain = (text) => text.replace(/\s+/g, ' ').trim();

// Every note mark shows its note's own words, every way back leads to its mark.
async function notes(book, files, said) {
  let counted = 0, returned = 0;
  for (const file of files) {
    const source = await fetched(file);
    const links = (selector) => [...source.querySelectorAll(selector)].map((a) => new URL(a.getAttribute('href'), file).href);
    const name = file.split('/').pop();
    for (const [n, href] of links(NOTE).entries()) {
      ++counted;
      const note = (split(href)[0] === name ? source : await fetched(href.split('#')[0])).getElementById(split(href)[1]);
      if (!note) {
        said.push(name + ': note ' + href + ' is not there');
        continue;
      }
      const wanted = plain(note.textContent);
      await book.go(book.local(file));
      await until(() => book.here().name === name);
      const mark = book.here().doc.querySelectorAll(NOTE)[n];
      let text = null;
      book.note(mark, href, until, visible).then((shows) => text = shows ?? 'nothing', (error) => text = error.name + ': ' + error.message);
      await until(() => text !== null);
      if (plain(text ?? '') !== wanted) said.push(name + ': note mark ' + (n + 1) + ' shows "' + text + '" instead of "' + wanted.slice(0, 40) + '"');
    }
    for (const href of links(BACK)) {
      ++returned;
      await book.go(book.local(href));
      // Who comes back from the note of a fold has opened it.
      await until(() => book.here().name === split(href)[0]);
      const fold = book.here().doc.getElementById(split(href)[1])?.closest('details:not([open])');
      if (fold) {
        fold.open = true;
        await book.go(book.local(href));
      }
      if (!await until(() => visible(book, href))) said.push(name + ': the way back ' + href + ' leads nowhere');
    }
  }
  return {notes: counted, returned};
}

async function fetched(address) {
  return new DOMParser().parseFromString(await (await fetch(address)).text(), 'application/xml');
}

// Engines look an id up as `querySelector('#' + id)`.
export async function ids(files) {
  const said = [];
  let counted = 0;
  for (const file of files) {
    const doc = await fetched(file);
    for (const element of doc.querySelectorAll('[id]')) {
      ++counted;
      let found = null;
      try {
        found = doc.querySelector('#' + element.id);
      } catch {
        // not a selector
      }
      if (found !== element) said.push(file.split('/').pop() + ": querySelector('#" + element.id + "') does not find its element");
    }
  }
  return {counted, said};
}

export async function follow(book, files) {
  const said = [];
  const counted = await lists(book, said);
  const noted = await notes(book, files, said);
  return {counted: {...counted, ...noted}, said};
}
