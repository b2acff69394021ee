/** See constants.mjs. */
export function writtenOut(code: string): Promise<string>;
