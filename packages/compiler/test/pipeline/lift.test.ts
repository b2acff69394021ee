import { fileURLToPath } from 'node:url';
import { EditorProject, type Lift, liftDeclared, liftedTexts } from '@pathway/language/editor';
import type { SourceReader } from '@pathway/language';
import type { Model } from '@pathway/model';
import { compileInput } from '@pathway/simulation';
import { describe, expect, test } from 'vitest';
import { compileProject, createProjectReader, findProject, type Project } from '../../src/index.js';

/** Pathways of the examples that are written for one place. */
const LIFTED = [
  ['stroke', 'AcuteCare'],
  ['stroke', 'Rehabilitation'],
  ['stroke-surge', 'StrokeCare'],
  ['heat-wave', 'EmergencyCare'],
  ['heat-wave', 'CallRound'],
  ['network-outage', 'EmergencyCare'],
  ['power-cut', 'Rescue'],
  ['treatment-centre', 'Treatment'],
] as const;

interface Lifted {
  readonly before: Model;
  readonly after: Model;
  readonly lift: Lift;
  readonly texts: ReadonlyMap<string, string>;
}

async function modelOf(project: Project, reader: SourceReader): Promise<Model> {
  const { model, diagnostics } = await compileProject(project, reader);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, message, range }) => `${code} ${range.file}:${range.line} ${message}`)).toEqual([]);
  if (model === undefined) throw new Error('no model');
  return model;
}

async function lifted(example: string, pathway: string): Promise<Lifted> {
  const folder = fileURLToPath(new URL(`../../../../examples/${example}`, import.meta.url));
  const project = await findProject(folder, '/');
  const reader = createProjectReader(project);
  const before = await modelOf(project, reader);
  const editor = new EditorProject((file) => file);
  await editor.check(project.entryFiles, reader);
  const file = before.pathways.find(({ name }) => name === pathway)?.origin.file ?? '';
  const lift = liftDeclared(editor, file, pathway);
  if (typeof lift === 'string') throw new Error(lift);
  const texts = liftedTexts(editor, lift);
  const after = await modelOf(project, {
    read: (path) => Promise.resolve(texts.get(path)).then((text) => text ?? reader.read(path)),
  });
  return { before, after, lift, texts };
}

/** Everything that the engine reads for a study, but for where it stands in the texts. */
function inputsOf(model: Model): readonly unknown[] {
  return model.studies.flatMap((study) =>
    study.scenarios.map((scenario) => {
      const text = JSON.stringify(compileInput(model, study.id, scenario), (key, value: unknown) =>
        key === 'origin' || key === 'sourceHash' ? undefined : value,
      );
      const input: unknown = JSON.parse(text);
      return input;
    }),
  );
}

describe('a pathway that is lifted and deployed where it was', () => {
  test.each(LIFTED)('%s: %s means the same in every scenario of every study', async (example, pathway) => {
    const { before, after, lift } = await lifted(example, pathway);
    expect(after.templates?.map(({ name }) => name)).toEqual([pathway]);
    expect(after.deployments?.map(({ territory }) => territory)).toEqual([lift.territory]);
    expect(inputsOf(after)).toEqual(inputsOf(before));
  });
});
