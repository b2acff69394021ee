// C0 without tab and line feed, DEL, C1, and the marks that turn the direction of text.
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from a file without characters that would steer a terminal or hide what stands there. */
export function printable(text: string): string {
  return text.replace(UNSAFE, '\u{fffd}');
}
