// Small pictures of pages, beside those that are kept: a change of the looks is seen, a browser's new version isn't.
const WIDE = 120;    // pixels of a small picture
const CELL = 12;     // pixels of what is compared: more than a line, so that a line may move a little
const APART = 40;    // difference of two cells' greys, of 255
const SHARE = 0.08;  // share of a picture's cells that may differ so

const taken = [];

export async function keep(data) {
  const image = await createImageBitmap(await (await fetch(data)).blob());
  const canvas = new OffscreenCanvas(WIDE, Math.round(image.height * WIDE / image.width));
  const at = canvas.getContext('2d');
  at.imageSmoothingQuality = 'high';
  at.drawImage(image, 0, 0, canvas.width, canvas.height);
  taken.push(canvas);
}

// All small pictures side by side, as a PNG's address; and which of them differ from a kept one's.
export async function compare(kept) {
  const drawn = taken.splice(0);
  const high = Math.max(...drawn.map((d) => d.height));
  const sheet = new OffscreenCanvas(WIDE * drawn.length, high), at = sheet.getContext('2d');
  at.filter = 'grayscale(1)';
  drawn.forEach((d, n) => at.drawImage(d, n * WIDE, 0));
  const bytes = new Uint8Array(await (await sheet.convertToBlob({type: 'image/png'})).arrayBuffer());
  const png = btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));
  if (!kept) return {png, differ: drawn.map((_, n) => n)};
  const known = await createImageBitmap(await (await fetch('data:image/png;base64,' + kept)).blob());
  const other = new OffscreenCanvas(sheet.width, high);
  other.getContext('2d').drawImage(known, 0, 0);
  const same = known.width === sheet.width && known.height === high;
  return {png, differ: drawn.map((d, n) => n).filter((n) => !same || apart(at, other.getContext('2d'), n, drawn[n].height) > SHARE)};
}

// Share of the cells of picture n that differ.
function apart(one, other, n, high) {
  let cells = 0, differ = 0;
  for (let y = 0; y + CELL <= high; y += CELL) {
    for (let x = 0; x + CELL <= WIDE; x += CELL) {
      const [a, b] = [one, other].map((at) => grey(at.getImageData(n * WIDE + x, y, CELL, CELL).data));
      ++cells;
      if (Math.abs(a - b) > APART) ++differ;
    }
  }
  return differ / cells;
}

function grey(data) {
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += data[i] + data[i + 1] + data[i + 2];
  return sum / (data.length / 4 * 3);
}
