/** What a file is that `pathway import` does not read, and what does. */
interface OtherKind {
  readonly message: string;
  readonly advice: string;
}

const ALERT: OtherKind = {
  message: 'It is an alert (Common Alerting Protocol), and no part of a text.',
  advice: 'See what it sets off: `pathway watch my-region --alerts FILE --once`.',
};

const EVENT_LOG: OtherKind = {
  message: 'It is an event log.',
  advice: 'See what it says of times, ways and arrivals: `pathway calibrate FILE --out observed.pathway`.',
};

const FHIR: OtherKind = {
  message: 'It is FHIR, which is written and not read.',
  advice: 'Export the process as BPMN 2.0 XML from the tool that has it.',
};

const DECISIONS: OtherKind = {
  message: 'It is a model of decisions or cases (DMN, CMMN), and no process.',
  advice: 'Export the process that uses it as BPMN 2.0 XML.',
};

const PACKED: OtherKind = {
  message: 'It is a packed file (ZIP, or a document of Word, Excel or Visio), and no XML.',
  advice: 'Unpack it, or export the model as BPMN 2.0 XML.',
};

const OWN: OtherKind = {
  message: 'It is text of the language already.',
  advice: 'Put it into the folder of the project, and look at it with `pathway check`.',
};

const TABLE: OtherKind = {
  message: 'It is a table, and no process.',
  advice:
    'An event log is read by `pathway calibrate FILE`, values that are watched by `pathway watch my-region --values FILE`.',
};

const NO_XML: OtherKind = {
  message: 'It is no XML: it does not begin with `<`.',
  advice: 'Export the model as BPMN 2.0 XML.',
};

/** What the first element of a document says, by its name and the namespaces that its tag declares. */
const BY_FIRST_TAG: readonly (readonly [RegExp, OtherKind])[] = [
  [/urn:oasis:names:tc:emergency:cap:|incident\.com\/cap\//i, ALERT],
  [/^<(?:[\w.-]+:)?log\b/, EVENT_LOG],
  [/["']http:\/\/hl7\.org\/fhir["']/, FHIR],
  [/omg\.org\/spec\/(?:DMN|CMMN)\//, DECISIONS],
];

/**
 * What a file that cannot be imported is instead, by how it begins; undefined for what may be meant to be BPMN or a report.
 * @param file its name, whose ending tells tables and texts from what is damaged
 */
export function otherKindOf(bytes: Uint8Array, file: string): OtherKind | undefined {
  // Every kind is told by letters of ASCII, so that the encoding does not matter.
  const head = Buffer.from(bytes.subarray(0, 20_000)).toString('latin1').replaceAll('\u0000', '');
  if (head.startsWith('PK\u0003\u0004')) return PACKED;
  const text = head.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').trimStart();
  if (text.startsWith('<')) {
    const tag = /<[A-Za-z_][^>]*/.exec(text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, ''))?.[0] ?? '';
    return BY_FIRST_TAG.find(([says]) => says.test(tag))?.[1];
  }
  if (/^\{[\s\S]*"(?:objectTypes|eventTypes|ocel:[\w-]+)"/.test(text)) return EVENT_LOG;
  if (/^\{[\s\S]*"resourceType"/.test(text)) return FHIR;
  if (file.endsWith('.pathway')) return OWN;
  if (/\.(?:csv|tsv)(?:\.gz)?$/i.test(file)) return TABLE;
  return text === '' || /[\u0001-\u0008\u000e-\u001f]/.test(text) ? undefined : NO_XML;
}
