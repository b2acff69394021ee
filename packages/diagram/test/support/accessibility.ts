import axe from 'axe-core';
import { JSDOM, VirtualConsole } from 'jsdom';

/** Ids of the rules for accessibility that a drawing on a page breaks; colours are tested with the theme. */
export async function accessibilityViolations(svg: string): Promise<readonly string[]> {
  const page = new JSDOM(
    `<!doctype html><html lang="en"><head><title>Page</title></head><body><main><h1>Page</h1>${svg}</main></body></html>`,
    { runScripts: 'outside-only', virtualConsole: new VirtualConsole() },
  );
  page.window.eval(axe.source);
  const run = page.window.eval(
    'axe.run(document, { rules: { "color-contrast": { enabled: false } } })',
  ) as Promise<axe.AxeResults>;
  return (await run).violations.map((violation) => violation.id);
}
