/** A hospital of a report in version 1.0. */
export interface ReportedHospital {
  readonly name: string;
  readonly id?: string;
  readonly beds: readonly string[];
  readonly updated?: string;
}

/** Beds of 1.0: the type, then how many are available, and how many there usually are. */
export function bedCapacity(type: string, available: number | string, baseline?: number): string {
  const usual = baseline === undefined ? '' : `<BaselineCount>${baseline}</BaselineCount>`;
  return `<BedCapacity><BedType>${type}</BedType><Capacity><CapacityStatus>Vacant/Available</CapacityStatus><AvailableCount>${available}</AvailableCount>${usual}</Capacity></BedCapacity>`;
}

/** A report of hospitals in EDXL-HAVE 1.0. */
export function have1(...hospitals: readonly ReportedHospital[]): string {
  const parts = hospitals.map(({ name, id, beds, updated = '2026-04-01T09:00:00+01:00' }) =>
    [
      '<Hospital>',
      '<Organization><OrganizationInformation>',
      `<xnl:OrganisationName${id === undefined ? '' : ` xnl:ID="${id}"`}><xnl:NameElement>${name}</xnl:NameElement></xnl:OrganisationName>`,
      '</OrganizationInformation></Organization>',
      '<EmergencyDepartmentStatus><EMSTraffic><EMSTrafficStatus>Advisory</EMSTrafficStatus></EMSTraffic></EmergencyDepartmentStatus>',
      `<HospitalBedCapacityStatus>${beds.join('')}</HospitalBedCapacityStatus>`,
      updated === '' ? '' : `<LastUpdateTime>${updated}</LastUpdateTime>`,
      '</Hospital>',
    ].join('\n'),
  );
  return `<HospitalStatus xmlns="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0" xmlns:xnl="urn:oasis:names:tc:ciq:xnl:3">\n${parts.join('\n')}\n</HospitalStatus>`;
}

/** A message in an EDXL distribution. */
export function distributed(message: string, status: string): string {
  return `<de:EDXLDistribution xmlns:de="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><de:dateTimeSent>2026-04-01T09:30:00+01:00</de:dateTimeSent><de:distributionStatus>${status}</de:distributionStatus><de:contentObject><de:xmlContent><de:embeddedXMLContent>${message}</de:embeddedXMLContent></de:xmlContent></de:contentObject></de:EDXLDistribution>`;
}
