// A site in Chromium, as its readers meet it. One line of JSON a complaint; none if all is well.
//   node site.cjs AXE ADDRESS PATH…   with NODE_PATH holding puppeteer-core; PATH: pages below ADDRESS, the first the index
// Each page, light and dark, at three widths: axe-core (WCAG 2.2 AA and its best practices), nothing wider than the window,
// no answer but the site's own and all of them there, nothing that the browser says. Then the index is searched by
// keyboard alone, and pages are opened without scripts.
const puppeteer = require('puppeteer-core');
const fs = require('fs');

const [axe, address, ...paths] = process.argv.slice(2);
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
      if ((width === 320) !== (scheme === 'dark') || width === 820) continue;
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
  await press(page, ['Tab', 'Tab', 'Tab']);  // the skip link, the site's name, the field
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

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH || '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  page.on('console', (said) => complain(said.text(), page.url()));
  page.on('pageerror', (error) => complain(String(error), page.url()));
  page.on('request', (request) => request.url().startsWith(address) || complain(`asks for ${request.url()}`, page.url()));
  page.on('response', (response) => response.status() < 400 || complain(`${response.status()} ${response.url()}`, page.url()));
  for (const path of paths) await look(page, path);
  await search(page);
  await page.setJavaScriptEnabled(false);
  await page.goto(address + paths[0]);
  if (await page.$eval('form', (form) => form.checkVisibility?.() ?? !form.hidden)) complain('a form that does nothing', 'without scripts');
  if ((await page.$$('.summaries a')).length < 2) complain('no summaries', 'without scripts');
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
