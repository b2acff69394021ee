import { ProjectError } from '@pathway/compiler';
import type { ProjectHost } from './hosts/host.js';
import { ServerProject } from './server-project.js';

/** The projects that have been met, each kept once. */
export class ProjectPool {
  readonly #host: ProjectHost;
  readonly #openText: (uri: string) => string | undefined;
  readonly #byRoot = new Map<string, ServerProject>();
  readonly #rootOf = new Map<string, Promise<ServerProject | undefined>>();
  /** What is wrong with a project's configuration, told once for each text of it. */
  readonly #onTrouble: (error: ProjectError) => void;

  constructor(
    host: ProjectHost,
    openText: (uri: string) => string | undefined,
    onTrouble: (error: ProjectError) => void,
  ) {
    this.#host = host;
    this.#openText = openText;
    this.#onTrouble = onTrouble;
  }

  get all(): readonly ServerProject[] {
    return [...this.#byRoot.values()];
  }

  /** The project of a file; undefined where it belongs to none or its configuration cannot be used. */
  of(uri: string): Promise<ServerProject | undefined> {
    if (uri.startsWith('pathway-library:'))
      return Promise.resolve(
        this.all.find(({ editor }) => editor.files.some(({ file }) => uri.endsWith(file.slice('library:'.length)))),
      );
    const known = this.#rootOf.get(uri);
    if (known !== undefined) return known;
    const found = this.#find(uri);
    this.#rootOf.set(uri, found);
    return found;
  }

  /** Looks anew for the projects of all files, since files came or went or settings changed. */
  async refresh(): Promise<void> {
    this.#rootOf.clear();
    for (const project of this.all) {
      const [first] = project.host.entryFiles;
      if (first === undefined) continue;
      const host = await this.#attempt(project.uriOf(first));
      if (host?.rootUri === project.rootUri) project.host = host;
    }
  }

  async #find(uri: string): Promise<ServerProject | undefined> {
    const host = await this.#attempt(uri);
    if (host === undefined) return undefined;
    const known = this.#byRoot.get(host.rootUri);
    if (known !== undefined) {
      const entryFiles = [...new Set([...known.host.entryFiles, ...host.entryFiles])].sort();
      known.host = { ...host, entryFiles };
      return known;
    }
    const project = new ServerProject(host, this.#openText);
    this.#byRoot.set(host.rootUri, project);
    return project;
  }

  async #attempt(uri: string): ReturnType<ProjectHost['projectOf']> {
    try {
      return await this.#host.projectOf(uri);
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      this.#onTrouble(error);
      return undefined;
    }
  }
}
