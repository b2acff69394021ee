import { ProjectError } from '@pathway/compiler';
import { addressOf } from './addresses.js';
import type { ProjectHost } from './hosts/host.js';
import { isUnsaved, loneText } from './hosts/lone-text.js';
import type { OpenTexts } from './open-texts.js';
import { ServerProject } from './server-project.js';

/** The projects that have been met, each kept once. */
export class ProjectPool {
  readonly #host: ProjectHost;
  readonly #open: OpenTexts;
  readonly #byRoot = new Map<string, ServerProject>();
  readonly #ofFile = new Map<string, Promise<ServerProject | undefined>>();
  /** What is wrong with a project's configuration, told once for each text of it. */
  readonly #onTrouble: (error: ProjectError) => void;

  constructor(host: ProjectHost, open: OpenTexts, onTrouble: (error: ProjectError) => void) {
    this.#host = host;
    this.#open = open;
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
    const address = addressOf(uri);
    const known = this.#ofFile.get(address);
    if (known !== undefined) return known;
    const found = this.#find(address);
    this.#ofFile.set(address, found);
    return found;
  }

  /** The projects in whose folders an address lies, its own among them. */
  async around(uri: string): Promise<ReadonlySet<ServerProject>> {
    const own = uri.endsWith('.pathway') ? await this.of(uri) : undefined;
    const others = this.all.filter((project) => project.fileOf(uri) !== undefined);
    return new Set(own === undefined ? others : [own, ...others]);
  }

  /**
   * Looks anew for the projects of all files, since files came or went or settings changed.
   * @returns the projects that are no more: their folders belong to others now
   */
  async refresh(): Promise<readonly ServerProject[]> {
    this.#ofFile.clear();
    const gone: ServerProject[] = [];
    for (const project of this.all) {
      if (project.host.lone !== undefined) {
        // Saved or thrown away, the text is not what it was any more.
        if (this.#open.get(project.rootUri) === undefined) {
          this.#byRoot.delete(project.rootUri);
          gone.push(project);
        }
        continue;
      }
      const host = await this.#attempt(project.uriOf('any.pathway'));
      if (host?.rootUri === project.rootUri) project.host = host;
      else if (host !== undefined) {
        this.#byRoot.delete(project.rootUri);
        gone.push(project);
      }
    }
    return gone;
  }

  /** The open files that are a project's own, in order. */
  async #openFilesOf(project: ServerProject): Promise<readonly string[]> {
    const files: string[] = [];
    for (const uri of this.#open.addresses) {
      const file = (await this.of(uri)) === project ? project.fileOf(uri) : undefined;
      if (file?.endsWith('.pathway') === true && !file.startsWith('package:')) files.push(file);
    }
    return files.sort();
  }

  async #find(uri: string): Promise<ServerProject | undefined> {
    const host = isUnsaved(uri) ? loneText(uri) : await this.#attempt(uri);
    if (host === undefined) return undefined;
    const known = this.#byRoot.get(host.rootUri);
    if (known !== undefined) {
      known.host = host;
      return known;
    }
    const project: ServerProject = new ServerProject(host, this.#open, () => this.#openFilesOf(project));
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
