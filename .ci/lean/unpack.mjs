import { inflateSync, strFromU8 } from 'fflate';

/** A text as it was before it was deflated at build time: a few milliseconds for the whole of the grammar. */
export function unpack(base64) {
  return strFromU8(inflateSync(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))));
}
