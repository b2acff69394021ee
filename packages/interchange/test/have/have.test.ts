import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HaveError } from '../../src/have/have-report.js';
import { importHave } from '../../src/have/have-text.js';
import { readHave } from '../../src/have/read-have.js';
import { bedCapacity, distributed, have1 } from './reports.js';

const NINE = Date.UTC(2026, 3, 1, 8) / 1000;

function faultOf(message: string | Uint8Array): string {
  try {
    readHave(message);
  } catch (error) {
    if (error instanceof HaveError) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('a report of hospitals', () => {
  test('gives the beds of each hospital with the time of its report', () => {
    const report = readHave(
      have1(
        { name: 'Royal Devon', id: 'RH8', beds: [bedCapacity('AdultICU', 3, 12), bedCapacity('Burn', 2)] },
        { name: 'North Devon', beds: [], updated: '2026-04-01T10:00:00Z' },
      ),
    );
    expect(report).toMatchObject({ version: '1.0', problems: [] });
    expect(report.facilities).toMatchObject([
      {
        id: 'RH8',
        name: 'Royal Devon',
        time: NINE,
        beds: [
          { type: 'AdultICU', available: 3, baseline: 12 },
          { type: 'Burn', available: 2 },
        ],
        states: [{ name: 'EMSTrafficStatus', value: 'Advisory' }],
      },
      { name: 'North Devon', time: NINE + 2 * 3600, beds: [] },
    ]);
  });

  test('is found in a distribution, whose time and status it has', () => {
    const message = have1({ name: 'Royal Devon', beds: [bedCapacity('Burn', 2)], updated: '' });
    const report = readHave(distributed(message, 'Exercise'));
    expect(report.status).toBe('Exercise');
    expect(report.facilities[0]?.time).toBe(NINE + 1800);
  });

  test('puts subtypes and their counts together in their order, and has nothing free where a type is not available', () => {
    const subtypes =
      '<BedCapacity><BedType>MedicalSurgical</BedType><SubCategoryBedType>Oncology</SubCategoryBedType><Capacity><AvailableCount>9</AvailableCount></Capacity><Capacity><AvailableCount>4</AvailableCount></Capacity></BedCapacity>';
    const closed =
      '<BedCapacity><BedType>Burn</BedType><Capacity><CapacityStatus>NotAvailable</CapacityStatus><BaselineCount>6</BaselineCount></Capacity></BedCapacity>';
    const bare = '<BedCapacity><BedType>Pediatrics</BedType><AvailableCount>1</AvailableCount></BedCapacity>';
    const { facilities } = readHave(have1({ name: 'A', beds: [subtypes, closed, bare] }));
    expect(facilities[0]?.beds.map(({ type, available, baseline }) => [type, available, baseline])).toEqual([
      ['MedicalSurgical', 9, undefined],
      ['Oncology', 4, undefined],
      ['Burn', 0, 6],
      ['Pediatrics', 1, undefined],
    ]);
  });

  test.each([
    [
      '1.0',
      `<have:HospitalStatus xmlns:have="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0" xmlns:n="urn:oasis:names:tc:ciq:xnl:3" xmlns:gml="http://www.opengis.net/gml"><have:Hospital>
        <have:Organization><have:OrganizationInformation><n:OrganisationName><n:NameElement>Royal</n:NameElement><n:NameElement>Acute site</n:NameElement></n:OrganisationName></have:OrganizationInformation>
          <have:OrganizationGeoLocation><gml:Point><gml:pos>50.71 -3.5</gml:pos></gml:Point></have:OrganizationGeoLocation></have:Organization>
        <have:EmergencyDepartmentStatus><have:EMSTraffic><have:EMSTrafficStatus>Advisory</have:EMSTrafficStatus><have:EMSTrafficReason>Flooded road</have:EMSTrafficReason></have:EMSTraffic>
          <have:EMSOffload><have:EMSOffloadMinutes>35</have:EMSOffloadMinutes></have:EMSOffload></have:EmergencyDepartmentStatus>
        <have:HospitalBedCapacityStatus>
          <have:BedCapacity><have:BedType>AdultICU</have:BedType><have:Capacity><have:CapacityStatus>Vacant/Available</have:CapacityStatus><have:AvailableCount>3</have:AvailableCount><have:BaselineCount>12</have:BaselineCount><have:AdditionalCapacityCount24Hr>2</have:AdditionalCapacityCount24Hr></have:Capacity></have:BedCapacity>
          <have:BedCapacity><have:BedType>Burn</have:BedType><have:Capacity><have:CapacityStatus>NotAvailable</have:CapacityStatus></have:Capacity></have:BedCapacity></have:HospitalBedCapacityStatus>
        <have:ServiceCoverageStatus><have:Cardiology>false</have:Cardiology></have:ServiceCoverageStatus>
        <have:LastUpdateTime>2026-04-01T09:00:00+01:00</have:LastUpdateTime></have:Hospital></have:HospitalStatus>`,
      [
        'Line 2: Royal: OrganisationName is Acute site.',
        'Line 3: Royal: Point is 50.71 -3.5.',
        'Line 4: Royal: EMSTrafficStatus is Advisory.',
        'Line 4: Royal: EMSTrafficReason is Flooded road.',
        'Line 5: Royal: EMSOffloadMinutes is 35.',
        'Line 7: Royal: AdditionalCapacityCount24Hr is 2.',
        'Line 8: Royal: BedType is Burn.',
        'Line 8: Royal: CapacityStatus is NotAvailable.',
        'Line 9: Royal: Cardiology is false.',
      ],
    ],
    [
      '2.0',
      `<h:HAVE xmlns:h="urn:oasis:names:tc:emergency:edxl:have:2.0" xmlns:c="urn:oasis:names:tc:emergency:edxl:ct:1.0"><h:facility>
        <h:facilityInformation><h:facilityName>Royal</h:facilityName></h:facilityInformation>
        <h:facilityColourStatus><h:colourCode><c:ValueListURI>urn:colours</c:ValueListURI><c:Value>red</c:Value></h:colourCode></h:facilityColourStatus>
        <h:lastUpdateTime>2026-04-01T09:00:00+01:00</h:lastUpdateTime></h:facility></h:HAVE>`,
      ['Line 3: Royal: colourCode is urn:colours.', 'Line 3: Royal: colourCode is red.'],
    ],
  ])('of version %s has all that it says in the text or in the list', (_, message, expected) => {
    expect(importHave(message).notSaid).toEqual(expected);
  });

  test('may be in version 2.0, whose services count beds', () => {
    const message = `<have:HAVE xmlns:have="urn:oasis:names:tc:emergency:edxl:have:2.0">
      <have:facility>
        <have:facilityInformation><have:facilityID>RH8</have:facilityID><have:facilityName>Royal Devon</have:facilityName></have:facilityInformation>
        <have:serviceList>
          <have:serviceListItem>
            <have:serviceName>Intensive care</have:serviceName>
            <have:bedCapacity><have:availableCount>3</have:availableCount><have:baselineCount>12</have:baselineCount></have:bedCapacity>
          </have:serviceListItem>
        </have:serviceList>
        <have:lastUpdateTime>2026-04-01T09:00:00+01:00</have:lastUpdateTime>
      </have:facility>
    </have:HAVE>`;
    expect(readHave(message)).toMatchObject({
      version: '2.0',
      facilities: [
        { id: 'RH8', name: 'Royal Devon', time: NINE, beds: [{ type: 'Intensive care', available: 3, baseline: 12 }] },
      ],
      problems: [],
    });
  });

  test.each([
    [{ name: 'A', beds: [bedCapacity('Burn', 'some')] }, 7, 'AvailableCount is no whole number of beds.'],
    [
      { name: 'A', beds: [bedCapacity('Burn', 7, 5)] },
      7,
      'Burn: more beds are available (7) than there usually are (5).',
    ],
    [{ name: 'A', beds: [], updated: '' }, 2, 'A does not say when its report was true (LastUpdateTime).'],
    [{ name: 'A', beds: [], updated: '1 April' }, 2, 'The time of A is not written like 2026-07-01T15:00:00+02:00.'],
    [{ name: '', beds: [] }, 2, 'Hospital 1 has neither a name nor an identifier.'],
    [{ name: 'A', beds: [bedCapacity('', 3)] }, 7, 'Beds are counted without a type (BedType).'],
  ])('tells with its line what is wrong: %j', (hospital, line, message) => {
    expect(readHave(have1(hospital)).problems).toContainEqual({ line, message });
  });
});

describe('a message that cannot be trusted', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>${have1({ name: '&b;', beds: [] })}`;

  test.each([
    ['entities', bomb, 'It has a document type, which could define entities.'],
    ['half of it', have1().slice(0, -5), 'It is no well-formed XML'],
    [
      'something else',
      '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>',
      'It is no report of Hospital Availability',
    ],
    ['depth', `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`, 'Elements stand more than 40 deep in each other.'],
    ['size', new Uint8Array(5 * 1024 * 1024).fill(32), 'It has 5242880 bytes, more than the 4194304 that are read.'],
  ])('is refused for %s', (_, message, fault) => {
    expect(faultOf(message)).toContain(fault);
  });

  test('is refused with one sentence, or read, whatever it is', () => {
    const whole = have1({ name: 'Royal', beds: [bedCapacity('Burn', 1, 2)] });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.string({ maxLength: 12 }), (at, more) => {
        const message = `${whole.slice(0, at)}${more}${whole.slice(at)}`;
        expect(() => faultOf(message)).not.toThrow();
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe('a report as text', () => {
  test('has an organisation for each hospital and a resource for each type of bed', () => {
    const { text, notSaid, organisations, resources } = importHave(
      have1({ name: 'Royal "Devon" */', id: 'RH8', beds: [bedCapacity('AdultICU', 3, 12), bedCapacity('Burn', 2)] }),
    );
    expect({ organisations, resources }).toEqual({ organisations: 1, resources: 2 });
    expect(text).toContain('organisation RoyalDevon "Royal \\"Devon\\" */" { sector hospital }');
    expect(text).toContain(
      '/** 3 of them free. */\nresource AdultICUBedsAtRoyalDevon "Adult ICU beds" { at RoyalDevon kind space count 12 }',
    );
    expect(notSaid).toEqual([
      'Line 6: Royal "Devon" */: EMSTrafficStatus is Advisory.',
      'Line 7: Burn of Royal "Devon" */: how many there usually are must be set; those that are free stand in.',
    ]);
  });
});
