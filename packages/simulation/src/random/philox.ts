/*
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a function from
 * a 128-bit counter and a 64-bit key to 128 random bits, which passes BigCrush. Because any block can be computed without
 * the ones before it, a draw is addressed by who draws it, for what and when, and does not depend on anything else that
 * happens in a run.
 */

const M0_HIGH = 0xd251;
const M0_LOW = 0x1f53;
const M0 = 0xd2511f53 | 0;
const M1_HIGH = 0xcd9e;
const M1_LOW = 0x8d57;
const M1 = 0xcd9e8d57 | 0;
const W0 = 0x9e3779b9 | 0;
const W1 = 0xbb67ae85 | 0;

/**
 * One block.
 * @param out receives four words as signed 32-bit integers
 */
export function philox(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Int32Array,
): void {
  let c0 = counter0 | 0;
  let c1 = counter1 | 0;
  let c2 = counter2 | 0;
  let c3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    // Upper halves of M0 × c0 and M1 × c2, from 16-bit parts; every intermediate value fits 32 bits unsigned.
    let xl = c0 & 0xffff;
    let xh = c0 >>> 16;
    let t = Math.imul(M0_LOW, xl) >>> 16;
    let u = (Math.imul(M0_HIGH, xl) + t) | 0;
    let v = (Math.imul(M0_LOW, xh) + (u & 0xffff)) | 0;
    const high0 = (Math.imul(M0_HIGH, xh) + (u >>> 16) + (v >>> 16)) | 0;
    const low0 = Math.imul(M0, c0);
    xl = c2 & 0xffff;
    xh = c2 >>> 16;
    t = Math.imul(M1_LOW, xl) >>> 16;
    u = (Math.imul(M1_HIGH, xl) + t) | 0;
    v = (Math.imul(M1_LOW, xh) + (u & 0xffff)) | 0;
    const high1 = (Math.imul(M1_HIGH, xh) + (u >>> 16) + (v >>> 16)) | 0;
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** FNV-1a over the UTF-16 code units, then a finaliser (Murmur3): a stable 32-bit name of a text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
