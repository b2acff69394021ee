import { checkedAs } from '@pathway/compiler';
import type { SeverityConfiguration } from '@pathway/language';
import { type CheckedProject, EditorProject } from '@pathway/language/editor';
import { type Diagnostic, PACKAGES_FOLDER } from '@pathway/model';
import { addressBelow, addressOf, pathBelow } from './addresses.js';
import { type HostProject, placeOfPackageFile } from './hosts/host.js';
import type { OpenTexts } from './open-texts.js';

/** A project that the server keeps, with the texts that are open instead of those on disk. */
export class ServerProject {
  readonly editor: EditorProject;
  readonly rootUri: string;
  /** The findings of each file that was told last, by its address. */
  readonly told = new Map<string, readonly Diagnostic[]>();
  #host: HostProject;
  readonly #open: OpenTexts;
  /** The open files of the project, some of which no entry may lead to. */
  readonly #openFiles: () => Promise<readonly string[]>;
  #loading: Promise<unknown> | undefined;

  constructor(host: HostProject, open: OpenTexts, openFiles: () => Promise<readonly string[]>) {
    this.rootUri = host.rootUri;
    this.#host = host;
    this.#open = open;
    this.#openFiles = openFiles;
    this.editor = new EditorProject((file) => this.uriOf(file));
  }

  /** Takes over what the surroundings say anew: other entries, other settings. */
  set host(host: HostProject) {
    this.#host = host;
  }

  get host(): HostProject {
    return this.#host;
  }

  /** The address of a file, in the one spelling. */
  uriOf(file: string): string {
    if (file.startsWith('library:')) return `pathway-library:/${file.slice('library:'.length)}`;
    if (file === this.#host.lone) return this.rootUri;
    const place = file.startsWith('package:')
      ? placeOfPackageFile(file.slice('package:'.length), this.#host.kept)
      : file;
    return addressBelow(this.rootUri, place);
  }

  /** The path of an address in the project; undefined where it lies outside. */
  fileOf(uri: string): string | undefined {
    if (uri.startsWith('pathway-library:/')) return `library:${uri.slice('pathway-library:/'.length)}`;
    if (this.#host.lone !== undefined) return addressOf(uri) === this.rootUri ? this.#host.lone : undefined;
    const path = pathBelow(this.rootUri, uri);
    const folder = ['node_modules/', `${PACKAGES_FOLDER}/`].find((each) => path?.startsWith(each) === true);
    return folder === undefined ? path : `package:${path?.slice(folder.length) ?? ''}`;
  }

  /** The files that are read of an address: itself, or what lies in it where it is a folder. */
  filesAt(uri: string): readonly string[] {
    const path = this.fileOf(uri);
    if (path === undefined) return [];
    const inside = this.editor.files.map(({ file }) => file).filter((file) => file.startsWith(`${path}/`));
    return [path, ...inside];
  }

  /** Which files of the project move where, when a file or a folder does. */
  moves(oldUri: string, newUri: string): readonly { readonly from: string; readonly to: string }[] {
    const [before, after] = [this.fileOf(oldUri), this.fileOf(newUri)];
    if (before === undefined || after === undefined) return [];
    return this.filesAt(oldUri)
      .filter((file) => this.editor.file(file) !== undefined)
      .map((from) => ({ from, to: after + from.slice(before.length) }));
  }

  /** Takes in the text of an open file as it is now. */
  sync(uri: string): string | undefined {
    const file = this.fileOf(uri);
    const text = this.#open.get(uri)?.getText();
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
    const { config } = this.#host;
    const entryFiles = [...new Set([...this.#host.entryFiles, ...(await this.#openFiles())])].sort();
    const reader = { read: (path: string) => this.#read(path) };
    return checkedAs(config, (options) => this.editor.check(entryFiles, reader, options, turns()), usual);
  }

  async #read(path: string): Promise<string | undefined> {
    return this.#open.get(this.uriOf(path))?.getText() ?? (await this.#host.read(path));
  }
}

/** The longest time in milliseconds for which a check keeps requests waiting. */
const LONGEST_TURN = 20;

/** Lets what came in meanwhile be answered, whenever a turn has been long enough. */
function turns(): () => Promise<void> {
  let began = Date.now();
  return async () => {
    if (Date.now() - began < LONGEST_TURN) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    began = Date.now();
  };
}
