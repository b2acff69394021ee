import ts from 'typescript';
import { bench, describe } from 'vitest';
import { compile } from '../src/index.js';
import { generateWorkspace, totalLines } from './workspace.js';

/**
 * `compile` on generated workspaces beside TypeScript's own parser on as many lines of TypeScript. The ratio is what
 * travels between machines: TypeScript only parses here, Pathway parses, links, checks and lowers.
 */
for (const lines of [10_000, 100_000]) {
  const files = generateWorkspace(lines);
  const typescript = typescriptText(totalLines(files));
  describe(`${totalLines(files)} lines`, () => {
    bench(
      'pathway: parse, link, check, lower',
      async () => {
        const { model } = await compile([...files.keys()], { read: (path) => Promise.resolve(files.get(path)) });
        if (model === undefined) throw new Error('The generated workspace has errors.');
      },
      { iterations: 3, warmupIterations: 1, time: 0, warmupTime: 0 },
    );
    bench(
      'ts.createSourceFile, the reference',
      () => {
        ts.createSourceFile('reference.ts', typescript, ts.ScriptTarget.ES2023, true);
      },
      { iterations: 3, warmupIterations: 1, time: 0, warmupTime: 0 },
    );
  });
}

/** So many lines of ordinary TypeScript: declarations with a few properties each. */
function typescriptText(lines: number): string {
  const block = (index: number): string => `export const step${index} = {
  at: 'Hospital',
  by: [{ amount: 1, role: 'Role${index % 20}' }, { amount: 1, skill: 'Skill${index % 13}' }],
  takes: triangular(${index % 30} * minutes, ${index % 40} * minutes, ${index % 90} * minutes),
  within: ${60 + (index % 30)} * minutes,
};
`;
  return Array.from({ length: Math.ceil(lines / 6) }, (_, index) => block(index)).join('');
}
