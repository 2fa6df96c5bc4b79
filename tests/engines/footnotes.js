// Thorium's function for footnotes (r2-navigator-js, renderer/webview/popupFootNotes.js), run as it is. Only what it
// is built on is ours: Electron's dialog becomes one that keeps its words, and Node's `path` the two functions that it calls.
const BASE = '/engines/r2-navigator-js/dist/es8-es2017/src/electron/';

const folder = (path) => path.split('/').slice(0, -1).join('/');
const path = {
  dirname: folder,
  relative(from, to) {
    const a = from.split('/').filter(Boolean), b = to.split('/').filter(Boolean);
    while (a.length && b.length && a[0] === b[0]) {
      a.shift();
      b.shift();
    }
    return [...a.map(() => '..'), ...b].join('/');
  },
};

export async function popup(link, href) {
  let said = null;
  class PopupDialog {
    constructor(doc, html) {
      const shown = doc.createElementNS('http://www.w3.org/1999/xhtml', 'div');
      shown.innerHTML = html;
      said = shown.textContent;
    }
    show() {}
  }
  const modules = {
    path, 'r2-utils-js/dist/es8-es2017/src/_utils/bom': {removeUTF8BOM: (text) => text.replace(/^\uFEFF/, '')},
    '../common/popup-dialog': {PopupDialog}, '../../common/styles': await load('common/styles.js', {}),
  };
  const {popupFootNote} = await load('renderer/webview/popupFootNotes.js', modules);
  const taken = await popupFootNote(link, () => {}, href, () => 0, () => {});
  return taken ? said : null;
}

async function load(file, modules) {
  const text = await (await fetch(BASE + file)).text(), exports = {};
  new Function('exports', 'require', text)(exports, (name) => {
    if (!(name in modules)) throw new Error('Thorium\'s code asks for ' + name);
    return modules[name];
  });
  return exports;
}
