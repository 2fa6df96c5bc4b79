// Serves books and engines to headless Chromium and reads each book in each engine.
//   node run.cjs ENGINES < jobs    one JSON line a job: {engine, folder, settings} in, {job, answers | error} out
// ENGINES is the folder of the engines' files; a book is a folder beside its file, FOLDER and FOLDER.epub.
const fs = require('fs');
const http = require('http');
const path = require('path');
const puppeteer = require('puppeteer-core');

const TYPES = {
  '.html': 'text/html', '.xhtml': 'application/xhtml+xml', '.js': 'text/javascript', '.css': 'text/css', '.opf': 'application/oebps-package+xml',
  '.ncx': 'application/x-dtbncx+xml', '.xml': 'application/xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.svg': 'image/svg+xml',
  '.epub': 'application/epub+zip',
};

function serve(roots) {
  return new Promise((resolve) => {
    const server = http.createServer((request, answer) => {
      const [, root, ...rest] = decodeURIComponent(new URL(request.url, 'http://local').pathname).split('/');
      const file = path.join(roots[root] ?? '/nowhere', ...rest);
      if (!fs.existsSync(file) || !fs.statSync(file).isFile()) return answer.writeHead(404).end();
      answer.writeHead(200, {'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-store'});
      fs.createReadStream(file).pipe(answer);
    });
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

// Small pictures of a book's pages, compared with the kept ones.
async function picture(page, job, url) {
  for (const {setting, file} of job.settings) {
    await page.evaluate((asked) => window.show(asked), {name: job.engine, url, setting, file});
    const data = await page.screenshot({clip: {x: 0, y: 0, width: setting.width, height: setting.height}, encoding: 'base64'});
    await page.evaluate((png) => window.keep(png), 'data:image/png;base64,' + data);
  }
  return [await page.evaluate((kept) => window.compare(kept), job.kept)];
}

async function main() {
  const jobs = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const roots = {engines: process.argv[2], tests: __dirname};
  const server = await serve(roots);
  const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH || '/usr/bin/chromium', headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--disable-frame-rate-limit', '--disable-gpu-vsync',
           '--autoplay-policy=no-user-gesture-required'], protocolTimeout: 600000,
  });
  const origin = 'http://127.0.0.1:' + server.address().port;
  // One page for all jobs, as long as none fails: to open it takes longer than most of them.
  let page = null, session = null, errors = [];
  for (const job of jobs) {
    roots.books = path.dirname(job.folder);
    errors = [];
    try {
      if (!page) {
        page = await browser.newPage();
        page.on('pageerror', (error) => errors.push(error.message));
        await page.setViewport({width: 1200, height: 840});
        session = await page.createCDPSession();
        await page.goto(origin + '/tests/host.html');
        await page.waitForFunction('window.ready', {timeout: 60000});
      }
      await session.send('Emulation.setEmulatedMedia', {features: [
        {name: 'forced-colors', value: job.theme === 'forced' ? 'active' : 'none'},
        {name: 'prefers-color-scheme', value: ['dark', 'forced'].includes(job.theme) ? 'dark' : 'light'},
      ]});
      const url = origin + '/books/' + path.basename(job.folder);
      const answers = job.task === 'picture' ? await picture(page, job, url) : await page.evaluate((asked) => window[asked.task](asked), {
        task: job.task, name: job.engine, url, settings: job.settings, files: job.files, theme: job.theme,
      });
      console.log(JSON.stringify({job, answers, errors}));
    } catch (error) {
      console.log(JSON.stringify({job, error: String(error), errors}));
      await page?.close();
      page = null;
    }
  }
  await browser.close();
  server.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
