import { capSeconds } from '../cap/cap-alert.js';
import { decodeXml, readXmlTree, type XmlElement, type XmlRules } from '../xml-tree.js';
import {
  HAVE_NAMESPACES,
  type HaveBeds,
  HaveError,
  type HaveFacility,
  type HaveProblem,
  type HaveReport,
} from './have-report.js';

/** What is more is no report that anybody would send. */
const RULES: XmlRules = {
  bytes: 4 * 1024 * 1024,
  depth: 40,
  elements: 200_000,
  what: 'a report of availability',
  fault: (message, advice, place) => new HaveError(message, advice, place),
};
const MOST_FACILITIES = 5000;
const MOST_BEDS = 1_000_000;

/**
 * Reads a message of Hospital Availability Exchange 1.0 or 2.0, alone or inside an EDXL distribution. Names of elements are
 * looked at without regard to capital letters, and counts wherever they stand in a facility, since drafts of 2.0 differ in both. What
 * is wrong with a part is told with its line, and the others are read.
 * @throws HaveError for what is no such message, not well formed, with a document type, or larger than any report
 */
export function readHave(message: Uint8Array | string): HaveReport {
  const root = readXmlTree(typeof message === 'string' ? message : decodeXml(message, RULES), RULES);
  const found = reportIn(root);
  if (found === undefined) throw notHave(root);
  const { element, version } = found;
  const problems: HaveProblem[] = [];
  const places = facilitiesIn(element);
  if (places.length > MOST_FACILITIES)
    throw new HaveError(`It has more than ${MOST_FACILITIES} facilities.`, 'Ask who sends it to send them in parts.', {
      line: element.line,
      column: element.column,
    });
  if (places.length === 0) problems.push({ line: element.line, message: 'It has no hospital or facility in it.' });
  const sent = root === element ? undefined : textOf(inside(root).find((each) => isNamed(each, 'datetimesent')));
  const status =
    root === element ? undefined : textOf(inside(root).find((each) => isNamed(each, 'distributionstatus')));
  return {
    version,
    ...(status !== undefined && { status }),
    facilities: places.map((each, index) => facilityOf(each, index, sent, problems)),
    problems,
  };
}

/** Whether a text begins like XML, so that it is a message rather than a table. */
export function looksLikeXml(text: string): boolean {
  return /^\ufeff?\s*</.test(text.slice(0, 200));
}

function reportIn(
  root: XmlElement,
): { readonly element: XmlElement; readonly version: HaveReport['version'] } | undefined {
  for (const element of [root, ...inside(root)]) {
    const version = HAVE_NAMESPACES[element.namespace.toLowerCase()];
    if (version !== undefined) return { element, version };
  }
  return undefined;
}

function notHave({ name, line, column }: XmlElement): HaveError {
  const advice =
    name === 'alert'
      ? 'It is an alert: read it with --alerts.'
      : 'Its elements must be in the namespace urn:oasis:names:tc:emergency:EDXL:HAVE:1.0 or 2.0.';
  return new HaveError('It is no report of Hospital Availability Exchange (EDXL-HAVE) 1.0 or 2.0.', advice, {
    line,
    column,
  });
}

/** All elements in one, in their order. */
function inside(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => [child, ...inside(child)]);
}

function isNamed(element: XmlElement, ...names: readonly string[]): boolean {
  return names.includes(element.name.toLowerCase());
}

/** The outermost hospitals and facilities. */
function facilitiesIn(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => (isNamed(child, 'hospital', 'facility') ? [child] : facilitiesIn(child)));
}

function textOf(element: XmlElement | undefined): string | undefined {
  const text = element?.text.replace(/\s+/g, ' ').trim().slice(0, 300);
  return text === undefined || text === '' ? undefined : text;
}

function facilityOf(
  element: XmlElement,
  index: number,
  sent: string | undefined,
  problems: HaveProblem[],
): HaveFacility {
  const parts = inside(element);
  const { line } = element;
  const organisation = parts.find((each) => isNamed(each, 'organisationname', 'organizationname'));
  const named = [...(organisation === undefined ? [] : [...inside(organisation), organisation]), ...parts].filter(
    (each) => isNamed(each, 'nameelement', 'facilityname', 'organizationname', 'organisationname', 'name'),
  );
  const nameElement = named.find((each) => textOf(each) !== undefined);
  const name = textOf(nameElement);
  const attribute = idAttribute(organisation);
  const idElement =
    attribute === undefined
      ? parts.find((each) => isNamed(each, 'facilityid', 'organizationid', 'organisationid', 'identifier'))
      : undefined;
  const id = attribute ?? textOf(idElement);
  if (name === undefined && id === undefined)
    problems.push({ line, message: `Hospital ${index + 1} has neither a name nor an identifier.` });
  const updatedElement = parts.find((each) => isNamed(each, 'lastupdatetime', 'lastupdate', 'updated'));
  const updated = textOf(updatedElement) ?? sent;
  const time = updated === undefined ? undefined : capSeconds(updated);
  if (updated === undefined)
    problems.push({
      line,
      message: `${name ?? id ?? 'A hospital'} does not say when its report was true (LastUpdateTime).`,
    });
  else if (time === undefined)
    problems.push({
      line,
      message: `The time of ${name ?? id ?? 'a hospital'} is not written like 2026-07-01T15:00:00+02:00.`,
    });
  const used = new Set([nameElement, idElement, updatedElement].filter((each) => each !== undefined));
  const beds = bedsIn(element, problems, used);
  return {
    ...(id !== undefined && { id }),
    name: name ?? id ?? `Hospital ${index + 1}`,
    line,
    ...(time !== undefined && { time }),
    ...(updated !== undefined && { updated }),
    beds,
    states: statesIn(element, used),
  };
}

