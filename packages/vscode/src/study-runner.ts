import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import * as z from 'zod';
import { modelAnswerSchema, type StudyAnswer, studyAnswerSchema } from './tasks.js';

const originSchema = z.object({ file: z.string(), line: z.number() });
const modelSchema = z.object({
  studies: z.array(z.object({ id: z.string(), name: z.string(), title: z.string().optional() })),
  expectations: z.array(z.object({ id: z.string(), origin: originSchema })),
});

type Done = Extract<StudyAnswer, { kind: 'done' }>;

/** Runs studies, shows their reports, and marks what does not hold. */
export class StudyRunner implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #client: LanguageClient;
  readonly #broken = vscode.languages.createDiagnosticCollection('pathway-studies');
  readonly #last = new Map<string, Done['figures']>();
  readonly #panels = new Map<string, vscode.WebviewPanel>();

  constructor(context: vscode.ExtensionContext, client: LanguageClient) {
    this.#context = context;
    this.#client = client;
  }

  dispose(): void {
    this.#broken.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
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
          const worker = new Worker(this.#context.asAbsolutePath('study-worker.cjs'));
          let shown = 0;
          cancelled.onCancellationRequested(() => void worker.terminate());
          worker.on('message', (message: unknown) => {
            const answer = studyAnswerSchema.parse(message);
            if (answer.kind === 'progress') {
              const share = (100 * answer.done) / Math.max(1, answer.total);
              progress.report({ message: `${answer.done} of ${answer.total} runs`, increment: share - shown });
              shown = share;
            } else if (answer.kind === 'done') {
              resolve(answer);
              void worker.terminate();
            } else {
              void vscode.window.showErrorMessage(answer.message);
              resolve(undefined);
              void worker.terminate();
            }
          });
          worker.once('error', (error) => {
            void vscode.window.showErrorMessage(error.message);
            resolve(undefined);
          });
          worker.once('exit', () => resolve(undefined));
          worker.postMessage({ model, study });
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
      const path = file.split('/').map(encodeURIComponent).join('/');
      this.#broken.set(vscode.Uri.parse(`${rootUri}/${path}`), diagnostics);
    }
  }

  #show(title: string, done: Done): void {
    const changes = differences(this.#last.get(title), done.figures);
    this.#last.set(title, done.figures);
    const known = this.#panels.get(title);
    const panel =
      known ??
      vscode.window.createWebviewPanel('pathway.results', `Results: ${title}`, vscode.ViewColumn.Beside, {
        enableScripts: false,
        localResourceRoots: [],
      });
    if (known === undefined) {
      this.#panels.set(title, panel);
      panel.onDidDispose(() => this.#panels.delete(title));
    } else panel.reveal(undefined, true);
    panel.webview.html = done.html.replace(/(<body[^>]*>)/, (body) => body + changes);
  }
}

/** What came out otherwise than in the last run, for the head of the report. */
function differences(before: Done['figures'] | undefined, now: Done['figures']): string {
  if (before === undefined) return '';
  const rows = Object.entries(now).flatMap(([figure, value]) => {
    const old = before[figure];
    if (old === undefined || old === value) return [];
    const change = old === 0 ? '' : ` (${value > old ? '+' : '−'}${Math.abs((100 * (value - old)) / old).toFixed(1)}%)`;
    return [`<li>${escaped(figure)}: ${old.toPrecision(4)} → ${value.toPrecision(4)}${change}</li>`];
  });
  const list = rows.length === 0 ? '<p>No figure changed.</p>' : `<ul>${rows.join('')}</ul>`;
  return `<details open><summary>Since the last run</summary>${list}</details>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
