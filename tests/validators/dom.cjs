// What Chromium makes of pages: one line of JSON a page.
//   node dom.cjs ADDRESS PATH…   with NODE_PATH holding puppeteer-core
// {path, heading, elements, attributes, scripts, addresses, ran, said}: names of all elements and attributes, type and address
// of each script, schemes of links, whether a script of the text's own ran (it would set window.ran), and whatever the browser
// says or asks of others. Without the page's own policy, which would hide what it stops.
const {launch} = require('./browser.cjs');

const [address, ...paths] = process.argv.slice(2);

(async () => {
  const browser = await launch();
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  let said = [];
  page.on('dialog', (dialog) => { said.push('a dialog'); dialog.dismiss(); });
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => said.push(message.text()));
  page.on('request', (request) => { if (!request.url().startsWith(address)) said.push(request.url()); });
  page.on('response', (response) => { if (response.status() >= 400) said.push(`${response.status()} ${response.url()}`); });
  for (const path of paths) {
    said = [];
    await page.goto(address + path, {waitUntil: 'load'});
    const found = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')], once = (list) => [...new Set(list)].sort();
      for (const one of all)
        if (one.localName !== 'a') for (const event of ['mouseover', 'focus', 'click']) one.dispatchEvent(new Event(event));
      for (const one of document.querySelectorAll('script[type="application/ld+json"]')) JSON.parse(one.textContent);
      return {
        heading: document.querySelector('h1').textContent,
        elements: once(all.map((one) => one.localName)),
        attributes: once(all.flatMap((one) => one.getAttributeNames())),
        scripts: once([...document.scripts].map((one) => one.type || (one.getAttribute('src') ?? 'inline').split('/').pop())),
        addresses: once([...document.links].map((one) => one.protocol)),
        ran: window.ran !== undefined,
      };
    });
    console.log(JSON.stringify({path, ...found, said}));
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
