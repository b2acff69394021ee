import * as vscode from 'vscode';
import * as z from 'zod';

const TYPE = 'pathway';
const COMMANDS = ['check', 'watch', 'test', 'build'] as const;
type Command = (typeof COMMANDS)[number];

const definitionSchema = z.object({
  type: z.literal(TYPE),
  command: z.enum(COMMANDS),
  /** Path of the project's folder in the workspace folder. */
  project: z.string().optional(),
});
type Definition = z.infer<typeof definitionSchema>;

/** Folders that hold no projects of the workspace's own. */
const NEVER = '**/{node_modules,pathway-packages,.*}/**';
/** So many projects of a workspace get tasks by themselves; others are written into `tasks.json`. */
const MOST = 50;

/** The tasks of each project: what the command does in a terminal, with its findings among the editor's problems. */
export const pathwayTasks: vscode.TaskProvider = {
  async provideTasks(token) {
    const found = await vscode.workspace.findFiles('**/pathway.config.json', NEVER, MOST, token);
    const tasks: vscode.Task[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const below = `${folder.uri.path.replace(/\/$/, '')}/`;
      const projects = found
        .filter(({ path }) => path.startsWith(below))
        .map(({ path }) => path.slice(below.length, -'pathway.config.json'.length).replace(/\/$/, ''))
        .sort();
      for (const project of projects.length > 0 ? projects : [''])
        for (const command of COMMANDS)
          tasks.push(await taskOf({ type: TYPE, command, ...(project !== '' && { project }) }, folder));
    }
    return tasks;
  },

  async resolveTask({ definition, scope }) {
    const parsed = definitionSchema.safeParse(definition);
    if (!parsed.success || typeof scope !== 'object') return undefined;
    return taskOf(parsed.data, scope, definition);
  },
};

/** @param written the definition as it stands in `tasks.json`, by which the editor knows the task again */
async function taskOf(
  { command, project, ...rest }: Definition,
  folder: vscode.WorkspaceFolder,
  written: vscode.TaskDefinition = { ...rest, command, ...(project !== undefined && { project }) },
): Promise<vscode.Task> {
  const words: Readonly<Record<Command, readonly string[]>> = {
    check: ['check'],
    watch: ['check', '--watch'],
    test: ['test'],
    build: ['build'],
  };
  const args = [...words[command], '--no-color', ...(project === undefined ? [] : [project])];
  const task = new vscode.Task(
    written,
    folder,
    project === undefined ? command : `${command} ${project}`,
    'Pathway',
    new vscode.ShellExecution(await commandIn(folder), args, { cwd: folder.uri.fsPath }),
    command === 'watch' ? '$pathway-watch' : '$pathway',
  );
  task.isBackground = command === 'watch';
  if (command === 'build') task.group = vscode.TaskGroup.Build;
  if (command === 'test') task.group = vscode.TaskGroup.Test;
  return task;
}

/** The command that the workspace folder has installed, else the one of the settings. */
async function commandIn(folder: vscode.WorkspaceFolder): Promise<string> {
  const place = vscode.Uri.joinPath(folder.uri, 'node_modules/.bin/pathway');
  const isInstalled = await Promise.resolve(vscode.workspace.fs.stat(place)).then(
    () => true,
    () => false,
  );
  return isInstalled ? place.fsPath : vscode.workspace.getConfiguration('pathway', folder).get('command', 'pathway');
}
