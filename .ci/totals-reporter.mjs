// After Vitest's own summary: one plain line, `N passed, N failed`. A file that could not be run counts as a failure,
// and a run in which no test ran is no success.
import { writeSync } from 'node:fs';

export default class TotalsReporter {
  #registered = false;
  #passed = 0;
  #failed = 0;

  onTestRunEnd(modules, errors) {
    this.#passed = 0;
    this.#failed = errors.length;
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') this.#passed += 1;
        if (state === 'failed') failedHere += 1;
      }
      if (failedHere === 0 && module.state() === 'failed') failedHere = 1;
      this.#failed += failedHere;
    }
    if (this.#registered) return;
    this.#registered = true;
    process.once('exit', () => {
      if (this.#failed > 0 || this.#passed === 0) process.exitCode ||= 1;
      writeSync(1, `\n${this.#passed} passed, ${this.#failed} failed\n`);
    });
  }
}
