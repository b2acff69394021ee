import { AstUtils } from 'langium';
import * as ast from '../generated/ast.js';
import { importedUri } from '../workspace/imports.js';

type Visible = ReadonlyMap<string, ast.Travel>;

/** Tells which travel a call such as `Road(Depot, Hospital)` asks for: one of its own file or of a file it imports. */
export class TravelCalls {
  private readonly visible = new Map<ast.Document, Visible>();

  constructor(private readonly documents: readonly ast.Document[]) {}

  /** The travel of that name that the call's file sees; undefined for any other function. */
  of(call: ast.FunctionCall): ast.Travel | undefined {
    const document = AstUtils.getContainerOfType(call, ast.isDocument);
    if (document === undefined) return undefined;
    const known = this.visible.get(document) ?? this.visibleFrom(document);
    this.visible.set(document, known);
    return known.get(call.function ?? '');
  }

  private visibleFrom(document: ast.Document): Visible {
    const uri = document.$document?.uri;
    const imported = document.imports
      .filter((each) => each.name === undefined && uri !== undefined)
      .flatMap((each) => (uri === undefined ? [] : [importedUri(uri, each.path)?.toString()]));
    const others = this.documents.filter((other) => imported.includes(other.$document?.uri.toString()));
    const travels = [...others, document].flatMap((each) => each.declarations.filter(ast.isTravel));
    return new Map(travels.map((travel) => [travel.name, travel]));
  }
}
