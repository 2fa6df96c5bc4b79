// Can each word and picture be seen: light, dark, in forced colours, without the book's own sheets?
const LEAST = 4.5;        // contrast of text, WCAG 2.2, 1.4.3
const SMALLEST = 7;       // pixels of type at 100 %
const PICTURE = 0.01;     // share of a picture's pixels that differ from the page

// How a reading system makes the colours, as a sheet of its own.
const SHEETS = {
  light: '', dark: ':root { color-scheme: dark; background: #121212 !important; color: #ddd !important }',
  forced: '', bare: '',
};

export async function look(address, theme, frame) {
  await new Promise((resolve) => {
    frame.onload = resolve;
    frame.src = address;
  });
  const doc = frame.contentDocument;
  if (theme === 'bare') for (const sheet of doc.querySelectorAll('link[rel=stylesheet], style')) sheet.remove();
  const style = doc.createElementNS('http://www.w3.org/1999/xhtml', 'style');
  style.textContent = SHEETS[theme];
  doc.head.append(style);
  for (const fold of doc.querySelectorAll('details')) fold.open = true;
  await doc.fonts.ready;
  return [...words(doc), ...await pictures(doc)].map((c) => address.split('/').pop() + ', ' + theme + ': ' + c);
}

function words(doc) {
  const said = [], view = doc.defaultView, canvas = ground(doc);
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, words = node.nodeValue.trim();
    if (!words || element.closest('[hidden]')) continue;
    const style = view.getComputedStyle(element), size = parseFloat(style.fontSize);
    const range = doc.createRange();
    range.selectNodeContents(node);
    const name = '"' + words.slice(0, 30) + '" ';
    if (!range.getClientRects().length || style.visibility !== 'visible' || parseFloat(style.opacity) < 0.5) said.push(name + 'is not shown');
    else if (size < SMALLEST) said.push(name + 'is ' + size + ' px high');
    else {
      const seen = contrast(colour(style.color), behind(element, canvas));
      if (seen < LEAST) said.push(name + 'has a contrast of ' + seen.toFixed(1));
    }
  }
  return said;
}

async function pictures(doc) {
  const said = [], canvas = ground(doc);
  for (const image of doc.querySelectorAll('img')) {
    await image.decode();
    const at = new OffscreenCanvas(64, 64).getContext('2d');
    at.fillStyle = 'rgb(' + canvas.slice(0, 3).join() + ')';
    at.fillRect(0, 0, 64, 64);
    at.drawImage(image, 0, 0, 64, 64);
    const {data} = at.getImageData(0, 0, 64, 64);
    let apart = 0;
    for (let i = 0; i < data.length; i += 4) if (contrast([...data.slice(i, i + 3), 1], canvas) > 1.5) ++apart;
    if (apart / (data.length / 4) < PICTURE) said.push('picture ' + image.getAttribute('src') + ' can\'t be told from the page');
  }
  return said;
}

// Colour of the page: the root's, the body's, or what the engine paints where neither has one.
function ground(doc) {
  const view = doc.defaultView, probe = doc.createElementNS('http://www.w3.org/1999/xhtml', 'i');
  probe.style.backgroundColor = 'Canvas';
  doc.body.append(probe);
  const plain = colour(view.getComputedStyle(probe).backgroundColor);
  probe.remove();
  for (const e of [doc.documentElement, doc.body]) {
    const own = colour(view.getComputedStyle(e).backgroundColor);
    if (own[3] > 0.5) return own;
  }
  return plain;
}

function behind(element, canvas) {
  for (let e = element; e; e = e.parentElement) {
    const own = colour(e.ownerDocument.defaultView.getComputedStyle(e).backgroundColor);
    if (own[3] > 0.5) return own;
  }
  return canvas;
}

function colour(text) {
  const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  const scale = text.startsWith('color(') ? 255 : 1;
  return [...numbers.slice(0, 3).map((n) => n * scale), numbers[3] ?? 1];
}

function luminance([r, g, b]) {
  const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
}

// Text that lets the ground through is as faint as its share says.
function contrast(ink, paper) {
  const mixed = ink.slice(0, 3).map((v, i) => v * ink[3] + paper[i] * (1 - ink[3]));
  const [a, b] = [luminance(mixed), luminance(paper)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
