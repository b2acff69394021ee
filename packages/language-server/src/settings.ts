import type { SeverityConfiguration } from '@pathway/language';
import { isDiagnosticCode } from '@pathway/model';

/** What an editor's user set; a project's own configuration wins over it. */
export interface Settings {
  readonly severities: SeverityConfiguration;
  readonly inlayHints: boolean;
  readonly codeLenses: boolean;
  /** Pause in typing after which the whole project is checked, milliseconds. */
  readonly checkDelay: number;
}

export const USUAL_SETTINGS: Settings = { severities: {}, inlayHints: true, codeLenses: true, checkDelay: 200 };

const LEVELS = ['error', 'warning', 'information', 'hint', 'off'] as const;

function isLevel(value: unknown): value is (typeof LEVELS)[number] {
  return LEVELS.some((level) => level === value);
}

/** The settings in what an editor sends; whatever is not as it should be stays as usual. */
export function readSettings(value: unknown): Settings {
  if (typeof value !== 'object' || value === null) return USUAL_SETTINGS;
  const given = new Map<string, unknown>(Object.entries(value));
  const delay = given.get('checkDelay');
  return {
    severities: severitiesIn(given.get('severities')),
    inlayHints: given.get('inlayHints') !== false,
    codeLenses: given.get('codeLenses') !== false,
    checkDelay: typeof delay === 'number' && delay >= 0 ? Math.min(delay, 10_000) : USUAL_SETTINGS.checkDelay,
  };
}

function severitiesIn(value: unknown): SeverityConfiguration {
  if (typeof value !== 'object' || value === null) return {};
  const found: Partial<Record<string, (typeof LEVELS)[number]>> = {};
  for (const [code, level] of Object.entries(value)) if (isDiagnosticCode(code) && isLevel(level)) found[code] = level;
  return found;
}
