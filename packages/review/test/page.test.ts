import axe from 'axe-core';
import { JSDOM, VirtualConsole } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { type Comparison, differenceHtml, type DifferencePageOptions, diffModels } from '../src/index.js';
import { edited, modelOf, STROKE } from './models.js';

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Care</title><g class="mark-added"><text>x</text></g></svg>';
const OPTIONS: DifferencePageOptions = {
  link: (origin) => `https://example.org/${origin.file}#L${origin.line}`,
  pictures: [{ title: 'Acute stroke care', light: PICTURE, dark: PICTURE }],
  figures: [
    { caption: 'Consequences', header: ['figure', 'before'], rows: [['Wait', '3 min']], notes: ['By closed forms.'] },
  ],
};

async function comparison(after: string): Promise<Comparison> {
  return {
    from: 'main',
    to: 'work',
    projects: [{ path: 'care', difference: diffModels(await modelOf(STROKE), await modelOf(after)) }],
  };
}

const CHANGED = edited(
  ['    handover to RoyalDevon by phone\n', ''],
  ['count 10', 'count 12'],
  ['"Thrombolysis" when', '"<b>Lysis</b>" when'],
);

describe('the page of a difference', () => {
  test('has no flaw that axe finds', async () => {
    const html = differenceHtml(await comparison(CHANGED), OPTIONS);
    const { window } = new JSDOM(html, { runScripts: 'outside-only', virtualConsole: new VirtualConsole() });
    window.eval(axe.source);
    // Colours and layout do not exist here.
    const run = window.eval(
      "axe.run(document, { rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } } })",
    ) as Promise<axe.AxeResults>;
    const { violations } = await run;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: node }) => node).join()}`)).toEqual([]);
  });

  test('loads nothing, runs nothing, and escapes what it shows', async () => {
    const html = differenceHtml(await comparison(CHANGED), OPTIONS);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|src=/);
    expect(html).not.toContain('<b>Lysis');
  });

  test('leads each change to its line, and never to a script', async () => {
    const html = differenceHtml(await comparison(CHANGED), OPTIONS);
    expect(html).toMatch(/href="https:\/\/example\.org\/care\/care\.pathway#L\d+"/);
    const bad = differenceHtml(await comparison(CHANGED), { link: () => 'javascript:alert(1)' });
    expect(bad).not.toContain('javascript:');
  });

  test('offers either version or both, by style alone', async () => {
    const { document } = new JSDOM(differenceHtml(await comparison(CHANGED), OPTIONS)).window;
    const radios = [...document.querySelectorAll('input[name="view"]')];
    expect(radios.map(({ id }) => id)).toEqual(['view-both', 'view-before', 'view-after']);
    expect(document.querySelectorAll('figure svg')).toHaveLength(2);
  });

  test('colours nothing where one version alone is shown', async () => {
    const html = differenceHtml(await comparison(CHANGED), OPTIONS);
    const one = 'body:has(:is(#view-before,#view-after):checked)';
    expect(html).toContain(`${one} :is(.mark-added,.mark-removed,.mark-changed){filter:grayscale(1)}`);
    expect(html).toContain(`${one} .key{visibility:hidden}`);
  });

  test('says so where nothing differs', async () => {
    expect(differenceHtml(await comparison(STROKE))).toContain('No semantic change');
  });
});
