import { IntList } from './arrays.ts';
import { StepCursor } from './clocks.ts';
import { Doubles, Ints, newDoubles, newInts } from './platform.ts';
import { Hook } from './recorder.ts';
import { f64, i32 } from './scalars.ts';

/**
 * Reads a program's image, whole numbers and doubles each in their own order, which is that of
 * src/program/image.ts.
 */
export class ImageReader {
  private readonly ints: Ints;
  private readonly numbers: Doubles;
  private nextInt: i32 = 0;
  private nextNumber: i32 = 0;

  constructor(ints: Ints, numbers: Doubles) {
    this.ints = ints;
    this.numbers = numbers;
  }

  int(): i32 {
    this.nextInt++;
    return this.ints[this.nextInt - 1]!;
  }

  number(): f64 {
    this.nextNumber++;
    return this.numbers[this.nextNumber - 1]!;
  }

  /** So many whole numbers. */
  manyInts(count: i32): Ints {
    const list = newInts(count);
    for (let i = 0; i < count; i++) list[i] = this.int();
    return list;
  }

  manyNumbers(count: i32): Doubles {
    const list = newDoubles(count);
    for (let i = 0; i < count; i++) list[i] = this.number();
    return list;
  }

  /** Whole numbers with their count before them. */
  list(): IntList {
    const count = this.int();
    return new IntList(this.manyInts(count), count);
  }

  /** A step function, or null. */
  steps(): StepCursor | null {
    const count = this.int();
    if (count === 0) return null;
    const period = this.number();
    const at = this.manyNumbers(count);
    return new StepCursor(at, this.manyNumbers(count), count, period);
  }

  hook(): Hook | null {
    if (this.int() === 0) return null;
    const remember = this.list();
    const observe = this.list();
    return new Hook(remember, observe, this.list());
  }
}
