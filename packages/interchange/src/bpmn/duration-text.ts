/** A duration of ISO 8601: `PT1H30M`, `P2D`, `PT0S`; parts of a second are kept. */
export function durationText(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = Number((seconds % 60).toFixed(3));
  const time = [
    [hours, 'H'],
    [minutes, 'M'],
    [rest, 'S'],
  ]
    .filter(([value]) => value !== 0)
    .map(([value, unit]) => `${value}${unit}`)
    .join('');
  if (days === 0) return time === '' ? 'PT0S' : `PT${time}`;
  return `P${days}D${time === '' ? '' : `T${time}`}`;
}

/** Seconds of a duration of ISO 8601 (a month as 30 days, a year as 365); undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const found =
    /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
      text.trim(),
    );
  const parts: readonly (string | undefined)[] = found?.slice(1) ?? [];
  if (parts.every((part) => part === undefined)) return undefined;
  const units = [365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3600, 60, 1];
  return units.reduce((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0);
}
