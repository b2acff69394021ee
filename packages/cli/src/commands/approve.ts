import {
  approve,
  compileProject,
  createProjectReader,
  findProject,
  type ProjectCompilation,
  ProjectError,
} from '@pathway/compiler';
import { diagnosticsText } from '../print/diagnostics-text.js';
import { printable } from '../print/printable.js';
import type { ApproveFlags } from '../program/flags.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

/** What an approval itself may put right. */
const ABOUT_APPROVALS: ReadonlySet<string> = new Set(['PW7040', 'PW7041', 'PW7042', 'PW7043']);

/** `pathway approve`: writes who agrees to what a declaration means now, bound to a hash of it. */
export async function approveMeaning(
  name: string,
  path: string | undefined,
  options: ApproveFlags,
  context: Context,
): Promise<number> {
  if (options.by === undefined)
    throw new ProjectError('Say who approves it.', 'For example: pathway approve StrokeCare --by RoyalDevon');
  const on = options.on ?? context.io.today();
  const project = await findProject(path, context.io.cwd);
  const compilation: ProjectCompilation = await compileProject(project, createProjectReader(project));
  const { model } = compilation;
  const errors = compilation.diagnostics.filter(
    ({ severity, code }) => severity === 'error' && !ABOUT_APPROVALS.has(code),
  );
  if (model === undefined || errors.length > 0) {
    context.warn(diagnosticsText(compilation, errors, context.errColours));
    context.warn('Nothing was approved: what has errors means nothing that anybody could agree to.');
    return EXIT.found;
  }
  const { file, line, kind } = await approve(project, compilation, model, { subject: name, by: options.by, on });
  context.print(printable(line));
  const said = { new: 'Approved in', renewed: 'Approved anew in', same: 'Approved already in' }[kind];
  context.tell(`${said} ${printable(file)}.`);
  return EXIT.ok;
}
