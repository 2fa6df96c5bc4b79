// What a page of a laid-out document holds: boxes of text and pictures against the columns that an engine made.

// Multi-column element of a document, with the edges of its first column and the distance to the next.
export function columns(doc) {
  const view = doc.defaultView;
  const root = [doc.documentElement, doc.body].find((e) => {
    const style = view.getComputedStyle(e);
    return style.columnWidth !== 'auto' || (style.columnCount !== 'auto' && style.columnCount !== '1');
  }) ?? doc.documentElement;
  const style = view.getComputedStyle(root);
  const box = root.getBoundingClientRect();
  const px = (name) => parseFloat(style[name]) || 0;
  const left = box.left + px('borderLeftWidth') + px('paddingLeft');
  const right = box.right - px('borderRightWidth') - px('paddingRight');
  const gap = px('columnGap'), wide = right - left;
  let count = parseInt(style.columnCount) || Infinity;
  if (style.columnWidth !== 'auto') count = Math.min(count, Math.max(1, Math.floor((wide + gap) / (px('columnWidth') + gap))));
  if (count === Infinity) count = 1;
  const width = (wide - (count - 1) * gap) / count;
  return {
    left, right, width, pitch: width + gap, count, rtl: style.direction === 'rtl',
    top: box.top + px('paddingTop'), bottom: box.bottom - px('paddingBottom'),
  };
}

// Boxes of lines and pictures in the order of the document, each with its column and what of it lies outside.
// `tall`: pictures may be higher than a page, which is then the engine's own doing.
export function boxes(doc, tall = false) {
  const found = [], grid = columns(doc);
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const range = doc.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (folded(node)) continue;
    if (node.nodeType === 3) {
      if (!node.nodeValue.trim()) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 0.5) place(found, grid, box, node.nodeValue.trim(), 0.3 * box.height);
    } else if (node.localName === 'img' || node.localName === 'svg') {
      for (const box of node.getClientRects()) place(found, grid, box, '[' + node.localName + ']', tall ? Infinity : 1);
    } else if (node.localName === 'td' && node.dataset.head) {
      for (const box of headed(node)) place(found, grid, box, '[head]', Infinity);
    } else if (edged(node)) {
      const last = [...node.getClientRects()].at(-1);
      if (last) place(found, grid, new DOMRect(last.left, last.bottom - 1, last.width, 1), '[edge]', Infinity);
    } else if (node.localName === 'li' && !node.closest('nav')) {
      const marker = mark(node, grid);
      if (marker) place(found, grid, marker, '[mark of "' + node.textContent.trim().slice(0, 20) + '"]', 1);
    }
  }
  return {grid, found};
}

// What a fold hides has boxes all the same.
function folded(node) {
  const element = node.nodeType === 3 ? node.parentElement : node;
  return element.closest('details:not([open])') && !element.closest('summary') && element.localName !== 'details';
}

function place(found, grid, box, text, slack) {
  const start = grid.rtl ? grid.right - box.right : box.left - grid.left;
  const column = Math.floor((start + 1.5) / grid.pitch);
  const over = Math.max(start - column * grid.pitch + box.width - grid.width, column < 0 ? -start : 0);
  const high = Math.max(grid.top - box.top, box.bottom - grid.bottom) - slack;
  const most = 1.5 + column / 100;  // fractions of pixels add up
  found.push({box, text, column, over: over > most ? Math.round(over) : 0, high: high > 1.5 ? Math.round(high) : 0});
}

// The pages of a cell up to its first word: where a table stands as lists, its head is there and has no rectangle.
function headed(cell) {
  const style = cell.ownerDocument.defaultView.getComputedStyle(cell);
  if (style.display !== 'block') return [];
  const range = cell.ownerDocument.createRange();
  range.selectNodeContents(cell);
  const first = [...range.getClientRects()].find((box) => box.width > 0.5), boxes = [...cell.getClientRects()];
  const at = first ? boxes.findIndex((box) => box.left <= first.left + 1 && first.left < box.right) : -1;
  return boxes.slice(0, at + 1);
}

function edged(element) {
  const style = element.ownerDocument.defaultView.getComputedStyle(element);
  return style.borderBottomStyle !== 'none' && parseFloat(style.borderBottomWidth) > 0;
}

// Where a list's mark stands that hangs outside its item: it has no rectangle of its own, and takes an em.
function mark(item, grid) {
  const style = item.ownerDocument.defaultView.getComputedStyle(item);
  if (style.display !== 'list-item' || style.listStyleType === 'none' || style.listStylePosition !== 'outside') return null;
  const box = item.getClientRects()[0];
  if (!box || !item.textContent.trim()) return null;
  const em = parseFloat(style.fontSize), line = Math.min(box.height, em);
  const left = grid.rtl ? box.right : box.left - em;
  return new DOMRect(left, box.top, em, line);
}

// Complaints of one laid-out document: columns without ink before its last, text outside its column.
export function faults({grid, found}) {
  if (!found.length) return {columns: 0, said: ['no ink at all']};
  const last = Math.max(...found.map((b) => b.column));
  const inked = new Set(found.filter((b) => !b.text.startsWith('[mark')).map((b) => b.column));
  const said = [];
  for (let c = 0; c < last; ++c) if (!inked.has(c)) said.push('column ' + (c + 1) + ' of ' + (last + 1) + ' has no ink');
  const outside = found.filter((b) => b.over || b.high);
  for (const b of outside.slice(0, 3))
    said.push('"' + b.text.slice(0, 30) + '" in column ' + (b.column + 1) + ' is ' + Math.max(b.over, b.high) + ' px outside, ' +
              (b.over ? 'sideways' : 'up or down'));
  if (outside.length > 3) said.push('and ' + (outside.length - 3) + ' more outside their columns');
  return {columns: last + 1, said};
}

// Boxes that a page shows: those that lie within the window that the reader looks through. `frame` is the document's iframe.
export function shown(found, frame, window) {
  const at = frame.getBoundingClientRect(), see = window.getBoundingClientRect();
  return found.filter(({box}) => {
    const middle = at.left + box.left + box.width / 2;
    return middle > see.left && middle < see.right;
  });
}
