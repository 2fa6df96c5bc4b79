// A site in Chromium, as its readers meet it. One line of JSON a complaint; none if all is well.
//   node site.cjs AXE FOLDER ADDRESS PATH…   with NODE_PATH holding puppeteer-core; FOLDER: for downloads, with and without
//                                            scripts; PATH: pages below ADDRESS, the first the index
// Each page, light and dark, at three widths: axe-core (WCAG 2.2 AA and its best practices), nothing wider than the window,
// no answer but the site's own and all of them there, nothing that the browser says; nothing that moves, few bytes. Then the
// site is used by keyboard alone, and so it is without scripts.
const {launch} = require('./browser.cjs');
const fs = require('fs');

const [axe, folder, address, ...paths] = process.argv.slice(2);
const complain = (what, where) => console.log(JSON.stringify({where, what}));

async function look(page, path) {
  for (const [width, height] of [[320, 640], [820, 1100], [1280, 900]]) {
    for (const scheme of ['light', 'dark']) {
      const where = `${path} ${width} ${scheme}`;
      await page.setViewport({width, height});
      await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
      await page.goto(address + path, {waitUntil: 'networkidle0'});
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) complain(`${wide} pixels wide`, where);
      if (width === 820) continue;
      await page.evaluate(fs.readFileSync(axe, 'utf8'));
      const found = await page.evaluate(() => axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'target-size': {enabled: true}},
      }));
      for (const one of found.violations) complain(`${one.id}: ${one.help}: ${one.nodes[0].html}`, where);
      if (found.passes.length < 10) complain('axe-core looked at nothing', where);
    }
  }
}

const press = async (page, keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

async function search(page) {
  await page.goto(address + paths[0], {waitUntil: 'networkidle0'});
  const before = await page.$$eval('.summaries li', (items) => items.length);
  if (!await tabTo(page, 'input[type=search]', 'search')) return;
  await page.keyboard.type('aud');
  await page.waitForFunction(() => document.querySelector('[role=status]').textContent !== '');
  const [count, titles] = await page.evaluate(() => [document.querySelector('[role=status]').textContent,
                                                     [...document.querySelectorAll('.summaries b')].map((b) => b.textContent)]);
  if (before < 2 || titles.length === 0 || titles.length >= before || !count.startsWith(`${titles.length} `))
    complain(`found ${titles.length} of ${before}: ${count}`, 'search');
  await press(page, Array(8).fill('Backspace'));
  await page.waitForFunction(() => document.querySelector('[role=status]').textContent === '');
  const after = await page.$$eval('.summaries li', (items) => items.length);
  if (after !== before) complain(`${after} of ${before} are back`, 'search');
}

// Lighthouse's measures of a page that nobody has asked for before: what moves while it is loaded, and what it takes besides
// the cover. Both themes and the narrow window are looked at above; it is measured as a telephone sees it.
async function measure(browser, path) {
  const where = `${path} measured`;
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({width: 412, height: 823, deviceScaleFactor: 2});
  await page.evaluateOnNewDocument(() => {
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
      .observe({type: 'layout-shift', buffered: true});
  });
  await page.goto(address + path, {waitUntil: 'networkidle0'});
  // Down the page, so that pictures that are loaded late come, too.
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 400) {
      window.scrollTo(0, y);
      await new Promise(requestAnimationFrame);
    }
    await Promise.all([...document.images].map((image) => image.decode()));
    await new Promise(requestAnimationFrame);
  });
  const found = await page.evaluate(() => ({
    shift: window.shifts.reduce((sum, value) => sum + value, 0),
    hasObserver: PerformanceObserver.supportedEntryTypes.includes('layout-shift'),
    sizes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => [entry.name, entry.initiatorType, entry.decodedBodySize]),
  }));
  if (!found.hasObserver || found.sizes.length < 3) complain('nothing is measured', where);
  if (found.shift !== 0) complain(`what is seen moves: ${found.shift}`, where);
  const bytes = found.sizes.filter(([, kind]) => kind !== 'img').reduce((sum, [, , size]) => sum + size, 0);
  if (bytes >= 100000) complain(`${bytes} bytes besides the covers`, where);
  await context.close();
}

// The Tab key until the element has the focus, which must be seen; each stop on the way, too.
async function tabTo(page, selector, where) {
  for (let count = 0; count < 200; ++count) {
    const at = await page.evaluate((wanted) => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      return {is: element.matches(wanted), seen: element === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
              html: element.outerHTML.slice(0, 100)};
    }, selector);
    if (!at.seen) complain(`the focus is not seen on ${at.html}`, where);
    if (at.is) return true;
    await page.keyboard.press('Tab');
  }
  complain(`the keyboard doesn't reach ${selector}`, where);
  return false;
}

// By keyboard alone: find a summary, read its takeaways, go to another language, download PDF and EPUB. Prints nothing
// itself; the files are in `folder` for the caller to compare.
async function useByKeyboard(browser, folder, scripts) {
  const where = scripts ? 'keyboard' : 'keyboard without scripts';
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(scripts);
  const client = await browser.target().createCDPSession();
  await client.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: folder, eventsEnabled: true});
  const follow = async (selector) => {
    if (!await tabTo(page, selector, where)) return;
    await Promise.all([page.waitForNavigation({waitUntil: 'networkidle0'}), page.keyboard.press('Enter')]);
  };
  await page.goto(address, {waitUntil: 'networkidle0'});
  if (scripts) {
    if (await tabTo(page, 'input[type=search]', where)) await page.keyboard.type('audrain push');
    await page.waitForFunction(() => document.querySelector('[role=status]').textContent !== '');
  }
  await follow('.summaries li[lang="en-GB"] a[href*="the-push-"]');
  const takeaways = await page.$$eval('ol.takeaways > li', (items) => items.map((item) => item.innerText.trim()));
  if (takeaways.length < 3 || takeaways.some((text) => text.length < 20)) complain(`takeaways: ${takeaways.length}`, where);
  await follow('.editions a[hreflang="de"]');
  if (await page.$eval('html', (html) => html.lang) !== 'de') complain('no other language', where);
  await follow('.editions a[hreflang="en-GB"]');
  for (const ending of ['.pdf', '.epub']) {
    const ended = new Promise((resolve) => client.on('Browser.downloadProgress', (event) => event.state !== 'inProgress' && resolve(event.state)));
    if (!await tabTo(page, `.buttons a[download="the-push${ending}"]`, where)) continue;
    await page.keyboard.press('Enter');
    const state = await ended;
    if (state !== 'completed') complain(`${ending}: the download is ${state}`, where);
    client.removeAllListeners('Browser.downloadProgress');
  }
  await page.close();
}

(async () => {
  const browser = await launch();
  const page = await browser.newPage();
  page.on('console', (said) => complain(said.text(), page.url()));
  page.on('pageerror', (error) => complain(String(error), page.url()));
  page.on('request', (request) => request.url().startsWith(address) || complain(`asks for ${request.url()}`, page.url()));
  page.on('response', (response) => response.status() < 400 || complain(`${response.status()} ${response.url()}`, page.url()));
  for (const path of paths) await look(page, path);
  for (const path of paths) await measure(browser, path);
  await search(page);
  await useByKeyboard(browser, `${folder}/scripts`, true);
  await useByKeyboard(browser, `${folder}/none`, false);
  await page.setJavaScriptEnabled(false);
  await page.goto(address + paths[0]);
  if (await page.$eval('form', (form) => form.checkVisibility?.() ?? !form.hidden)) complain('a form that does nothing', 'without scripts');
  if ((await page.$$('.summaries a')).length < 2) complain('no summaries', 'without scripts');
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
