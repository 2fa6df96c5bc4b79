// Reads a book in an engine as a person would: opens it, turns every page, follows every link.
import {follow, ids} from './follow.js';
import {listen} from './listen.js';
import {look} from './themes.js';
import * as measure from './measure.js';
import {compare, keep} from './pictures.js';

const stage = document.getElementById('stage');

// An engine is a module with open(book, stage), layout(settings), here(), next(), go(href), toc(), pages(), close().
async function engine(name) {
  return import('./' + name + '.js');
}

const settle = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

// One setting: {columns, pages, said} of every document, turning pages from first to last.
async function read(book) {
  const documents = [], said = [];
  let doc = null, laid = null, before = '', still = 0;
  for (let turns = 0; turns < 3000; ++turns) {
    const here = book.here();
    if (here.doc !== doc) {
      await here.doc.fonts.ready;
      await settle();
      if (doc) finish(documents.at(-1), laid, said);
      doc = here.doc;
      laid = measure.boxes(doc, book.tall);
      const {columns, said: complaints} = measure.faults(laid);
      documents.push({name: here.name, columns, pages: 0, seen: 0});
      said.push(...complaints.map((c) => here.name + ': ' + c));
    }
    const own = documents.at(-1);
    const place = here.name + '@' + here.frame.getBoundingClientRect().left + '/' + doc.documentElement.scrollLeft;
    if (place === before) {
      if (++still === 3) break;  // the book's end: an engine that still moves has done so by now
      await settle();
      await book.next();
      continue;
    }
    still = 0;
    before = place;
    const visible = measure.shown(moved(laid, doc), here.frame, here.window);
    ++own.pages;
    if (!visible.length) said.push(here.name + ': page ' + own.pages + ' has no ink');
    own.seen = Math.max(own.seen, ...visible.map((b) => b.index));
    if (!await book.next()) break;
  }
  if (doc) finish(documents.at(-1), laid, said);
  return {documents, said};
}

// The boxes where they are now: an engine that scrolls the document itself moves them.
function moved({found, grid}, doc) {
  const now = measure.columns(doc).left - grid.left;
  return found.map((b, index) => ({...b, index, box: new DOMRect(b.box.left + now, b.box.top, b.box.width, b.box.height)}));
}

function finish(own, {found}, said) {
  if (own.seen !== found.length - 1) said.push(own.name + ': pages end before "' + found.at(-1)?.text.slice(-30) + '"');
}

window.turn = async ({name, url, settings}) => {
  const answers = [];
  const module = await engine(name);
  for (const setting of settings) {
    stage.style.width = setting.width + 'px';
    stage.style.height = setting.height + 'px';
    const book = await module.open(url, stage, setting);
    await settle();
    const begun = performance.now();
    answers.push({setting, ...await read(book), ms: Math.round(performance.now() - begun)});
    book.close();
    stage.replaceChildren();
  }
  return answers;
};
window.follow = async ({name, url, settings, files}) => {
  stage.style.width = settings[0].width + 'px';
  stage.style.height = settings[0].height + 'px';
  const book = await (await engine(name)).open(url, stage, settings[0]);
  await settle();
  const documents = files.filter((f) => /\.xhtml$/.test(f)).map((f) => new URL(url + '/' + f, location).href);
  const looked = await ids(files.map((f) => url + '/' + f));
  const {counted, said} = await follow(book, documents);
  book.close();
  stage.replaceChildren();
  return [{counted: {ids: looked.counted, ...counted}, said: [...looked.said, ...said]}];
};
window.listen = async ({name, url, settings}) => {
  stage.style.width = settings[0].width + 'px';
  stage.style.height = settings[0].height + 'px';
  const book = await (await engine(name)).open(url, stage, settings[0]);
  const answer = await listen(book.view, url);
  book.close();
  stage.replaceChildren();
  return [answer];
};
// The node side sets the colours that a system forces.
window.look = async ({url, theme, files}) => {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'width: 360px; height: 640px; border: 0';
  stage.append(frame);
  const said = [];
  for (const file of files.filter((f) => /\.xhtml$/.test(f))) said.push(...await look(new URL(url + '/' + file, location).href, theme, frame));
  stage.replaceChildren();
  return [{said}];
};
// The node side takes the pictures of what is shown.
window.show = async ({name, url, setting, file}) => {
  stage.replaceChildren();
  stage.style.width = setting.width + 'px';
  stage.style.height = setting.height + 'px';
  const book = await (await engine(name)).open(url, stage, setting);
  await book.go(new URL(url + '/' + file, location).href);
  await book.here().doc.fonts.ready;
  await settle();
};
window.keep = keep;
window.compare = compare;
window.ready = true;
