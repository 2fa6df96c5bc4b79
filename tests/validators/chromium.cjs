// Opens PDFs in Chromium's own viewer (PDFium): one JSON line a file, {file, state, pages}.
//   node chromium.cjs FILE…   with NODE_PATH holding puppeteer-core
// The viewer is an extension's page; its object `viewer` says whether the document was loaded.
const puppeteer = require('puppeteer-core');
const {pathToFileURL} = require('url');

async function viewerState(browser) {
  for (const target of browser.targets()) {
    if (!target.url().startsWith('chrome-extension://') || target.type() === 'service_worker') continue;
    const session = await target.createCDPSession();
    const expression =
        'JSON.stringify({state: viewer.loadState_ ?? "loading", pages: viewer.documentDimensions?.pageDimensions?.length ?? 0})';
    const answer = await session.send('Runtime.evaluate', {expression}).catch(() => null);
    await session.detach().catch(() => {});
    if (answer?.result?.value) return JSON.parse(answer.result.value);
  }
  return null;
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH || '/usr/bin/chromium',
    headless: true,
    // The viewer as a frame of its own is not listed among the targets; the older way is.
    enableExtensions: true,  // the viewer is one
    args: ['--no-sandbox', '--disable-gpu', '--disable-features=PdfOopif'],
  });
  for (const file of process.argv.slice(2)) {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href).catch(() => {});
    let seen = null;
    for (let tries = 0; tries < 150; ++tries) {
      seen = await viewerState(browser);
      if (seen && seen.state !== 'loading' && (seen.state !== 'success' || seen.pages > 0)) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    console.log(JSON.stringify({file, state: seen?.state ?? 'no viewer', pages: seen?.pages ?? 0}));
    await page.close();
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
