import { byId, constantValue, type Model, type Organisation, titleOf } from '@pathway/model';

/** What a directory of services says of one organisation. */
export interface Service {
  readonly id: string;
  readonly title: string;
  readonly sector?: string;
  /** Title of the organisation that it is part of. */
  readonly partOf?: string;
  readonly territory?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly website?: string;
  readonly hours?: string;
  /** Languages in which one is served, BCP 47. */
  readonly languages: readonly string[];
  readonly accepts: readonly string[];
  /** Audiences whose entry point it is. */
  readonly entrypointFor: readonly string[];
  /** How long the way takes, seconds, from each place that a travel knows. */
  readonly travel: readonly { readonly from: string; readonly seconds: number }[];
}

/** The services of a model, entry points first, then in the order of declaration. */
export function directoryOf(model: Model): readonly Service[] {
  const services = model.organisations.map((organisation) => serviceOf(organisation, model));
  return [
    ...services.filter(({ entrypointFor }) => entrypointFor.length > 0),
    ...services.filter(({ entrypointFor }) => entrypointFor.length === 0),
  ];
}

function serviceOf(organisation: Organisation, model: Model): Service {
  const { id, sector, contact, languages = [], accepts = [] } = organisation;
  const chain = parentsOf(organisation, model);
  const inherited = (key: string): string | undefined =>
    chain.map((each) => each.contact[key]).find((each) => each !== undefined);
  const territory = chain.map((each) => each.territory).find((each) => each !== undefined);
  const place = territory === undefined ? undefined : byId(model.territories, territory);
  const [phone, email, website] = ['phone', 'email', 'website'].map(inherited);
  const parent = chain[1];
  return {
    id,
    title: titleOf(organisation),
    ...(sector !== undefined && { sector }),
    ...(parent !== undefined && { partOf: titleOf(parent) }),
    ...(place !== undefined && { territory: titleOf(place) }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
    ...(website !== undefined && { website }),
    ...(contact.hours !== undefined && { hours: contact.hours }),
    languages,
    accepts,
    entrypointFor: model.territories.flatMap(({ entrypoints }) =>
      entrypoints.filter((each) => each.organisation === id).flatMap(({ audiences }) => audiences),
    ),
    travel: travelTo(id, model),
  };
}

/** An organisation and those that it is part of, itself first. */
function parentsOf(organisation: Organisation, model: Model): readonly Organisation[] {
  const chain: Organisation[] = [];
  for (let at: Organisation | undefined = organisation; at !== undefined && !chain.includes(at);) {
    chain.push(at);
    at = at.partOf === undefined ? undefined : byId(model.organisations, at.partOf);
  }
  return chain;
}

function travelTo(id: string, model: Model): Service['travel'] {
  return model.travel.flatMap(({ speed, legs }) =>
    legs.flatMap(({ from, to, length }) => {
      const amount = to === id ? constantValue(length, model) : undefined;
      if (amount === undefined) return [];
      const metresPerSecond = speed === undefined ? undefined : constantValue(speed, model);
      const place = byId(model.organisations, from);
      const isLength = length.kind === 'number' && length.dimension.length === 1;
      if (isLength && metresPerSecond === undefined) return [];
      const seconds = isLength ? amount / (metresPerSecond ?? 1) : amount;
      return [{ from: place === undefined ? from : titleOf(place), seconds }];
    }),
  );
}

/** The directory as a table: a row for each service, lists within a cell parted by semicolons. */
export function directoryRows(services: readonly Service[]): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
} {
  const header =
    'id,title,sector,part_of,territory,entrypoint_for,phone,email,website,hours,languages,accepts,travel_minutes';
  return {
    header: header.split(','),
    rows: services.map((each) => [
      each.id,
      each.title,
      each.sector,
      each.partOf,
      each.territory,
      each.entrypointFor.join('; '),
      each.phone,
      each.email,
      each.website,
      each.hours,
      each.languages.join('; '),
      each.accepts.join('; '),
      each.travel.map(({ from, seconds }) => `${from}: ${Math.round(seconds / 60)}`).join('; '),
    ]),
  };
}
