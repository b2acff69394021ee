/** The hours of the week: 0 is Monday 00:00 to 01:00, 167 Sunday 23:00 to 24:00. */
export const HOURS_OF_WEEK: readonly number[] = Object.freeze(Array.from({ length: 168 }, (_, hour) => hour));

/** Weeks in a mean calendar year of 365.25 days. */
export const WEEKS_PER_YEAR = 365.25 / 7;

/** Sum of values by hour. */
export function total(byHour: readonly number[]): number {
  return byHour.reduce((sum, value) => sum + value, 0);
}

/** Values by hour added, times a factor. */
export function addScaled(sum: number[], values: readonly number[], factor: number): void {
  for (const [hour, value] of values.entries()) sum[hour] = (sum[hour] ?? 0) + value * factor;
}
