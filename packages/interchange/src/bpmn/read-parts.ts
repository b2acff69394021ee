import type { XmlElement } from '../xml-tree.js';
import { PATHWAY_NAMESPACE } from './bpmn-xml.js';

/** Namespace of BPMN 2.0 (OMG formal/2011-01-03, ISO/IEC 19510:2013). */
export const BPMN_NAMESPACE = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

/** What our own files say of an element. */
export interface ReadMeaning {
  readonly is: string;
  readonly head: string;
  readonly of: string;
  readonly lines: readonly string[];
}

/** Elements in another by their name. */
export function all({ children }: Pick<XmlElement, 'children'>, name: string): readonly XmlElement[] {
  return children.filter((each) => each.name === name);
}

/** Our own elements in the extension elements of one. */
export function ours(element: XmlElement, name: string): readonly XmlElement[] {
  return all(element, 'extensionElements')
    .flatMap(({ children }) => children)
    .filter((each) => each.namespace === PATHWAY_NAMESPACE && each.name === name);
}

/** An id as it is compared: white space in it, which no id has, is a blank. */
export function plainId(id: string): string {
  return id.replace(/\s+/g, ' ').trim();
}

/** A reference without the prefix of a namespace. */
export function local(reference: string): string {
  return plainId(reference).replace(/^[A-Za-z_][\w.-]*:(?=.)/, '');
}

/** A name on one line. */
export function nameOf(name: string | undefined): string {
  return (name ?? '').replace(/\s+/g, ' ').trim().slice(0, 300);
}

/** What is written of an element for readers; nothing where that is empty. */
export function documentationOf(element: XmlElement): { readonly documentation?: string } {
  const text = all(element, 'documentation')
    .map((each) => each.text.trim())
    .filter((each) => each !== '')
    .join('\n');
  return text === '' ? {} : { documentation: text };
}

/** What one of our own files says of an element. */
export function meaningOf(element: XmlElement): { readonly meaning?: ReadMeaning } {
  const [found] = ours(element, 'meaning');
  if (found === undefined) return {};
  const { is = '', head = '', of = '' } = found.attributes;
  return { meaning: { is, head, of, lines: all(found, 'says').map(({ attributes }) => attributes.text ?? '') } };
}

/** All text in an element. */
export function textOf({ text, children }: XmlElement): string {
  return [text, ...children.map(textOf)].join(' ').trim();
}

/** A text of the file in quotes, not longer than a line. */
export function shown(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain === '' ? 'something' : `“${plain.slice(0, 60)}”`;
}
