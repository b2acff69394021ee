import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('tasks of the workspace', () => {
  it('check, watch, test and build each project', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pathway' });
    const found = tasks.map(({ name, problemMatchers, isBackground }) => [name, problemMatchers[0], isBackground]);
    for (const project of ['power-cut', 'ward'])
      for (const command of ['check', 'watch', 'test', 'build']) {
        const isWatch = command === 'watch';
        assert.deepEqual(
          found.find(([name]) => name === `${command} ${project}`),
          [`${command} ${project}`, isWatch ? '$pathway-watch' : '$pathway', isWatch],
        );
      }
    const check = tasks.find(({ name }) => name === 'check ward')?.execution;
    assert.ok(check instanceof vscode.ShellExecution);
    assert.deepEqual([check.command, check.args], ['pathway', ['check', '--no-color', 'ward']]);
  });
});
