/** Size of a drawing in its own units. */
export function sizeOf(svg: string): { width: number; height: number } {
  const [, width = '', height = ''] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return { width: Number(width) || 400, height: Number(height) || 300 };
}
