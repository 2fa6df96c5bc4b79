// Opens PDFs in pdf.js: one JSON line a file, {file, complaints, labels, pages: [text of each page]}.
//   node pdfjs.mjs FOLDER FILE…   FOLDER: where node_modules/pdfjs-dist is
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [folder, ...files] = process.argv.slice(2);
const dist = path.join(folder, 'node_modules', 'pdfjs-dist');
const said = [];
for (const channel of ['log', 'warn', 'error']) console[channel] = (...words) => said.push(words.join(' '));
const {getDocument, VerbosityLevel} = await import(pathToFileURL(path.join(dist, 'legacy', 'build', 'pdf.mjs')));
said.length = 0;  // what it says of its surroundings while it loads

for (const file of files) {
  const pages = [];
  let labels = null;
  try {
    const task = getDocument({
      data: new Uint8Array(fs.readFileSync(file)),
      standardFontDataUrl: path.join(dist, 'standard_fonts') + path.sep,
      cMapUrl: path.join(dist, 'cmaps') + path.sep,
      verbosity: VerbosityLevel.WARNINGS,
    });
    const document = await task.promise;
    labels = await document.getPageLabels();
    for (let number = 1; number <= document.numPages; ++number) {
      const page = await document.getPage(number);
      await page.getOperatorList();  // reads every font, image and content stream
      const content = await page.getTextContent();
      pages.push(content.items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join(''));
    }
    await task.destroy();
  } catch (error) {
    said.push(String(error));
  }
  process.stdout.write(JSON.stringify({file, complaints: said.splice(0), labels, pages}) + '\n');
}
