import type { SimulationInput } from '@pathway/simulation';
import { type Construct, CONSTRUCTS, type Engine, type Support } from './constructs.js';
import { constructsOf } from './used-constructs.js';
import { ciwProgram } from './ciw/program.js';
import { simmerProgram } from './simmer/program.js';
import { simpyProgram } from './simpy/program.js';
import { prosimosBpmn } from './prosimos/bpmn.js';
import { prosimosScenario } from './prosimos/scenario.js';
import type { BpmnProcess } from '../bpmn/process.js';

/** A program for another engine, or why there is none. */
interface EngineProgram {
  /** By the end of their names; none where something is refused. */
  readonly files: readonly { readonly extension: string; readonly content: string }[];
  /** What the engine cannot say at all. */
  readonly refused: readonly string[];
  /** What is otherwise in the program than in the model. */
  readonly otherwise: readonly string[];
  /** What is in the program, but not told by it. */
  readonly unshown: readonly string[];
  /** What is drawn in the file of BPMN, how many cases make up the study, and when the first one comes. */
  readonly process?: { readonly chart: BpmnProcess; readonly cases: number; readonly startingAt: string };
}

/**
 * A simulation input as a program for another engine. Every construct that the input uses is in it as it is meant, or is
 * named in one of the lists.
 * @param options how often the program runs by itself
 */
export function engineProgram(
  input: SimulationInput,
  engine: Engine,
  options: { readonly replications: number },
): EngineProgram {
  const refused: string[] = [];
  const otherwise: string[] = [];
  const unshown: string[] = [];
  for (const { construct, places } of constructsOf(input)) {
    const support = supportOf(construct, engine);
    const where = places.length === 0 ? construct : `${construct}: ${places.join(', ')}`;
    if (support === 'refused') refused.push(where);
    else if (support !== 'said' && !('where' in support)) {
      if ('instead' in support) otherwise.push(`${where} — ${support.instead}`);
      else unshown.push(`${where} — ${support.unshown}`);
    }
  }
  const found = { refused, otherwise, unshown };
  if (refused.length > 0) return { files: [], ...found };
  if (engine === 'prosimos') return scenarioFor(input, found);
  const notSaid = [...otherwise, ...unshown];
  const { extension, write } = WRITERS[engine];
  return { files: [{ extension, content: write(input, { ...options, notSaid }) }], ...found };
}

/** The two files of Prosimos; what they can say of a construct may depend on where it stands. */
function scenarioFor(
  input: SimulationInput,
  found: Pick<EngineProgram, 'refused' | 'otherwise' | 'unshown'>,
): EngineProgram {
  const { process, parameters, cases, startingAt, refused, otherwise } = prosimosScenario(input);
  const all = { ...found, refused, otherwise: [...found.otherwise, ...otherwise] };
  if (process === undefined) return { files: [], ...all };
  const files = [
    { extension: '.bpmn', content: prosimosBpmn(process) },
    { extension: '.json', content: `${JSON.stringify(parameters, null, 2)}\n` },
  ];
  return { files, ...all, process: { chart: process, cases, startingAt } };
}

/** How each engine's program is written. */
const WRITERS: Readonly<
  Record<Exclude<Engine, 'prosimos'>, { readonly extension: string; readonly write: typeof simpyProgram }>
> = {
  simpy: { extension: '.py', write: simpyProgram },
  ciw: { extension: '.py', write: ciwProgram },
  simmer: { extension: '.R', write: simmerProgram },
};

/** What an engine's programs say of a construct. */
function supportOf(construct: Construct, engine: Engine): Support {
  return CONSTRUCTS[construct][engine];
}
