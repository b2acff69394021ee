import { AstUtils } from 'langium';
import type { Expression, Numbers, ResolvedDistribution } from '@pathway/model';
import { constantValue, dimensionOf, type Dimension, ModelError, resolveDistribution } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from '../lowering/expressions.js';
import { LoweringContext } from '../lowering/lowering-context.js';
import { lowerNumberDeclaration } from '../lowering/structure.js';
import { nodesOf, referencesOf } from '../tree/nodes.js';
import { noTables } from '../workspace/data-tables.js';

/**
 * What expressions of one file mean by themselves, from the text as it is at the moment, whether or not the whole project
 * has a meaning. Numbers that the file names are found wherever they are declared.
 */
export class LocalValues {
  readonly #context: LoweringContext;
  readonly numbers: Numbers;

  constructor(root: ast.Document) {
    const roots = new Set<ast.Document>([root]);
    for (const each of roots)
      for (const { reference } of referencesOf(each)) {
        const target = reference.ref;
        const owner = ast.isNumberDeclaration(target) ? AstUtils.getContainerOfType(target, ast.isDocument) : undefined;
        if (owner !== undefined) roots.add(owner);
      }
    this.#context = new LoweringContext([...roots], noTables());
    const declared = [...roots].flatMap((each) => each.declarations.filter(ast.isNumberDeclaration));
    this.#context.numbers = declared.map((node) => lowerNumberDeclaration(node, this.#context));
    this.numbers = { numbers: this.#context.numbers };
  }

  /** The model's form of an expression; undefined where something in it leads nowhere. */
  lower(expression: ast.Expression | undefined): Expression | undefined {
    if (expression === undefined) return undefined;
    const isWhole = nodesOf(expression).every((node) => !ast.isNameReference(node) || node.target?.ref !== undefined);
    return isWhole ? lowerExpression(expression, this.#context) : undefined;
  }

  /** A fixed value in canonical units with its dimension. */
  constant(
    expression: ast.Expression | undefined,
  ): { readonly value: number; readonly dimension: Dimension } | undefined {
    const lowered = this.lower(expression);
    if (lowered === undefined) return undefined;
    const value = attempt(() => constantValue(lowered, this.numbers));
    const dimension = attempt(() => dimensionOf(lowered, this.numbers));
    return value === undefined || dimension === undefined ? undefined : { value, dimension };
  }

  /** The distribution that a call stands for, with its parameters worked out. */
  distribution(
    call: ast.FunctionCall,
  ): { readonly distribution: ResolvedDistribution; readonly dimension: Dimension } | undefined {
    const lowered = this.lower(call);
    if (lowered?.kind !== 'distribution') return undefined;
    const distribution = attempt(() => resolveDistribution(lowered, this.numbers));
    return distribution && { distribution, dimension: lowered.dimension };
  }
}

/** What is computed, or undefined where the text says something that cannot be computed with. */
export function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
