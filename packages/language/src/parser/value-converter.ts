import type { CstNode, GrammarAST, ValueType } from 'langium';
import { DefaultValueConverter } from 'langium';

const NAMES = new Set(['ID', 'CalledName', 'Name', 'QualifiedName', 'TargetName', 'ExpressionName']);

/** Takes the backquotes off names and the underscores out of numbers. */
export class PathwayValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    if (NAMES.has(rule.name)) return input.replaceAll('`', '');
    if (rule.name === 'NUMBER') return Number(input.replaceAll('_', ''));
    return super.runConverter(rule, input, cstNode);
  }
}
