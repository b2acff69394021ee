import { capXml, CapError, capSeconds, readCap } from '@pathway/interchange';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alert, info, refersTo } from './alerts.js';

const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';
const plain = capXml(alert('A1'));

/** The message and the place of what is wrong with a text. */
function refusal(message: string | Uint8Array): string {
  try {
    readCap(message);
  } catch (error) {
    if (!(error instanceof CapError)) throw error;
    expect(error.advice).not.toBe('');
    return `${error.place === undefined ? '' : `${error.place.line}: `}${error.message}`;
  }
  return 'nothing is wrong';
}

describe('an alert', () => {
  it('is read with everything in it, and written again', () => {
    const full = alert('A2', {
      msgType: 'Update',
      scope: 'Restricted',
      note: 'a < b & c',
      ...refersTo(alert('A1')),
      infos: [
        info({
          responseTypes: ['Prepare', 'Monitor'],
          effective: '2026-07-01T14:00:00+02:00',
          onset: '2026-07-02T09:00:00+02:00',
          senderName: 'Weather service',
          headline: 'Heat',
          description: 'Forty degrees',
          instruction: 'Drink',
          areas: [
            {
              description: 'Devon',
              polygons: [
                [
                  [50, -4],
                  [51, -4],
                  [51, -3],
                  [50, -4],
                ],
              ],
              circles: [{ centre: [50.5, -3.5], radius: 12.5 }],
              geocodes: [{ system: 'NUTS3', code: 'UKK43' }],
            },
          ],
        }),
        info({ language: 'it-IT', event: 'Caldo estremo', areas: [] }),
      ],
    });
    expect(readCap(capXml(full))).toEqual(full);
  });

  it('has whatever point and radius can be read back, however small or large', () => {
    const coordinate = fc
      .tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.integer({ min: 0, max: 14 }))
      .map(([value, small]) => Number((value / 10 ** small).toFixed(20)) + 0);
    const point = fc.tuple(coordinate, coordinate);
    const radius = fc.oneof(fc.constantFrom(0, 1e-7, 1e21, 1.5e300), fc.double({ min: 0, max: 1e4, noNaN: true }));
    fc.assert(
      fc.property(point, point, point, radius, (a, b, c, large) => {
        const kilometres = large < 1 ? Number(large.toFixed(20)) + 0 : large;
        const areas = [
          {
            description: 'Devon',
            polygons: [[a, b, c, a]],
            circles: [{ centre: a, radius: kilometres }],
            geocodes: [],
          },
        ];
        const message = alert('A1', { infos: [info({ areas })] });
        expect(readCap(capXml(message))).toEqual(message);
      }),
      { numRuns: 300 },
    );
  });

  it('may have a prefix, comments, character data, foreign elements and a signature', () => {
    const text = `<?xml version="1.0"?><c:alert xmlns:c="${NAMESPACE}" xmlns:x="urn:other"><!-- c --><c:identifier>A</c:identifier>
      <c:sender>s@x</c:sender><c:sent>2026-07-01T12:00:00-05:00</c:sent><c:status>Actual</c:status><c:msgType>Cancel</c:msgType>
      <c:scope>Public</c:scope><x:status>Draft</x:status><c:note><![CDATA[<b>]]></c:note>
      <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature></c:alert>`;
    expect(readCap(text)).toMatchObject({
      status: 'Actual',
      msgType: 'Cancel',
      note: '<b>',
      hasSignature: true,
      infos: [],
    });
  });

  it('may be written in another encoding that it names', () => {
    const german = plain.replace('UTF-8', 'ISO-8859-1').replace('Extreme heat', 'Extreme heat für alle');
    expect(readCap(Uint8Array.from(german, (each) => each.charCodeAt(0))).infos[0]?.event).toBe(
      'Extreme heat für alle',
    );
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...Array.from(plain.replace('UTF-8', 'UTF-16')).flatMap((each) => [each.charCodeAt(0), 0]),
    ]);
    expect(readCap(utf16).identifier).toBe('A1');
    expect(readCap(new TextEncoder().encode(`\ufeff${plain}`)).identifier).toBe('A1');
  });
});

