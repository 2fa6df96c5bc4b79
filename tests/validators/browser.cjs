// A browser for pages that are asked about: the address of its program may be given by the environment.
const puppeteer = require('puppeteer-core');

exports.launch = () => puppeteer.launch({
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH || '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu'],
});
