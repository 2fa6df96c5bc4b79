// Listens to a book that is read aloud, in foliate-js's own player, quickly: what it marks goes from the first sentence to the last
// document, in the order of the text, and is seen at its end.
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

export async function listen(view, url) {
  const {book, renderer, mediaOverlay: player} = view;
  if (!player) return {counted: {}, said: ['nothing is read aloud']};
  const sounding = book.sections.filter((s) => s.mediaOverlay);
  const order = [];
  for (const section of sounding) {
    const response = await fetch(url + '/' + section.id);
    const doc = new DOMParser().parseFromString(await response.text(), 'application/xhtml+xml');
    order.push(...[...doc.querySelectorAll('[id]')].map((e) => section.id + '#' + e.id));
  }
  const said = [], heard = [], seen = new Set();
  player.addEventListener('highlight', ({detail}) => heard.push(detail.text));
  player.addEventListener('error', ({detail}) => said.push(String(detail)));
  player.setVolume(0);
  player.setRate(16);
  player.start(book.sections.indexOf(sounding[0]));
  const last = sounding.at(-1).id;
  const begun = performance.now();
  while (!said.length && !(heard.at(-1)?.startsWith(last + '#') && seen.has(last))) {
    if (performance.now() - begun > 60000) said.push('it stopped after ' + heard.at(-1));
    for (const {doc, index} of renderer.getContents()) {
      const marked = doc.querySelector('.' + CSS.escape(book.media.activeClass));
      if (marked && doc.defaultView.getComputedStyle(marked).backgroundColor !== 'rgba(0, 0, 0, 0)') seen.add(book.sections[index].id);
    }
    await settle();
  }
  player.stop();
  const places = heard.map((text) => order.indexOf(text));
  if (places.includes(-1)) said.push(heard[places.indexOf(-1)] + ' is not in the text');
  const back = places.findIndex((place, n) => n > 0 && place < places[n - 1]);
  if (back !== -1) said.push(heard[back] + ' comes after ' + heard[back - 1]);
  for (const {id} of sounding) {
    if (!heard.some((text) => text.startsWith(id + '#'))) said.push(id + ' is passed over');
  }
  return {counted: {heard: heard.length, documents: sounding.length}, said};
}
