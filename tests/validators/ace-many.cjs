// DAISY Ace over many EPUBs with one browser: ace-many.cjs MODULES OUT FILE…
// MODULES is the folder of node modules that holds Ace; each file's report goes to OUT/N/report.json, N its place from 0.
// Prints "checked N" for each file that was checked, "refused N WHY" for what could not be opened.
// Ace's own command starts a browser for each file, which is most of its time.
const path = require('path');
const [modules, out, ...files] = process.argv.slice(2);
const from = (name) => require(path.join(modules, name));
const ace = from('@daisy/ace-core');
const logger = from('@daisy/ace-logger');
const runner = from('@daisy/ace-axe-runner-puppeteer');

(async () => {
  logger.initLogger({ silent: true, verbose: false, fileName: 'ace-many.log' });
  // Ace's checker launches and closes around each publication: the browser stays until all are done.
  await runner.launch();
  const oneBrowser = { ...runner, launch: async () => {}, close: async () => {} };
  for (const [n, file] of files.entries()) {
    try {
      await ace(file, { cwd: process.cwd(), outdir: path.join(out, String(n)), verbose: false, silent: true, initLogger: false }, oneBrowser);
      console.log(`checked ${n}`);
    } catch (error) {
      console.log(`refused ${n} ${String((error && error.message) || error).replace(/\s+/g, ' ')}`);
    }
  }
  await runner.close();
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
