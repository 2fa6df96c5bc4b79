// Searching without a server: the index is fetched when somebody first asks, and compared here. Without this file the
// lists lead to the same pages.
'use strict';

(() => {
  const byId = (id) => document.getElementById(id + '~');
  const form = byId('search');
  if (!form) return;
  // At once: nothing below the form has been drawn yet, so nothing moves.
  form.hidden = false;
  document.addEventListener('DOMContentLoaded', () => begin(byId, form));
})();

function begin(byId, form) {
  const list = byId('list'), found = byId('found');
  if (!list) return;
  const words = byId('words'), language = byId('language'), subject = byId('subject'), length = byId('length');
  const pager = byId('pager');
  const asWritten = [...list.children];
  const most = 96;
  let all = null;

  // Small letters without marks: "Été" is found by "ete".
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  const element = (name, text, attributes) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const item = (one) => {
    const li = element('li', '', { lang: one.lang, dir: one.dir });
    const link = element('a', '', { href: one.href });
    if (one.cover) link.append(element('img', '', { src: one.cover, alt: '', width: one.width, height: one.height }));
    link.append(element('b', one.title, {}));
    const facts = element('span', one.language + (one.variant ? ` (${one.variant})` : ''), { class: 'facts' });
    if (one.pages) facts.append(' · ', element('span', `${one.pages} page${one.pages === 1 ? '' : 's'}`, { lang: 'en', dir: 'ltr' }));
    li.append(link, element('span', one.authors || '', {}), facts);
    return li;
  };

  const fill = (select, values) => {
    for (const [value, name] of [...values].sort((a, b) => (a[1] < b[1] ? -1 : 1))) select.append(element('option', name, { value }));
  };

  const load = async () => {
    if (all) return;
    const answer = await fetch(form.dataset.index);
    if (!answer.ok) return;
    const summaries = await answer.json();
    if (all) return;
    all = summaries;
    const languages = new Map(), subjects = new Map();
    for (const one of all) {
      one.plain = plain([one.title, one.authors || '', ...one.subjects].join(' '));
      one.primary = one.lang.split('-')[0];
      if (!languages.has(one.primary)) languages.set(one.primary, one.language);
      for (const name of one.subjects) subjects.set(name, name);
    }
    fill(language, languages);
    fill(subject, subjects);
  };

  const show = async () => {
    await load();
    if (!all) return;
    const asked = plain(words.value).split(/\s+/).filter(Boolean);
    const [least, greatest] = length.value.split('-').map(Number);
    const nothing = !asked.length && !language.value && !subject.value && !length.value;
    const matches = nothing ? [] : all.filter((one) =>
      asked.every((word) => one.plain.includes(word)) &&
      (!language.value || one.primary === language.value) &&
      (!subject.value || one.subjects.includes(subject.value)) &&
      (!length.value || (one.pages >= least && (!greatest || one.pages <= greatest))));
    list.replaceChildren(...(nothing ? asWritten : matches.slice(0, most).map(item)));
    if (pager) pager.hidden = !nothing;
    const count = matches.length === 1 ? '1 summary' : `${matches.length} summaries`;
    found.textContent = nothing ? '' : matches.length > most ? `${count}; the first ${most} are shown` : count;
  };

  form.addEventListener('focusin', load);
  form.addEventListener('pointerdown', load);
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
}
