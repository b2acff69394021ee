import type { Diagnostic } from '@pathway/model';
import type { EditorConnection } from './editor-connection.js';
import { byFile, editorDiagnostic } from './findings.js';
import type { ServerProject } from './server-project.js';
import type { Settings } from './settings.js';

/** The version of an open document; undefined for one that is not open. */
type VersionOf = (uri: string) => number | undefined;

/**
 * Says what is wrong while somebody types: mistakes of syntax at once, everything else after a pause, and what a later
 * edit has overtaken not at all. One project is checked at a time, the one that was edited last first.
 */
export class Checker {
  readonly #connection: EditorConnection;
  readonly #versionOf: VersionOf;
  readonly #timers = new Map<ServerProject, ReturnType<typeof setTimeout>>();
  readonly #waiting: ServerProject[] = [];
  /** What was sent last about each file. */
  readonly #sent = new Map<string, string>();
  #isRunning = false;
  settings: Settings;
  /** Whether the editor can be told that its inlay hints are old. */
  canRefreshHints = false;

  constructor(connection: EditorConnection, versionOf: VersionOf, settings: Settings) {
    this.#connection = connection;
    this.#versionOf = versionOf;
    this.settings = settings;
  }

  /** Tells mistakes of syntax in a file at once. What else was told of it stays until the check, where it still fits. */
  tellSyntax(project: ServerProject, file: string): void {
    const syntax = project.editor.syntaxOf(file);
    const told = project.told.get(project.uriOf(file)) ?? [];
    const hadSyntax = told.some(({ code }) => code.startsWith('PW1'));
    if (syntax.length > 0 || hadSyntax) this.#tell(project, project.uriOf(file), syntax);
  }

  /** Tells what a file and its imports can say of it, before the rest of its project is read. */
  tellFile(project: ServerProject, file: string): void {
    const severities = { ...this.settings.severities, ...project.host.config.severities };
    this.#tell(project, project.uriOf(file), project.editor.checkFile(file, severities));
  }

  /** Checks a project after a pause; every further call begins the pause anew. */
  schedule(project: ServerProject, delay = this.settings.checkDelay): void {
    clearTimeout(this.#timers.get(project));
    const timer = setTimeout(() => {
      this.#timers.delete(project);
      const place = this.#waiting.indexOf(project);
      if (place >= 0) this.#waiting.splice(place, 1);
      this.#waiting.push(project);
      void this.#run();
    }, delay);
    this.#timers.set(project, timer);
  }

  /** Takes back what was told of files that are gone. */
  clear(project: ServerProject, uri: string): void {
    this.#tell(project, uri, []);
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let project = this.#waiting.pop(); project !== undefined; project = this.#waiting.pop()) {
      try {
        await this.#check(project);
      } catch (error) {
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#connection.log('error', `Pathway met an error of its own: ${message}`);
      }
    }
    this.#isRunning = false;
  }

  async #check(project: ServerProject): Promise<void> {
    const checked = await project.check(this.settings.severities);
    if (checked === undefined) {
      // The edit that overtook it has begun a pause of its own, unless it came with the check itself.
      if (!this.#timers.has(project)) this.schedule(project);
      return;
    }
    const files = byFile(checked.diagnostics);
    const uris = new Map([...files].map(([file, found]) => [project.uriOf(file), found]));
    for (const uri of project.told.keys()) if (!uris.has(uri)) this.#tell(project, uri, []);
    for (const [uri, found] of uris) this.#tell(project, uri, found);
    this.#connection.tellChecked(project.rootUri);
    if (this.canRefreshHints) await this.#connection.refreshInlayHints();
  }

  #tell(project: ServerProject, uri: string, findings: readonly Diagnostic[]): void {
    const before = project.told.get(uri) ?? [];
    if (findings.length === 0) project.told.delete(uri);
    else project.told.set(uri, findings);
    if (findings.length === 0 && before.length === 0 && this.#versionOf(uri) === undefined) return;
    const version = this.#versionOf(uri);
    const diagnostics = findings.map((each) => editorDiagnostic(each, (file) => project.uriOf(file)));
    const told = { uri, diagnostics, ...(version !== undefined && { version }) };
    // Told again, the same would close the menu of fixes that somebody has just opened.
    const sent = JSON.stringify(told);
    if (this.#sent.get(uri) === sent) return;
    if (diagnostics.length === 0 && version === undefined) this.#sent.delete(uri);
    else this.#sent.set(uri, sent);
    this.#connection.tellDiagnostics(told);
  }
}
