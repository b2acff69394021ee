import { ProjectError } from '@pathway/compiler';
import {
  callHierarchyAt,
  CannotRename,
  codeActionsAt,
  codeLenses,
  completionAt,
  definitionAt,
  documentLinks,
  documentSymbols,
  foldingRanges,
  formattingOf,
  formattingOnType,
  formattingWithin,
  highlightsAt,
  hoverAt,
  incomingCalls,
  inlayHints,
  outgoingCalls,
  prepareRename,
  referencesAt,
  rename,
  renameFiles,
  resolveReferenceLens,
  selectionRanges,
  semanticTokens,
  signatureHelpAt,
  typeDefinitionAt,
  workspaceSymbols,
} from '@pathway/language/editor';
import type { CodeLens, InitializeParams, WatchKind, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { pathBelow } from './addresses.js';
import { CAPABILITIES } from './capabilities.js';
import { Checker } from './checker.js';
import type { EditorConnection } from './editor-connection.js';
import type { ProjectHost } from './hosts/host.js';
import { OpenTexts } from './open-texts.js';
import { answerModel, answerPlace, libraryText } from './picture-requests.js';
import { ProjectPool } from './project-pool.js';
import { LIBRARY_REQUEST, MODEL_REQUEST, PLACE_REQUEST } from './protocol.js';
import { ERRORS, ResponseError } from './response-error.js';
import type { ServerProject } from './server-project.js';
import { readSettings, USUAL_SETTINGS } from './settings.js';

/** What a request is answered from: the file's project, with the texts as they are in the editor now. */
interface Asked {
  readonly project: ServerProject;
  readonly file: string;
}

/** What became of a file that is watched, in the protocol's numbers. */
const [CHANGED, DELETED] = [2, 3];
const DELETIONS: WatchKind = 4;
const WATCHED = [
  ...['**/*.pathway', '**/pathway.config.json', '**/*.csv'].map((globPattern) => ({ globPattern })),
  // A folder that goes is told alone, without its files.
  { globPattern: '**/*', kind: DELETIONS },
];

/** How long after a start the projects that nobody has opened are read, in milliseconds. */
const BACKGROUND_DELAY = 1500;

/** Answers an editor over a connection until it is closed. */
export function servePathway(
  connection: EditorConnection,
  hostFor: (folders: () => readonly string[]) => ProjectHost,
): void {
  let folders: string[] = [];
  let client: InitializeParams['capabilities'] = {};
  const host = hostFor(() => folders);
  const open = new OpenTexts();
  const versionOf = (uri: string): number | undefined => open.get(uri)?.version;
  const checker = new Checker(connection, versionOf, USUAL_SETTINGS);
  let lastTrouble = '';
  const pool = new ProjectPool(host, open, ({ message, advice }) => {
    const text = `${message} ${advice ?? ''}`.trim();
    if (text !== lastTrouble) connection.showError(text);
    lastTrouble = text;
  });

  const report = (error: unknown): void => {
    if (error instanceof ProjectError) connection.log('warning', `${error.message} ${error.advice ?? ''}`.trim());
    else
      connection.log(
        'error',
        `Pathway met an error of its own: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
  };
  /** The project of a file with its present text; undefined where the file belongs to none. */
  const askedOf = async (uri: string, whole: boolean): Promise<Asked | undefined> => {
    const project = await pool.of(uri);
    if (project === undefined) return undefined;
    for (const address of open.addresses) project.sync(address);
    const file = project.fileOf(uri);
    if (file === undefined) return undefined;
    if (whole) await project.ready();
    else if (project.editor.file(file) === undefined) await project.open(file);
    project.sync(uri);
    return { project, file };
  };
  /** Answers from the text of the file and what it imports; `whole` waits until all files have been read. */
  const answer = async <T>(uri: string, give: (asked: Asked) => T, otherwise: T, whole = true): Promise<T> => {
    try {
      const asked = await askedOf(uri, whole);
      return asked === undefined ? otherwise : give(asked);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      report(error);
      return otherwise;
    }
  };

  connection.onInitialize((params) => {
    client = params.capabilities;
    checker.canRefreshHints = client.workspace?.inlayHint?.refreshSupport === true;
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    return { capabilities: CAPABILITIES, serverInfo: { name: 'pathway' } };
  });
  /** Over once it is known what the editor's user set: nothing is told before, as it might be taken back at once. */
  let configured: Promise<void> = Promise.resolve();
  connection.onNotification('initialized', () => {
    configured = loadSettings().catch(report);
    void start().catch(report);
  });
  const start = async (): Promise<void> => {
    const wanted = [];
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true)
      wanted.push({ method: 'workspace/didChangeConfiguration', registerOptions: { section: 'pathway' } });
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
      wanted.push({ method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers: WATCHED } });
    if (wanted.length > 0)
      void connection.register(wanted.map((each, index) => ({ id: `pathway-${index}`, ...each }))).catch(report);
    await configured;
    setTimeout(() => void readFolders().catch(report), BACKGROUND_DELAY);
  };
  connection.onNotification('workspace/didChangeWorkspaceFolders', ({ event: { added, removed } }) => {
    folders = [...folders.filter((uri) => !removed.some((each) => each.uri === uri)), ...added.map(({ uri }) => uri)];
    for (const project of pool.all)
      if (removed.some(({ uri }) => pathBelow(uri, `${project.rootUri}/`) !== undefined))
        for (const uri of [...project.told.keys()]) if (open.get(uri) === undefined) checker.clear(project, uri);
    void readFolders().catch(report);
  });
  const loadSettings = async (): Promise<void> => {
    if (client.workspace?.configuration !== true) return;
    checker.settings = readSettings(await connection.configuration('pathway'));
    for (const project of pool.all) checker.schedule(project, 0);
  };
  /** Reads the projects of the open folders one after the other, so that their names are found and their mistakes told. */
  const readFolders = async (): Promise<void> => {
    for (const folder of folders)
      for (const uri of await host.filesOfProjectsIn(folder)) {
        const project = await pool.of(uri);
        if (project !== undefined && project.editor.latest === undefined) checker.schedule(project, 0);
      }
  };
  connection.onNotification('workspace/didChangeConfiguration', () => void loadSettings().catch(report));

  const edited = async (uri: string): Promise<void> => {
    await configured;
    const project = await pool.of(uri);
    const file = project?.fileOf(uri);
    if (project === undefined || file === undefined || file.startsWith('library:')) return;
    const isFirst = project.editor.file(file) === undefined;
    project.sync(uri);
    if (isFirst && project.editor.latest === undefined) {
      await project.open(file);
      checker.tellFile(project, file);
      checker.schedule(project, 0);
      return;
    }
    checker.tellSyntax(project, file);
    checker.schedule(project);
  };
  /** Looks for the projects anew; what was told of one that is no more is taken back, and its files are checked where they are now. */
  const refresh = async (): Promise<void> => {
    for (const project of await pool.refresh()) for (const uri of [...project.told.keys()]) checker.clear(project, uri);
    for (const uri of open.addresses) {
      const project = await pool.of(uri);
      if (project === undefined) continue;
      project.sync(uri);
      checker.schedule(project);
    }
  };
  // A closed file counts again as it is on disk.
  const closed = async (uri: string): Promise<void> => {
    const projects = await pool.around(uri);
    await refresh();
    for (const project of projects) {
      project.editor.forget(project.fileOf(uri) ?? '');
      checker.schedule(project);
    }
  };
  open.listen(
    connection,
    (uri) => void edited(uri).catch(report),
    (uri) => void closed(uri).catch(report),
  );
  connection.onNotification('workspace/didChangeWatchedFiles', ({ changes }) => {
    void (async () => {
      const isOther = changes.some(({ uri, type }) => type !== CHANGED || uri.endsWith('pathway.config.json'));
      lastTrouble = '';
      if (isOther) await refresh();
      for (const { uri, type } of changes) {
        const isOpen = open.get(uri) !== undefined;
        for (const project of await pool.around(uri)) {
          if (!isOpen) for (const file of project.filesAt(uri)) project.editor.forget(file);
          if (type === DELETED && !isOpen) checker.clear(project, uri);
          checker.schedule(project);
        }
      }
    })().catch(report);
  });

  connection.onRequest('textDocument/completion', ({ textDocument, position }) =>
    answer(textDocument.uri, ({ project, file }) => completionAt(project.editor, file, position), null, false),
  );
  connection.onRequest('textDocument/hover', ({ textDocument, position }) =>
    answer(textDocument.uri, ({ project, file }) => hoverAt(project.editor, file, position) ?? null, null, false),
  );
  connection.onRequest('textDocument/signatureHelp', ({ textDocument, position }) =>
    answer(
      textDocument.uri,
      ({ project, file }) => signatureHelpAt(project.editor, file, position) ?? null,
      null,
      false,
    ),
  );
  connection.onRequest('textDocument/definition', ({ textDocument, position }) =>
    answer(textDocument.uri, ({ project, file }) => definitionAt(project.editor, file, position), [], false),
  );
  connection.onRequest('textDocument/typeDefinition', ({ textDocument, position }) =>
    answer(textDocument.uri, ({ project, file }) => typeDefinitionAt(project.editor, file, position), [], false),
  );
  connection.onRequest('textDocument/references', ({ textDocument, position, context }) =>
    answer(
      textDocument.uri,
      ({ project, file }) => referencesAt(project.editor, file, position, context.includeDeclaration),
      [],
    ),
  );
  connection.onRequest('textDocument/documentHighlight', ({ textDocument, position }) =>
    answer(textDocument.uri, ({ project, file }) => highlightsAt(project.editor, file, position), [], false),
  );
  connection.onRequest('textDocument/documentSymbol', ({ textDocument }) =>
    answer(textDocument.uri, ({ project, file }) => documentSymbols(project.editor, file), [], false),
  );
  connection.onRequest('workspace/symbol', async ({ query }) => {
    await Promise.all(pool.all.map((project) => project.ready().catch(report)));
    return pool.all.flatMap(({ editor }) => workspaceSymbols(editor, query)).slice(0, 500);
  });
  connection.onRequest('textDocument/codeAction', ({ textDocument, range, context }) =>
    answer(
      textDocument.uri,
      ({ project, file }) =>
        codeActionsAt(project.editor, {
          file,
          range,
          diagnostics: project.told.get(project.uriOf(file)) ?? [],
          only: context.only,
        }),
      [],
    ),
  );
  connection.onRequest('textDocument/codeLens', ({ textDocument }) =>
    checker.settings.codeLenses
      ? answer(textDocument.uri, ({ project, file }) => codeLenses(project.editor, file), [], false)
      : [],
  );
  connection.onRequest('codeLens/resolve', (lens) => {
    const uri = uriOfLens(lens);
    return uri === undefined
      ? lens
      : answer(uri, ({ project, file }) => resolveReferenceLens(project.editor, file, lens), lens);
  });
  connection.onRequest('textDocument/documentLink', ({ textDocument }) =>
    answer(textDocument.uri, ({ project, file }) => documentLinks(project.editor, file), [], false),
  );
  connection.onRequest('textDocument/formatting', ({ textDocument }) =>
    answer(textDocument.uri, ({ project, file }) => formattingOf(project.editor, file), [], false),
  );
  connection.onRequest('textDocument/rangeFormatting', ({ textDocument, range }) =>
    answer(textDocument.uri, ({ project, file }) => formattingWithin(project.editor, file, range), [], false),
  );
  connection.onRequest('textDocument/onTypeFormatting', ({ textDocument, position, ch }) =>
    answer(
      textDocument.uri,
      ({ project, file }) => formattingOnType(project.editor, file, position.line, ch),
      [],
      false,
    ),
  );
  connection.onRequest('textDocument/prepareRename', ({ textDocument, position }) =>
    answer(textDocument.uri, ({ project, file }) => prepareRename(project.editor, file, position) ?? null, null, false),
  );
  connection.onRequest('textDocument/rename', ({ textDocument, position, newName }) =>
    answer<WorkspaceEdit | null>(
      textDocument.uri,
      ({ project, file }) => {
        try {
          return rename(project.editor, file, position, newName) ?? null;
        } catch (error) {
          if (error instanceof CannotRename) throw new ResponseError(ERRORS.failed, error.message);
          throw error;
        }
      },
      null,
    ),
  );
  connection.onRequest('textDocument/foldingRange', ({ textDocument }) =>
    answer(textDocument.uri, ({ project, file }) => foldingRanges(project.editor, file), [], false),
  );
  connection.onRequest('textDocument/selectionRange', ({ textDocument, positions }) =>
    answer(textDocument.uri, ({ project, file }) => selectionRanges(project.editor, file, positions), [], false),
  );
  connection.onRequest('textDocument/prepareCallHierarchy', ({ textDocument, position }) =>
    answer(textDocument.uri, ({ project, file }) => callHierarchyAt(project.editor, file, position), []),
  );
  connection.onRequest('callHierarchy/incomingCalls', ({ item }) =>
    answer(item.uri, ({ project }) => incomingCalls(project.editor, item), []),
  );
  connection.onRequest('callHierarchy/outgoingCalls', ({ item }) =>
    answer(item.uri, ({ project }) => outgoingCalls(project.editor, item), []),
  );
  connection.onRequest('textDocument/inlayHint', ({ textDocument, range }) =>
    checker.settings.inlayHints
      ? answer(textDocument.uri, ({ project, file }) => inlayHints(project.editor, file, range), [])
      : [],
  );
  connection.onRequest('textDocument/semanticTokens/full', ({ textDocument }) =>
    answer(textDocument.uri, ({ project, file }) => semanticTokens(project.editor, file), { data: [] }, false),
  );
  connection.onRequest('workspace/willRenameFiles', async ({ files }) => {
    const changes: NonNullable<WorkspaceEdit['changes']> = {};
    const projects = new Set<ServerProject>();
    for (const { oldUri } of files) for (const project of await pool.around(oldUri)) projects.add(project);
    for (const project of projects) {
      await project.ready();
      for (const uri of open.addresses) project.sync(uri);
      const moves = files.flatMap(({ oldUri, newUri }) => project.moves(oldUri, newUri));
      Object.assign(changes, renameFiles(project.editor, moves).changes);
    }
    return { changes };
  });
  connection.onRequest(MODEL_REQUEST, ({ uri }) => answer(uri, ({ project }) => answerModel(project), undefined));
  connection.onRequest(PLACE_REQUEST, ({ uri, line, character }) =>
    answer(uri, ({ project, file }) => answerPlace(project, file, { line, character }) ?? null, null),
  );
  connection.onRequest(LIBRARY_REQUEST, ({ uri }) => libraryText(uri) ?? null);

  connection.listen();
}

function uriOfLens({ data }: CodeLens): string | undefined {
  const value: unknown = data;
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string'
    ? value.uri
    : undefined;
}
