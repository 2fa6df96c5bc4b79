// foliate-js: the engine of Foliate 3 and Readest.
import '/engines/foliate-js/view.js';
import {FootnoteHandler} from '/engines/foliate-js/footnotes.js';

export async function open(url, stage, {columns, size, family}) {
  const view = document.createElement('foliate-view');
  view.style.cssText = 'display: block; width: 100%; height: 100%';
  stage.append(view);
  const bytes = await (await fetch(url + '.epub')).blob();
  await view.open(new File([bytes], 'book.epub', {type: 'application/epub+zip'}));
  const {renderer, book} = view;
  const root = url + '/';
  renderer.setAttribute('max-column-count', columns);
  renderer.setAttribute('max-inline-size', columns === 2 ? '500px' : '2000px');
  renderer.setStyles?.('html { font-size: ' + size + '% } body { font-family: ' + family + ' !important }');
  await view.init({});
  return {
    view,
    here() {
      const {doc, index} = renderer.getContents()[0];
      return {doc, name: book.sections[index].id.split('/').pop(), frame: doc.defaultView.frameElement, window: stage};
    },
    async next() {
      await view.next();
      return true;
    },
    go: (href) => view.goTo(href),
    toc: () => flat(book.toc),
    pages: () => flat(book.pageList),
    local: (address) => decodeURIComponent(address.slice(address.indexOf(root) + root.length)),
    // What the engine's own handler of footnotes renders for a note mark.
    note: (mark) => new Promise((resolve, reject) => {
      const handler = new FootnoteHandler();
      handler.detectFootnotes = false;  // only what is marked as a note
      handler.addEventListener('before-render', ({detail}) => {
        detail.view.style.cssText = 'display: block; width: 300px; height: 300px';
        stage.append(detail.view);
      });
      handler.addEventListener('render', ({detail}) => {
        const text = detail.view.renderer.getContents()[0].doc.body.textContent;
        resolve(detail.type ? text : 'a note without a type: ' + text);
        detail.view.remove();
      });
      view.addEventListener('link', (event) => Promise.resolve(handler.handle(book, event) ?? resolve('no note')).catch(reject), {once: true});
      mark.click();
    }),
    close: () => view.close(),
  };
}

const flat = (items) => (items ?? []).flatMap((i) => [{label: i.label, href: i.href}, ...flat(i.subitems)]);
