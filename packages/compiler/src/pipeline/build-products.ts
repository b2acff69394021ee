import type { Model } from '@pathway/model';
import type { ProductFile } from '../emitted-file.js';
import type { Emitter } from '../emitters/emitter.js';
import { emitterNamed } from '../emitters/registry.js';
import { productRequests, type ProductRequest } from '../project/config.js';
import type { ProjectCompilation } from './compile-project.js';
import type { SharedProducts } from './shared-products.js';

/** An emitter with the options it will run with. */
export interface PlannedProduct {
  readonly emitter: Emitter;
  readonly options: unknown;
}

/**
 * What a build makes: what the configuration asks for, or everything; with `only`, those of it that are named (one that
 * is not in the configuration runs with its usual options). Options are checked here, before anything runs.
 * @throws ProjectError for a name that no emitter has, or options that cannot be
 */
export async function planProducts(
  config: Parameters<typeof productRequests>[0],
  registry: ReadonlyMap<string, Emitter>,
  only: readonly string[],
): Promise<readonly PlannedProduct[]> {
  const asked =
    productRequests(config) ?? [...registry.keys()].map((emitter): ProductRequest => ({ emitter, options: {} }));
  const named = [...new Set(only)].flatMap((name) => {
    const requests = asked.filter(({ emitter }) => emitter === name);
    return requests.length > 0 ? requests : [{ emitter: name, options: {} }];
  });
  const planned: PlannedProduct[] = [];
  for (const { emitter: name, options } of only.length === 0 ? asked : named) {
    const emitter = emitterNamed(name, registry);
    await emitter.checkOptions(options);
    planned.push({ emitter, options });
  }
  return planned;
}

/**
 * Runs the planned emitters one after the other and gathers their files; nothing is written.
 * @param shouldStop asked before each emitter; once it says so, the rest is left out
 */
export async function makeProducts(
  model: Model,
  compilation: Pick<ProjectCompilation, 'diagnostics' | 'texts' | 'project'>,
  planned: readonly PlannedProduct[],
  products: SharedProducts,
  shouldStop: () => boolean = () => false,
): Promise<readonly ProductFile[]> {
  const files: ProductFile[] = [];
  for (const { emitter, options } of planned) {
    if (shouldStop()) break;
    const { diagnostics, texts, project } = compilation;
    const { language } = project.config;
    const emitted = await emitter.emit(model, {
      options,
      title: model.title,
      ...(language !== undefined && { language }),
      diagnostics,
      texts,
      products,
    });
    files.push(...emitted.map(({ path, content }) => ({ path, content, emitter: emitter.name })));
  }
  return files;
}
