import { ProjectError } from '@pathway/compiler';
import * as z from 'zod';

/** A pull or merge request, and what may write on it. */
export interface Forge {
  readonly kind: 'GitHub' | 'GitLab';
  /** Address of the comments of the request. */
  readonly comments: string;
  /** Address of one of them. */
  readonly commentAt: (id: number) => string;
  readonly change: 'PATCH' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  /** Characters that a comment may have. */
  readonly longest: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A forge that does not answer must not hold up a pipeline. */
const PATIENCE = 30_000;
const PAGE = 100;

/**
 * The request that a pipeline runs for, from what GitHub Actions and GitLab CI put into the environment.
 * @param event text of the file that GITHUB_EVENT_PATH names
 * @returns undefined where the pipeline runs for no request
 * @throws ProjectError where no pipeline is recognised, or a token is missing
 */
export function forgeOf(env: Environment, event: string | undefined): Forge | undefined {
  if (isSet(env.GITHUB_REPOSITORY)) {
    const number = requestNumber(env, event);
    if (number === undefined) return undefined;
    const token = required(env, 'GITHUB_TOKEN', 'Give the step `GITHUB_TOKEN: ${{ github.token }}` in its `env`.');
    const api = `${env.GITHUB_API_URL ?? 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY ?? ''}/issues`;
    return {
      kind: 'GitHub',
      comments: `${api}/${number}/comments`,
      commentAt: (id) => `${api}/comments/${id}`,
      change: 'PATCH',
      headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
      longest: 65_536,
    };
  }
  if (isSet(env.CI_API_V4_URL)) {
    if (!isSet(env.CI_MERGE_REQUEST_IID)) return undefined;
    const token = required(
      env,
      'PATHWAY_GITLAB_TOKEN',
      'Make a project access token with the scope `api`, and give it as a masked variable.',
    );
    const project = encodeURIComponent(required(env, 'CI_PROJECT_ID', 'GitLab CI sets it.'));
    const notes = `${env.CI_API_V4_URL ?? ''}/projects/${project}/merge_requests/${env.CI_MERGE_REQUEST_IID ?? ''}/notes`;
    return {
      kind: 'GitLab',
      comments: notes,
      commentAt: (id) => `${notes}/${id}`,
      change: 'PUT',
      headers: { 'private-token': token },
      longest: 1_000_000,
    };
  }
  throw new ProjectError(
    'This is no pipeline that Pathway knows: neither GITHUB_REPOSITORY nor CI_API_V4_URL is set.',
    'Run it in GitHub Actions or GitLab CI, or set what docs/ci.md names.',
  );
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function required(env: Environment, name: string, advice: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new ProjectError(`${name} is not set.`, advice);
  return value;
}

const eventSchema = z.object({ pull_request: z.object({ number: z.int() }).optional() });

function requestNumber(env: Environment, event: string | undefined): number | undefined {
  const merged = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '')?.[1];
  if (merged !== undefined) return Number(merged);
  if (event === undefined) return undefined;
  try {
    return eventSchema.safeParse(JSON.parse(event)).data?.pull_request?.number;
  } catch {
    return undefined;
  }
}

const commentSchema = z.object({ id: z.int(), body: z.string().nullish() });

/**
 * Puts a text on the request: in the place of the first comment that begins with the same mark, else as a new one.
 * @throws ProjectError where the forge cannot be reached or refuses
 */
export async function putComment(forge: Forge, mark: string, body: string): Promise<'created' | 'updated' | 'same'> {
  if (body.length > forge.longest)
    throw new ProjectError(
      `The text has ${body.length} characters, and ${forge.kind} takes ${forge.longest}.`,
      '`pathway diff --format markdown` cuts its text where it would be longer.',
    );
  for (let page = 1; ; page++) {
    const answer = await ask(forge, 'GET', `${forge.comments}?per_page=${PAGE}&page=${page}`);
    const comments = z.array(commentSchema).safeParse(answer);
    if (!comments.success) throw strange(forge);
    const earlier = comments.data.find((each) => each.body?.startsWith(mark) === true);
    if (earlier !== undefined) {
      // The forge may hand back other line ends, and without the last one.
      if (earlier.body?.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return 'same';
      await ask(forge, forge.change, forge.commentAt(earlier.id), { body });
      return 'updated';
    }
    if (comments.data.length < PAGE) break;
  }
  await ask(forge, 'POST', forge.comments, { body });
  return 'created';
}

async function ask(forge: Forge, method: string, address: string, content?: object): Promise<unknown> {
  const answer = await fetch(address, {
    method,
    headers: { ...forge.headers, 'content-type': 'application/json', 'user-agent': 'pathway' },
    signal: AbortSignal.timeout(PATIENCE),
    ...(content !== undefined && { body: JSON.stringify(content) }),
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : '';
    throw new ProjectError(
      `${forge.kind} does not answer at ${new URL(address).origin}: ${reason}.`,
      'Look whether this machine reaches it.',
    );
  });
  if (answer.ok) {
    const found: unknown = await answer.json().catch(() => {
      throw strange(forge);
    });
    return found;
  }
  await answer.body?.cancel();
  const isRefused = answer.status === 401 || answer.status === 403 || answer.status === 404;
  throw new ProjectError(
    `${forge.kind} refuses the comment: ${answer.status} ${answer.statusText}.`,
    !isRefused
      ? 'Try again later.'
      : forge.kind === 'GitHub'
        ? 'The job needs `permissions: pull-requests: write`; a pull request from a fork never gets it.'
        : 'The token needs the scope `api` and the role of a reporter at least.',
  );
}

function strange(forge: Forge): ProjectError {
  return new ProjectError(
    `${forge.kind} answers something that is no list of comments.`,
    'Look at the address of its API.',
  );
}
