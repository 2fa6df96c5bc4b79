// epub.js: the engine of many web readers.
export async function open(url, stage, {columns, size, family, width, height}) {
  const bytes = await (await fetch(url + '.epub')).arrayBuffer();
  const book = window.ePub(bytes);
  const rendition = book.renderTo(stage, {width, height, flow: 'paginated', spread: columns === 2 ? 'auto' : 'none', minSpreadWidth: 700});
  rendition.themes.fontSize(size + '%');
  rendition.themes.font(family);
  await rendition.display();
  const root = url + '/', folder = book.packaging ? book.path.directory.replace(/^\//, '') : '';
  return {
    here() {
      const {document: doc, sectionIndex} = rendition.getContents()[0];
      return {doc, name: book.spine.get(sectionIndex).href.split('/').pop(), frame: doc.defaultView.frameElement, window: stage};
    },
    // It goes to an element's left edge: in a book from right to left to where one that has several pages ends.
    farthest: book.packaging.metadata.direction === 'rtl',
    async next() {
      await rendition.next();
      return true;
    },
    go: (href) => rendition.display(href),
    toc: () => flat(book.navigation.toc),
    pages: () => book.pageList.pageList.map((p) => ({label: String(p.page), href: p.href})),
    local: (address) => address.slice(address.indexOf(root) + root.length).replace(folder, ''),
    // It has no pop-ups: a note mark leads to its note.
    async note(mark, href, until, visible) {
      mark.click();
      const doc = () => rendition.getContents()[0]?.document;
      return await until(() => visible(this, href)) && doc().getElementById(href.split('#')[1]).textContent;
    },
    close: () => book.destroy(),
  };
}

const flat = (items) => items.flatMap((i) => [{label: i.label.trim(), href: i.href}, ...flat(i.subitems ?? [])]);
