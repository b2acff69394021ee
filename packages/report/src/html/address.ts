const SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'file', 'vscode', 'vscode-insiders', 'mailto', 'tel']);

/**
 * An address that may stand in a link: relative, or of a scheme that only opens something. Undefined for all others
 * (`javascript:`, `data:`), also where blanks or controls hide the scheme.
 */
export function safeAddress(address: string): string | undefined {
  // Browsers drop these before they read the scheme.
  const bare = address.replace(/[\u0000-\u0020\u007f-\u009f]/g, '');
  const scheme = /^([^/?#]*?):/.exec(bare)?.[1]?.toLowerCase();
  return scheme === undefined || SCHEMES.has(scheme) ? address.trim() : undefined;
}
