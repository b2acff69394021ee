import { BpmnModdle } from 'bpmn-moddle';
import Linter from 'bpmnlint/lib/linter.js';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';

/** What a reader of BPMN and a linter with the recommended rules find in a file. */
export async function lintFindings(xml: string): Promise<readonly string[]> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  const linter = new Linter({ resolver: new NodeResolver(), config: { extends: 'bpmnlint:recommended' } });
  const found = await linter.lint(rootElement);
  return [
    ...warnings.map(({ message }) => message),
    ...Object.entries(found).flatMap(([rule, reports]) =>
      reports.map(({ id, message }) => `${rule} ${id}: ${message}`),
    ),
  ];
}
