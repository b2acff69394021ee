import { LANGUAGE_VERSION, type Model } from './model.js';

/** A model that declares nothing but what is given: the beginning of models that no text was written for. */
export function emptyModel(parts: Partial<Model> = {}): Model {
  return {
    languageVersion: LANGUAGE_VERSION,
    sourceHash: '',
    title: '',
    sources: [],
    territories: [],
    organisations: [],
    skills: [],
    roles: [],
    shifts: [],
    staff: [],
    resources: [],
    stocks: [],
    travel: [],
    numbers: [],
    cohorts: [],
    pathways: [],
    indicators: [],
    expectations: [],
    scenarios: [],
    studies: [],
    ...parts,
  };
}
