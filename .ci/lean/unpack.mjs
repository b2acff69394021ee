import { inflateSync, strFromU8 } from 'fflate';

// The 85 characters of ZeroMQ's RFC 32 (Z85), none of which must be escaped in a string: five of them for four bytes,
// a sixteenth less than in base 64.
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Writes deflated bytes as text; zeros fill up the last four, which inflating does not look at. */
export function digits(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4) {
    let value = 0;
    for (let k = 0; k < 4; k++) value = value * 256 + (bytes[i + k] ?? 0);
    for (let unit = 85 ** 4; unit >= 1; unit /= 85) text += DIGITS[Math.floor(value / unit) % 85];
  }
  return text;
}

/** A text as it was before it was deflated at build time: a few milliseconds for the whole of the grammar. */
export function unpack(text) {
  const bytes = new DataView(new ArrayBuffer((text.length / 5) * 4));
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    value = value * 85 + DIGITS.indexOf(text[i]);
    if (i % 5 < 4) continue;
    bytes.setUint32(((i - 4) / 5) * 4, value);
    value = 0;
  }
  return strFromU8(inflateSync(new Uint8Array(bytes.buffer)));
}
