import { byId, createDiagnostic, type Diagnostic, type Model, type Territory, titleOf } from '@pathway/model';
import { organisationTitle, withParents } from '../../organisations.js';

/** Everyone who may have to call somewhere. */
const AUDIENCES = ['citizens', 'professionals'] as const;

/**
 * Each audience of a territory has exactly one entry point, and that one can be reached. Once a project names any entry point,
 * every territory in which it has organisations needs its own.
 */
export function entryPointsAreClear(model: Model): Diagnostic[] {
  if (model.territories.every(({ entrypoints }) => entrypoints.length === 0)) return [];
  const served = new Set(model.organisations.map(({ territory }) => territory));
  return model.territories
    .filter(({ id, entrypoints }) => entrypoints.length > 0 || served.has(id))
    .flatMap((territory) => [
      ...AUDIENCES.flatMap((audience) => onePerAudience(territory, audience, model)),
      ...canBeReached(territory, model),
    ]);
}

function onePerAudience(territory: Territory, audience: string, model: Model): Diagnostic[] {
  const entries = territory.entrypoints.filter(({ audiences }) => audiences.includes(audience));
  const organisations = [...new Set(entries.map(({ organisation }) => organisation))];
  const place = titleOf(territory);
  if (organisations.length === 0) return [createDiagnostic('PW8011', { territory: place, audience }, territory.origin)];
  if (organisations.length === 1) return [];
  const titles = organisations.map((id) => organisationTitle(id, model)).join(', ');
  return [createDiagnostic('PW8010', { territory: place, audience, organisations: titles }, territory.origin)];
}

function canBeReached(territory: Territory, model: Model): Diagnostic[] {
  const entries = [...new Set(territory.entrypoints.map(({ organisation }) => organisation))];
  return entries
    .filter((id) => !withParents(id, model).some((each) => hasContact(each, model)))
    .map((id) => {
      const params = { organisation: organisationTitle(id, model), territory: titleOf(territory) };
      return createDiagnostic('PW8012', params, byId(model.organisations, id)?.origin ?? territory.origin);
    });
}

function hasContact(id: string, model: Model): boolean {
  const { phone, email, website } = byId(model.organisations, id)?.contact ?? {};
  return [phone, email, website].some((each) => each !== undefined);
}
