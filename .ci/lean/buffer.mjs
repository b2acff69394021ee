// What csv-parse uses of Node's buffers, for a web worker, in place of a replica of the whole of them (38 kB).
class Bytes extends Uint8Array {
  static from(value, encoding) {
    if (typeof value !== 'string') return super.from(value);
    if (encoding !== undefined && encoding !== 'utf8') throw new RangeError(`${encoding} is not read here`);
    return super.from(new TextEncoder().encode(value));
  }

  static isBuffer(value) {
    return value instanceof Bytes;
  }

  static allocUnsafe(size) {
    return new Bytes(size);
  }

  static concat(parts) {
    return Bytes.from(parts.flatMap((part) => [...part]));
  }

  static compare(a, b) {
    const [left, right] = [String(a), String(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  compare(other, start = 0, end = other.length) {
    return Bytes.compare(this, other.subarray(start, end));
  }

  copy(target, targetStart = 0, start = 0, end = this.length) {
    target.set(this.subarray(start, end), targetStart);
    return end - start;
  }

  equals(other) {
    return this.length === other.length && this.every((each, index) => each === other[index]);
  }

  // As Node's do, a slice is a view of the same memory.
  slice(start, end) {
    return this.subarray(start, end);
  }

  toString(_encoding, start = 0, end = this.length) {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.subarray(start, end));
  }
}

export { Bytes as Buffer };
