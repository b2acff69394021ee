import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export const BUILDS = ['WebAssembly', 'TypeScript'] as const;
export const RACES = ['network', 'networks', 'queue'] as const;
export const ASKED = ['nothing', 'indicators', 'indicators alone'] as const;

export type Build = (typeof BUILDS)[number];
/** The urgent-care network, 26 of them, M/M/10. */
export type Race = (typeof RACES)[number];
/** What is asked of a run beside what it always counts. */
export type Asked = (typeof ASKED)[number];

/** One build of the engine in a process of its own. */
export interface OwnEngine {
  /** Million events per CPU second of one run. */
  readonly speed: (round: number) => Promise<number>;
  readonly end: () => void;
}

/**
 * Starts a build of the engine in a process of its own, as the programs in other languages have theirs: what V8 compiles and
 * collects for one build beside its run would otherwise be counted for another.
 * @param program engine-process.ts, bundled
 */
export function ownEngine(program: string, build: Build, race: Race, asked: Asked): OwnEngine {
  const child: ChildProcess = fork(program, [build, race, asked], { execArgv: [] });
  return {
    speed: async (round) => {
      const answered = new AbortController();
      const { signal } = answered;
      const exit = once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${build} ended with ${String(code)}`);
      });
      child.send(round);
      try {
        const answer: readonly unknown[] = await Promise.race([once(child, 'message', { signal }), exit]);
        return Number(answer[0]);
      } finally {
        answered.abort();
        exit.catch(() => undefined);
      }
    },
    end: () => {
      child.kill();
    },
  };
}
