// Writes test/support/chromium-widths.json: how wide Chromium draws texts of many scripts, in pixels at 100 pixels of
// font size, with Inter and the Noto fonts installed. Run: npm run chromium-widths -w packages/diagram
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FONTS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const texts = JSON.parse(readFileSync(here('../test/support/texts.json'), 'utf8'));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? 'chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
await page.setContent(
  `<svg xmlns="http://www.w3.org/2000/svg" font-family="${FONTS}"><text font-size="100"></text></svg>`,
);
const measured = await page.evaluate((scripts) => {
  const text = document.querySelector('text');
  return Object.entries(scripts).flatMap(([script, samples]) =>
    samples.map((sample) => {
      text.textContent = sample;
      const [regular, semibold] = ['400', '600'].map((weight) => {
        text.setAttribute('font-weight', weight);
        return Math.round(text.getBBox().width);
      });
      return { script, text: sample, regular, semibold };
    }),
  );
}, texts);
await browser.close();
writeFileSync(here('../test/support/chromium-widths.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
