declare module 'bpmnlint/lib/linter.js' {
  class Linter {
    constructor(options: { readonly resolver: unknown; readonly config: { readonly extends: string } });
    lint(
      root: unknown,
    ): Promise<Readonly<Record<string, readonly { readonly id: string; readonly message: string }[]>>>;
  }
  export = Linter;
}
declare module 'bpmnlint/lib/resolver/node-resolver.js' {
  class NodeResolver {}
  export = NodeResolver;
}
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    fromXML(
      xml: string,
    ): Promise<{ readonly rootElement: unknown; readonly warnings: readonly { readonly message: string }[] }>;
  }
}
