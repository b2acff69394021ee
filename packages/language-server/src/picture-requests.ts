import { LIBRARY_TEXTS } from '@pathway/language';
import { drawableAt } from '@pathway/language/editor';
import type { Position } from 'vscode-languageserver-types';
import type { ModelAnswer, PlaceAnswer } from './protocol.js';
import type { ServerProject } from './server-project.js';

/** The model of a project, for pictures and runs. */
export function answerModel(project: ServerProject): ModelAnswer {
  const { lastModel, latest } = project.editor;
  const { language } = project.host.config;
  return {
    rootUri: project.rootUri,
    isStale: latest?.model === undefined,
    ...(lastModel !== undefined && { model: JSON.stringify(lastModel) }),
    ...(language !== undefined && { language }),
  };
}

/** What can be drawn around a position. */
export function answerPlace(project: ServerProject, file: string, position: Position): PlaceAnswer | undefined {
  const found = drawableAt(project.editor, file, position);
  return found && { ...found, file };
}

/** The text of a library file by its address. */
export function libraryText(uri: string): string | undefined {
  return LIBRARY_TEXTS.get(uri.replace(/^pathway-library:\/*/, ''));
}
