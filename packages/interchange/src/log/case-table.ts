import { uint32Column } from './growing-columns.js';

/**
 * Numbers cases in the order in which they come first. A case's identifier is turned into a fingerprint of 64 bits and
 * not kept: identifiers of patients are needed for nothing else, and ten million texts would not fit into the memory
 * that is allowed. Two of ten million cases share a fingerprint with a probability below 1 in 300,000.
 */
export class CaseTable {
  private readonly high = uint32Column();
  private readonly low = uint32Column();
  private slots = new Uint32Array(1 << 12);
  private lastId: string | undefined;
  private lastNumber = 0;

  /** How many different cases there are. */
  get size(): number {
    return this.high.length;
  }

  /** The number of the case with this identifier, from 0. */
  numberOf(id: string): number {
    if (id === this.lastId) return this.lastNumber;
    this.lastId = id;
    this.lastNumber = this.find(id);
    return this.lastNumber;
  }

  /** A new case that no identifier leads to. */
  anonymous(): number {
    this.high.push(0);
    this.low.push(0);
    return this.high.length - 1;
  }

  private find(id: string): number {
    const [high, low] = fingerprint(id);
    const mask = this.slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const entry = this.slots[slot]!;
      if (entry === 0) return this.insert(slot, high, low);
      if (this.low.get(entry - 1) === low && this.high.get(entry - 1) === high) return entry - 1;
    }
  }

  private insert(slot: number, high: number, low: number): number {
    const number = this.high.length;
    this.high.push(high);
    this.low.push(low);
    this.slots[slot] = number + 1;
    if (this.high.length * 4 > this.slots.length * 3) this.grow();
    return number;
  }

  private grow(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.high.length; number++) {
      let slot = this.low.get(number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

/** Two chains of multiplications that are mixed in the end (the construction of cyrb53, with all 64 bits kept). */
function fingerprint(text: string): readonly [high: number, low: number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [b >>> 0, a >>> 0];
}
