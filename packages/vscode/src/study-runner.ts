import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import * as z from 'zod';
import { differences } from './differences.js';
import type { TaskWorker } from './surroundings.js';
import { modelAnswerSchema, type StudyAnswer, studyAnswerSchema } from './tasks.js';
import { isDarkTheme } from './theme.js';

const originSchema = z.object({ file: z.string(), line: z.number() });
const modelSchema = z.object({
  studies: z.array(z.object({ id: z.string(), name: z.string(), title: z.string().optional() })),
  expectations: z.array(z.object({ id: z.string(), origin: originSchema })),
});

type Done = Extract<StudyAnswer, { kind: 'done' }>;

/** A panel with the results of a study, and its page in either colours. */
interface Shown {
  readonly panel: vscode.WebviewPanel;
  pages: Done['pages'];
}

/** Runs studies, shows their reports, and marks what does not hold. */
export class StudyRunner implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #newWorker: () => TaskWorker;
  readonly #broken = vscode.languages.createDiagnosticCollection('pathway-studies');
  readonly #last = new Map<string, Done['figures']>();
  readonly #panels = new Map<string, Shown>();
  readonly #themes = vscode.window.onDidChangeActiveColorTheme(() => {
    for (const shown of this.#panels.values()) fill(shown);
  });

  constructor(client: BaseLanguageClient, newWorker: () => TaskWorker) {
    this.#client = client;
    this.#newWorker = newWorker;
  }

  dispose(): void {
    this.#themes.dispose();
    this.#broken.dispose();
    for (const { panel } of this.#panels.values()) panel.dispose();
  }

  /** Runs a study of a file's project; asks which where none is named. */
  async run(uri = vscode.window.activeTextEditor?.document.uri, name?: string): Promise<void> {
    if (uri === undefined) {
      void vscode.window.showInformationMessage('Open a Pathway file first.');
      return;
    }
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage('Studies are not run in a workspace that is not trusted.');
      return;
    }
    const answer = modelAnswerSchema.parse(await this.#client.sendRequest('pathway/model', { uri: uri.toString() }));
    if (answer.model === undefined || answer.isStale) {
      void vscode.window.showErrorMessage('The text has mistakes; a study runs once they are put right.');
      return;
    }
    const model = modelSchema.parse(JSON.parse(answer.model));
    const study = name ?? (await this.#choose(model.studies));
    const found = model.studies.find((each) => each.name === study || each.id === study);
    if (found === undefined) return;
    const done = await this.#simulate(answer.model, found.id, found.title ?? found.name);
    if (done === undefined) return;
    this.#markBroken(done, model.expectations, answer.rootUri);
    this.#show(found.title ?? found.name, done);
  }

  async #choose(
    studies: readonly { readonly id: string; readonly title?: string | undefined }[],
  ): Promise<string | undefined> {
    if (studies.length === 0) void vscode.window.showInformationMessage('There is no study in this project.');
    if (studies.length < 2) return studies[0]?.id;
    const picked = await vscode.window.showQuickPick(
      studies.map(({ id, title }) => ({ label: id, ...(title !== undefined && { description: title }) })),
      { title: 'Which study?' },
    );
    return picked?.label;
  }

  #simulate(model: string, study: string, title: string): Thenable<Done | undefined> {
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Simulating ${title}`, cancellable: true },
      (progress, cancelled) =>
        new Promise<Done | undefined>((resolve) => {
          const worker = this.#newWorker();
          const settle = (done?: Done): void => {
            resolve(done);
            worker.end();
          };
          let shown = 0;
          cancelled.onCancellationRequested(() => settle());
          worker.onMessage((message) => {
            const answer = studyAnswerSchema.parse(message);
            if (answer.kind === 'progress') {
              const share = (100 * answer.done) / Math.max(1, answer.total);
              progress.report({ message: `${answer.done} of ${answer.total} runs`, increment: share - shown });
              shown = share;
            } else if (answer.kind === 'done') settle(answer);
            else {
              void vscode.window.showErrorMessage(answer.message);
              settle();
            }
          });
          worker.onEnd((error) => {
            if (error !== undefined) void vscode.window.showErrorMessage(error.message);
            settle();
          });
          worker.send({ model, study });
        }),
    );
  }

  /** Marks each `expect` that does not hold at its line, until the next run. */
  #markBroken({ failed }: Done, expectations: z.infer<typeof modelSchema>['expectations'], rootUri: string): void {
    this.#broken.clear();
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const { expectation, message } of failed) {
      const origin = expectations.find(({ id }) => id === expectation)?.origin;
      if (origin === undefined || origin.file.includes(':')) continue;
      const range = new vscode.Range(origin.line - 1, 0, origin.line - 1, 10_000);
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      diagnostic.source = 'pathway study';
      byFile.set(origin.file, [...(byFile.get(origin.file) ?? []), diagnostic]);
    }
    for (const [file, diagnostics] of byFile) {
      this.#broken.set(vscode.Uri.joinPath(vscode.Uri.parse(rootUri), file), diagnostics);
    }
  }

  #show(title: string, { figures, pages: { light, dark } }: Done): void {
    const changes = differences(this.#last.get(title), figures);
    this.#last.set(title, figures);
    const withChanges = (page: string): string => page.replace(/<main[^>]*>/, (main) => main + changes);
    const pages = { light: withChanges(light), dark: withChanges(dark) };
    const known = this.#panels.get(title);
    if (known !== undefined) {
      known.pages = pages;
      fill(known);
      known.panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      'pathway.results',
      `Results: ${title}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: false, localResourceRoots: [] },
    );
    const shown = { panel, pages };
    this.#panels.set(title, shown);
    panel.onDidDispose(() => this.#panels.delete(title));
    fill(shown);
  }
}

function fill({ panel, pages }: Shown): void {
  panel.webview.html = isDarkTheme() ? pages.dark : pages.light;
}
