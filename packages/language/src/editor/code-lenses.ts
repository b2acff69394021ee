import type { CodeLens } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { countMentions, mentionsOf } from './mentions.js';
import { headRange, isNamed } from './places.js';
import type { EditorProject } from './project.js';

/** The commands that lenses run; editors bring them. */
export const LENS_COMMANDS = {
  showDiagram: 'pathway.showDiagram',
  runStudy: 'pathway.runStudy',
  showReferences: 'pathway.showReferences',
} as const;

/** What can be done with a declaration: look at the diagram, simulate the study, go to who refers to it. */
export function codeLenses(project: EditorProject, file: string): CodeLens[] {
  const root = project.root(file);
  if (root === undefined) return [];
  const uri = project.uriOf(file);
  return root.declarations.flatMap((node): CodeLens[] => {
    const range = headRange(node);
    const lenses: CodeLens[] = [];
    if (ast.isPathway(node) || ast.isCrisis(node) || ast.isResponse(node)) {
      const title = ast.isPathway(node) ? 'Show diagram' : 'Show map';
      lenses.push({ range, command: { title, command: LENS_COMMANDS.showDiagram, arguments: [uri, node.name] } });
    }
    if (ast.isStudy(node))
      lenses.push({
        range,
        command: { title: 'Simulate this study', command: LENS_COMMANDS.runStudy, arguments: [uri, node.name] },
      });
    // How often is found out for the lenses that are on the screen.
    if (isNamed(node) && !ast.isStaff(node)) lenses.push({ range, data: { uri, position: range.start } });
    return lenses;
  });
}

/** A lens with the number of references to what stands at its place. */
export function resolveReferenceLens(project: EditorProject, file: string, lens: CodeLens): CodeLens {
  const node = project.root(file)?.declarations.find((each) => {
    const { start } = headRange(each);
    return start.line === lens.range.start.line && start.character === lens.range.start.character;
  });
  if (node === undefined) return { ...lens, command: { title: '', command: '' } };
  const count = countMentions(project, node);
  const title = `${count} ${count === 1 ? 'reference' : 'references'}`;
  const locations = mentionsOf(project, node)
    .filter(({ isDeclaration }) => !isDeclaration)
    .map((mention) => ({ uri: project.uriOf(mention.file), range: mention.range }));
  return {
    ...lens,
    command: {
      title,
      command: LENS_COMMANDS.showReferences,
      arguments: [project.uriOf(file), lens.range.start, locations],
    },
  };
}
