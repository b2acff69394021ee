// What a person does in the workbench: opens files, types, looks at marks, menus and panels.

const SOON = 30_000;

/** A workbench with a folder open. */
export async function openWorkbench(browser, served, folder, size = { width: 1400, height: 900 }) {
  const page = await (await browser.newContext({ viewport: size })).newPage();
  page.on('console', (m) => process.env.V && console.log('  :', m.text().slice(0, 400)));
  await page.goto(`${served.base}/?folder=${folder}`);
  await page.waitForSelector('.monaco-workbench .explorer-folders-view .monaco-list-row', { timeout: 90_000 });
  return new Workbench(page);
}

class Workbench {
  constructor(page) {
    this.page = page;
  }

  /** Opens a file by its name, as Ctrl+P does. */
  async open(name) {
    await this.page.keyboard.press('Control+p');
    await this.page.waitForSelector('.quick-input-widget input', { timeout: SOON });
    await this.page.keyboard.type(name);
    await this.page.waitForSelector('.quick-input-widget .monaco-list-row.focused', { timeout: SOON });
    await this.page.waitForTimeout(700);
    await this.page.keyboard.press('Enter');
    await this.page.waitForSelector('.editor-group-container .monaco-editor .view-lines', { timeout: SOON });
    await this.page.waitForTimeout(500);
  }

  /** Runs a command by its name. */
  async run(command) {
    await this.page.keyboard.press('F1');
    await this.page.waitForSelector('.quick-input-widget input', { timeout: SOON });
    await this.page.keyboard.type(command);
    await this.page.waitForSelector('.quick-input-widget .monaco-list-row.focused', { timeout: SOON });
    await this.page.waitForTimeout(600);
    await this.page.keyboard.press('Enter');
    await this.page.waitForTimeout(300);
  }

  /** Puts the cursor before a text, with the editor's own search. */
  async goTo(text, steps = 0) {
    const { keyboard } = this.page;
    await this.page.locator('.editor-group-container .monaco-editor .view-lines').first().click();
    await keyboard.press('Control+Home');
    await keyboard.press('Control+f');
    await this.page.waitForSelector('.find-widget.visible', { timeout: SOON });
    await keyboard.press('Control+a');
    await keyboard.type(text);
    await this.page.waitForTimeout(300);
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    await keyboard.press('ArrowLeft');
    for (let step = 0; step < steps; step++) await keyboard.press('ArrowRight');
  }

  /** Puts another text in the place of the first one like it. */
  async replace(text, by) {
    await this.goTo(text);
    for (let step = 0; step < text.length; step++) await this.page.keyboard.press('Shift+ArrowRight');
    await this.page.keyboard.insertText(by);
  }

  async marked(isThere = true) {
    await this.page.waitForSelector('.monaco-editor .squiggly-error', {
      timeout: SOON,
      state: isThere ? 'attached' : 'detached',
    });
  }

  /** The page inside the panel whose title begins so. */
  async panel(inside) {
    const { page } = this;
    for (let tries = 0; tries < 150; tries++) {
      for (const frame of page.frames()) {
        const count = await frame
          .locator(inside)
          .count()
          .catch(() => 0);
        if (count > 0) return frame;
      }
      await page.waitForTimeout(200);
    }
    throw new Error(`no panel shows ${inside}`);
  }

  /** The titles in the menu of fixes at the cursor. */
  async fixes() {
    await this.page.keyboard.press('Control+.');
    await this.page.waitForSelector('.action-widget .monaco-list-row', { timeout: SOON });
    return this.page.locator('.action-widget .monaco-list-row').allInnerTexts();
  }

  async completions() {
    await this.page.keyboard.press('Control+Space');
    await this.page.waitForSelector('.suggest-widget.visible .monaco-list-row', { timeout: SOON });
    return this.page
      .locator('.suggest-widget .monaco-list-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }
}
