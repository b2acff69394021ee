import { checkedAs } from '@pathway/compiler';
import type { SeverityConfiguration } from '@pathway/language';
import { type CheckedProject, EditorProject } from '@pathway/language/editor';
import type { Diagnostic } from '@pathway/model';
import type { HostProject } from './hosts/host.js';

/** A project that the server keeps, with the texts that are open instead of those on disk. */
export class ServerProject {
  readonly editor: EditorProject;
  readonly rootUri: string;
  /** The findings of each file that was told last, by its address. */
  readonly told = new Map<string, readonly Diagnostic[]>();
  #host: HostProject;
  readonly #openText: (uri: string) => string | undefined;
  #loading: Promise<unknown> | undefined;

  constructor(host: HostProject, openText: (uri: string) => string | undefined) {
    this.rootUri = host.rootUri;
    this.#host = host;
    this.#openText = openText;
    this.editor = new EditorProject((file) => this.uriOf(file));
  }

  /** Takes over what the surroundings say anew: other entries, other settings. */
  set host(host: HostProject) {
    this.#host = host;
  }

  get host(): HostProject {
    return this.#host;
  }

  uriOf(file: string): string {
    if (file.startsWith('library:')) return `pathway-library:/${file.slice('library:'.length)}`;
    if (file.startsWith('package:')) return `${this.rootUri}/node_modules/${encoded(file.slice('package:'.length))}`;
    return `${this.rootUri}/${encoded(file)}`;
  }

  /** The path of an address in the project; undefined where it lies outside. */
  fileOf(uri: string): string | undefined {
    if (uri.startsWith('pathway-library:/')) return `library:${uri.slice('pathway-library:/'.length)}`;
    if (!uri.startsWith(`${this.rootUri}/`)) return undefined;
    const path = uri
      .slice(this.rootUri.length + 1)
      .split('/')
      .map(decodeURIComponent)
      .join('/');
    return path.startsWith('node_modules/') ? `package:${path.slice('node_modules/'.length)}` : path;
  }

  /** Takes in the text of an open file as it is now. */
  sync(uri: string): string | undefined {
    const file = this.fileOf(uri);
    const text = this.#openText(uri);
    if (file === undefined || text === undefined || file.startsWith('library:')) return file;
    this.editor.setText(file, text);
    return file;
  }

  /** Reads a file with what it imports. */
  async open(file: string): Promise<void> {
    await this.editor.open(file, { read: (path) => this.#read(path) });
  }

  /** Sees to it that the whole project has been read and checked once. */
  async ready(): Promise<void> {
    if (this.editor.latest !== undefined) return;
    await (this.#loading ??= this.check({}).finally(() => {
      this.#loading = undefined;
    }));
  }

  /** Checks the whole project; undefined where an edit overtook the check. */
  async check(usual: SeverityConfiguration): Promise<CheckedProject | undefined> {
    const { config, entryFiles } = this.#host;
    const reader = { read: (path: string) => this.#read(path) };
    return checkedAs(config, (options) => this.editor.check(entryFiles, reader, options), usual);
  }

  async #read(path: string): Promise<string | undefined> {
    const open = this.#openText(this.uriOf(path));
    return open ?? (await this.#host.read(path));
  }
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/').replaceAll('%40', '@');
}
