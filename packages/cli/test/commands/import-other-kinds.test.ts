import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const CAP = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A</identifier></alert>';
const XES = '<log xmlns="http://www.xes-standard.org/"><trace/></log>';
const UTF_16 = Buffer.concat([
  Buffer.from([0xff, 0xfe]),
  Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${CAP}`, 'utf16le'),
]);

describe('pathway import of what another command reads', () => {
  test.each<readonly [string, string | Uint8Array, string, string]>([
    [
      'alert.xml',
      `<?xml version="1.0"?>\n<!-- <log> -->\n${CAP}`,
      'It is an alert',
      'pathway watch my-region --alerts',
    ],
    ['prefixed.xml', CAP.replaceAll('alert', 'c:alert').replace('xmlns', 'xmlns:c'), 'It is an alert', 'pathway watch'],
    ['wide.xml', UTF_16, 'It is an alert', 'pathway watch'],
    ['cut.xml', CAP.slice(0, 70), 'It is an alert', 'pathway watch'],
    ['run.xes', XES, 'It is an event log', 'pathway calibrate'],
    ['run.xes.gz', gzipSync(XES), 'It is an event log', 'pathway calibrate'],
    ['run.json', '{"objectTypes": [], "events": []}', 'It is an event log', 'pathway calibrate'],
    ['run.csv', 'case,activity,time\n1,See,2026-01-05\n', 'It is a table', 'pathway calibrate'],
    ['care.json', '{"resourceType": "Bundle"}', 'It is FHIR', 'BPMN 2.0 XML'],
    ['care.xml', '<Bundle xmlns="http://hl7.org/fhir"/>', 'It is FHIR', 'BPMN 2.0 XML'],
    [
      'care.dmn',
      '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
      'It is a model of decisions',
      'BPMN',
    ],
    ['care.vsdx', 'PK\u0003\u0004\u0014\u0000', 'It is a packed file', 'Unpack it'],
    ['care.pathway', 'role Nurse "Nurse"\n', 'It is text of the language already', 'pathway check'],
    ['care.bpmn', 'not a process', 'It is no XML', 'BPMN 2.0 XML'],
  ])('says of %s where it belongs', async (file, content, message, advice) => {
    const { exitCode, out, err } = await runCli(['import', file], { cwd: temporaryFolder({ [file]: content }) });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(`${file}: ${message}`);
    expect(err).toContain(advice);
  });

  test('still names the place of what is wrong in BPMN, whatever else the file mentions', async () => {
    const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">\n${CAP}`;
    const { err } = await runCli(['import', 'a.bpmn'], { cwd: temporaryFolder({ 'a.bpmn': bpmn }) });
    expect(err).toMatch(/a\.bpmn:\d+:\d+: It is no well-formed XML/);
  });
});
