import { DISTRIBUTION_FORMS, type DistributionFamily, type DistributionParameter } from '@pathway/model';
import type { Position, SignatureHelp } from 'vscode-languageserver-types';
import type { EditorProject } from './project.js';

const MEASURES: Readonly<Record<DistributionParameter['dimension'], string>> = {
  draw: 'in the unit of what is drawn',
  variance: 'the square of what is drawn',
  rate: 'so many in a time',
  number: 'a plain number',
  probability: 'between 0 and 1',
};

/** The parameters of the distribution that is being written, and which of them it is. */
export function signatureHelpAt(project: EditorProject, file: string, position: Position): SignatureHelp | undefined {
  const document = project.file(file)?.document.textDocument;
  if (document === undefined) return undefined;
  const before = document.getText({ start: { line: Math.max(0, position.line - 3), character: 0 }, end: position });
  const call = openCall(before);
  if (call === undefined || !isFamily(call.name)) return undefined;
  const forms = DISTRIBUTION_FORMS[call.name].filter(({ parameters }) => parameters.length > 0);
  if (forms.length === 0) return undefined;
  const written = [...call.text.matchAll(/(?:^|,)\s*([a-z]+)\s/g)].map(([, name]) => name);
  const fitting = forms.findIndex(({ parameters }) =>
    written.every((name) => parameters.some((parameter) => parameter.name === name)),
  );
  return {
    signatures: forms.map(({ parameters, positional }) => ({
      label: `${call.name}(${parameters.map(({ name }) => (positional ? name : `${name} …`)).join(', ')})`,
      parameters: parameters.map(({ name, dimension }) => ({ label: name, documentation: MEASURES[dimension] })),
    })),
    activeSignature: Math.max(0, fitting),
    activeParameter: call.argument,
  };
}

function isFamily(name: string): name is DistributionFamily {
  return Object.hasOwn(DISTRIBUTION_FORMS, name);
}

/** The innermost call whose parenthesis is open at the end of a text. */
function openCall(
  text: string,
): { readonly name: string; readonly text: string; readonly argument: number } | undefined {
  let depth = 0;
  let argument = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const sign = text[at];
    if (sign === ')') depth++;
    else if (sign === ',' && depth === 0) argument++;
    else if (sign === '{' || sign === '}') return undefined;
    else if (sign === '(' && depth-- === 0) {
      const name = /[a-z]+$/.exec(text.slice(0, at))?.[0];
      return name === undefined ? undefined : { name, text: text.slice(at + 1), argument };
    }
  }
  return undefined;
}
