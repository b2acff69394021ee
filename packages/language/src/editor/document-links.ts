import { GrammarUtils } from 'langium';
import type { DocumentLink } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { nodesOf } from '../tree/nodes.js';
import { dataFilesIn } from '../workspace/data-tables.js';
import { fileOf } from '../workspace/files.js';
import { importedUri } from '../workspace/imports.js';
import { resolveProjectPath } from '../workspace/paths.js';
import { cstRange } from './places.js';
import type { EditorProject } from './project.js';

/** What a file leads to: imported files, data files, and the addresses of sources. */
export function documentLinks(project: EditorProject, file: string): DocumentLink[] {
  const document = project.file(file)?.document;
  const root = project.root(file);
  if (document === undefined || root === undefined) return [];
  const found: DocumentLink[] = [];
  for (const statement of root.imports) {
    const uri = importedUri(document.uri, statement.path);
    const place = GrammarUtils.findNodeForProperty(statement.$cstNode, 'path');
    if (uri === undefined || place === undefined || project.file(fileOf(uri)) === undefined) continue;
    found.push({ range: cstRange(place), target: project.uriOf(fileOf(uri)), tooltip: 'Open the imported file' });
  }
  for (const { node, file: named } of dataFilesIn(root)) {
    const path = resolveProjectPath(file, named);
    const place = GrammarUtils.findNodeForProperty(node.$cstNode, 'file');
    if (path === undefined || place === undefined) continue;
    found.push({ range: cstRange(place), target: project.uriOf(path), tooltip: 'Open the data file' });
  }
  for (const node of nodesOf(root)) {
    if (!ast.isUrlProperty(node) || !/^https?:\/\//.test(node.url ?? '')) continue;
    const place = GrammarUtils.findNodeForProperty(node.$cstNode, 'url');
    if (place !== undefined) found.push({ range: cstRange(place), target: node.url, tooltip: 'Open the source' });
  }
  return found;
}
