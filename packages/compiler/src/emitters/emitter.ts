import type { Diagnostic, Model } from '@pathway/model';
import type { EmittedFile } from '../emitted-file.js';
import { ProjectError } from '../project-error.js';
import type { SharedProducts } from '../pipeline/shared-products.js';

/**
 * How an emitter says what options it takes: the part of the Standard Schema interface that schema libraries share
 * (zod, valibot, arktype), so that a package may bring its own.
 */
export interface OptionsSchema<Options> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => OptionsResult<Options> | Promise<OptionsResult<Options>>;
    readonly types?: { readonly input: unknown; readonly output: Options } | undefined;
  };
}

export type OptionsResult<Options> =
  | { readonly value: Options; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** What an emitter may use besides the model. Nothing in it knows the clock, the machine or a file system. */
export interface EmitContext<Options = unknown> {
  readonly options: Options;
  readonly title: string;
  /** The project's language (BCP 47) for reports and drawings, where it names one. */
  readonly language?: string;
  /** With the levels that the project gives them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, by its name in origins. */
  readonly texts: ReadonlyMap<string, string>;
  /** Facts, results, plans and drawings, each made once and shared by all emitters. */
  readonly products: SharedProducts;
}

/** What a package writes: pure, without file system or dates, its files in a stable order. */
export interface EmitterDefinition<Options> {
  readonly name: string;
  /** One line for lists. */
  readonly describes: string;
  readonly options: OptionsSchema<Options>;
  emit(model: Model, context: EmitContext<Options>): readonly EmittedFile[] | Promise<readonly EmittedFile[]>;
}

/** An emitter whose options are checked when it is called, so that all emitters have one type. */
export interface Emitter {
  readonly name: string;
  readonly describes: string;
  /**
   * @throws ProjectError that names each option that cannot be, and whatever the emitter itself throws
   */
  emit(model: Model, context: EmitContext): Promise<readonly EmittedFile[]>;
  /** Checks options without running: a mistake is told before hours of simulation. */
  checkOptions(options: unknown): Promise<void>;
}

/** Makes an emitter from its definition. */
export function defineEmitter<Options>(definition: EmitterDefinition<Options>): Emitter {
  const { name, describes } = definition;
  const parse = async (raw: unknown): Promise<Options> => {
    const result = await definition.options['~standard'].validate(raw);
    if (result.issues === undefined) return result.value;
    const problems = result.issues.map(({ message, path }) => {
      const where = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
      return `  - ${where === '' ? '' : `\`${where}\`: `}${message}`;
    });
    throw new ProjectError(
      `Options of the emitter \`${name}\` cannot be used:\n${problems.join('\n')}`,
      'Correct them in pathway.config.json.',
    );
  };
  return {
    name,
    describes,
    async checkOptions(options) {
      await parse(options);
    },
    async emit(model, context) {
      return definition.emit(model, { ...context, options: await parse(context.options) });
    },
  };
}

/**
 * Takes an emitter from a package, whose types nobody has checked.
 * @param where how messages name it
 * @throws ProjectError that says what is missing
 */
export function adoptEmitter(value: unknown, where: string): Emitter {
  const missing = missingParts(value);
  if (missing.length > 0 || !isDefinition(value))
    throw new ProjectError(
      `${where} is no emitter: ${missing.join(', ')}.`,
      'An emitter is { name, describes, options, emit(model, context) }; options is a schema of zod or another library with the Standard Schema interface.',
    );
  const checked = defineEmitter(value);
  return {
    ...checked,
    async emit(model, context) {
      const files: unknown = await checked.emit(model, context);
      if (!Array.isArray(files)) throw notFiles(value.name);
      return files.map((file: unknown) => {
        if (!isFile(file)) throw notFiles(value.name);
        return file;
      });
    },
  };
}

function notFiles(name: string): ProjectError {
  return new ProjectError(
    `The emitter \`${name}\` did not answer with files.`,
    'An emitter answers a list of { path, content } with content as text or bytes: please tell those who made it.',
  );
}

function missingParts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return ['it is no object'];
  const missing: string[] = [];
  if (!('name' in value) || typeof value.name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(value.name))
    missing.push('`name` must be lower-case letters, digits and hyphens');
  if (!('describes' in value) || typeof value.describes !== 'string') missing.push('`describes` must be a text');
  if (!('options' in value) || !isSchema(value.options)) missing.push('`options` must be a schema');
  if (!('emit' in value) || typeof value.emit !== 'function') missing.push('`emit` must be a function');
  return missing;
}

function isDefinition(value: unknown): value is EmitterDefinition<unknown> {
  return missingParts(value).length === 0;
}

function isSchema(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !('~standard' in value))
    return false;
  const standard = value['~standard'];
  return (
    typeof standard === 'object' &&
    standard !== null &&
    'validate' in standard &&
    typeof standard.validate === 'function'
  );
}

function isFile(value: unknown): value is EmittedFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'content' in value &&
    (typeof value.content === 'string' || value.content instanceof Uint8Array)
  );
}