function idAttribute(element: XmlElement | undefined): string | undefined {
  const found = Object.entries(element?.attributes ?? {}).find(([name]) => /^(?:[\w.-]+:)?id$/i.test(name));
  const text = found?.[1].trim().slice(0, 300);
  return text === '' ? undefined : text;
}

const TYPES = ['subcategorybedtype', 'bedtype', 'servicename', 'servicecode', 'bedcategory'] as const;

/** Beds wherever they are counted in a facility, by the type that stands nearest; notes which elements say so. */
function bedsIn(facility: XmlElement, problems: HaveProblem[], used: Set<XmlElement>): readonly HaveBeds[] {
  const found: HaveBeds[] = [];
  const visit = (element: XmlElement, type: XmlElement | undefined): void => {
    const types = element.children.filter((child) => isNamed(child, ...TYPES));
    const capacities = element.children.filter(isCapacity);
    const said = (place: number): XmlElement | undefined =>
      textOf(types[place]) === undefined ? undefined : types[place];
    const own = said(0) ?? type;
    // Where several types stand before several counts, as 1.0 has types and subtypes, they go together in their order.
    element.children.forEach((child) => {
      const place = capacities.indexOf(child);
      visit(child, place < 0 || types.length < 2 ? own : (said(place) ?? own));
    });
    if (isCapacity(element)) found.push(...countsOf(element, own, problems, used));
  };
  for (const child of facility.children) visit(child, undefined);
  return found;
}

function isCapacity(element: XmlElement): boolean {
  return element.children.some((child) => isNamed(child, 'availablecount', 'baselinecount'));
}

/** Whether it is a capacity's status that its counts say, too. */
function isPlainStatus(part: XmlElement): boolean {
  return isNamed(part, 'capacitystatus') && /^(?:vacant\W*|not\s*)?available$/i.test(part.text.trim());
}

function countsOf(
  element: XmlElement,
  typeElement: XmlElement | undefined,
  problems: HaveProblem[],
  used: Set<XmlElement>,
): readonly HaveBeds[] {
  const { line } = element;
  const type = textOf(typeElement);
  for (const part of element.children)
    if (isNamed(part, 'availablecount', 'baselinecount') || isPlainStatus(part)) used.add(part);
  const count = (name: string): number | undefined => {
    const part = element.children.find((child) => isNamed(child, name));
    const text = textOf(part);
    if (part === undefined || text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= MOST_BEDS) return value;
    problems.push({ line: part.line, message: `${part.name} is no whole number of beds.` });
    return undefined;
  };
  const closed = element.children.some(
    (child) => isNamed(child, 'capacitystatus') && /^not\s*available$/i.test(child.text.trim()),
  );
  const [counted, baseline] = [count('availablecount'), count('baselinecount')];
  const available = closed ? 0 : counted;
  if (available === undefined && baseline === undefined) return [];
  if (type === undefined) {
    problems.push({ line, message: 'Beds are counted without a type (BedType).' });
    return [];
  }
  if (typeElement !== undefined) used.add(typeElement);
  if (available !== undefined && baseline !== undefined && available > baseline)
    problems.push({
      line,
      message: `${type}: more beds are available (${available}) than there usually are (${baseline}).`,
    });
  return [{ type, line, ...(available !== undefined && { available }), ...(baseline !== undefined && { baseline }) }];
}

/** Names that say nothing without what they stand in. */
const PLAIN_NAMES = ['value', 'pos', 'valuelisturi', 'code', 'text', 'nameelement', 'name'];

/** All else that a facility says: every text in it that is not used. */
function statesIn(facility: XmlElement, used: ReadonlySet<XmlElement>): HaveFacility['states'] {
  const statesOf = (element: XmlElement): HaveFacility['states'] =>
    element.children.flatMap((part) => {
      if (used.has(part)) return [];
      const value = part.children.length === 0 ? textOf(part) : undefined;
      if (value === undefined) return statesOf(part);
      return [{ name: isNamed(part, ...PLAIN_NAMES) ? element.name : part.name, value, line: part.line }];
    });
  return statesOf(facility);
}