describe('what is no alert is refused with a reason:', () => {
  const without = (element: string): string => plain.replace(new RegExp(`\\s*<${element}>[^<]*</${element}>`), '');
  const withText = (element: string, text: string): string =>
    plain.replace(new RegExp(`<${element}>[^<]*<`), `<${element}>${text}<`);

  it.each([
    ['another version', plain.replace('cap:1.2', 'cap:1.1'), 'another version'],
    ['another namespace', plain.replace(NAMESPACE, 'urn:cap'), 'no alert of the Common Alerting Protocol'],
    ['a feed', '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>', 'a list of alerts'],
    ['a missing element', without('status'), '`alert` has no `status`'],
    ['a missing area name', without('areaDesc'), '`area` has no `areaDesc`'],
    ['a missing event', withText('event', ' '), '`info` has no `event`'],
    ['a word in small letters', withText('severity', 'severe'), '`severity` is none of Extreme, Severe'],
    ['a sender with a comma', withText('sender', 'a,b'), '`sender` has spaces, commas'],
    ['a day that does not exist', withText('sent', '2026-02-30T12:00:00+00:00'), '`sent` is no date and time'],
    ['a time without its zone', withText('sent', '2026-02-20T12:00:00'), '`sent` is no date and time'],
    ['an end before the beginning', withText('expires', '2026-07-01T11:00:00+00:00'), 'expires before it begins'],
    ['an element twice', plain.replace('</scope>', '</scope><scope>Public</scope>'), '`scope` stands there twice'],
    [
      'a reference that is none',
      plain.replace('</scope>', '</scope><references>A1</references>'),
      'A reference is not',
    ],
    ['an open polygon', plain.replace('<geocode>', '<polygon>1,1 2,2 3,1 2,1</polygon><geocode>'), 'no closed ring'],
    ['a place beyond the Earth', plain.replace('<geocode>', '<circle>95,1 3</circle><geocode>'), 'A circle is not'],
    ['what is cut off', plain.slice(0, 300), 'no well-formed XML'],
    ['nothing', '', 'no well-formed XML'],
    ['text', 'ALERT!!! everybody out', 'no well-formed XML'],
  ])('%s', (_, message, reason) => {
    expect(refusal(message)).toContain(reason);
  });

  it('an entity bomb, before anything is expanded', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const bomb = `<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY l0 "lol">${levels}]><alert xmlns="${NAMESPACE}"><note>&l9;</note></alert>`;
    expect(refusal(bomb)).toContain('document type');
    expect(refusal(plain.replace('Extreme heat', '&file;'))).toContain('no well-formed XML');
    const outside = `<!DOCTYPE alert SYSTEM "file:///etc/passwd">${plain.slice(plain.indexOf('<alert'))}`;
    expect(refusal(outside)).toContain('document type');
  });

  it('megabytes, depth and numbers', () => {
    expect(refusal(new Uint8Array(2 * 1024 * 1024))).toContain('bytes, more than');
    const deep = `<alert xmlns="${NAMESPACE}">${'<info>'.repeat(50_000)}`;
    expect(refusal(deep)).toContain('deep in each other');
    expect(refusal(`<alert xmlns="${NAMESPACE}">${'<a/>'.repeat(100_000)}</alert>`)).toContain(
      'more than 20000 elements',
    );
    expect(refusal(plain.replace('Extreme heat', 'x'.repeat(50_000)))).toContain('more than 20000 characters');
    const many = `${'<info></info>'.repeat(101)}</alert>`;
    expect(refusal(plain.replace('</alert>', many))).toContain('more than 100 `info` parts');
  });

  it('bytes that are no text, and encodings that nobody sends', () => {
    expect(refusal(Uint8Array.from([...new TextEncoder().encode(plain.slice(0, 200)), 0xff, 0xc0, 0x80]))).toBe(
      'It is not text in UTF-8.',
    );
    expect(refusal(new TextEncoder().encode(plain.replace('UTF-8', 'UTF-7')))).toContain('encoding');
  });

  it('whatever is done to one: it is read or refused, and nothing else', () => {
    const bytes = new TextEncoder().encode(plain);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    let refused = 0;
    fc.assert(
      fc.property(damage, fc.nat(bytes.length), (changes, length) => {
        const broken = Uint8Array.from(bytes);
        for (const [place, value] of changes) broken[place] = value;
        if (refusal(broken.subarray(0, length < 200 ? length : undefined)) !== 'nothing is wrong') refused++;
      }),
      { seed: 3, numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(700);
  });
});

it('times are moments, in whatever zone', () => {
  expect(capSeconds('2026-07-01T14:00:00+02:00')).toBe(Date.UTC(2026, 6, 1, 12) / 1000);
  expect(capSeconds('2026-07-01T12:00:00Z')).toBe(Date.UTC(2026, 6, 1, 12) / 1000);
  expect(capSeconds('2026-07-01T12:00:00-00:00')).toBe(Date.UTC(2026, 6, 1, 12) / 1000);
  expect(capSeconds('2026-07-01T12:00:60+00:00')).toBeUndefined();
  expect(capSeconds('2026-07-01T12:00:00+15:00')).toBeUndefined();
  expect(capSeconds('2026-02-29T12:00:00+00:00')).toBeUndefined();
  expect(capSeconds('2028-02-29T12:00:00+00:00')).toBeDefined();
});
