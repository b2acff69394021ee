import { DoubleWriter } from './arrays.ts';
import { Doubles, newTable, Table } from './platform.ts';
import { Pool } from './pools.ts';
import { f64, i32 } from './scalars.ts';

/** What comes by the calendar: times, the next of them, and the code of the amount. */
export class Delivery {
  readonly index: i32;
  readonly stock: Stock;
  readonly amount: i32;
  readonly count: i32;
  readonly times: Doubles;
  next: i32 = 0;

  constructor(index: i32, stock: Stock, amount: i32, count: i32, times: Doubles) {
    this.index = index;
    this.stock = stock;
    this.amount = amount;
    this.count = count;
    this.times = times;
  }
}

/** What is ordered when the level falls below a limit; codes of the amount and of the time until it is there. */
export class Order {
  readonly index: i32;
  readonly stock: Stock;
  readonly below: f64;
  readonly amount: i32;
  readonly after: i32;
  /** Whether one is under way, and how many were placed. */
  open: boolean = false;
  placed: i32 = 0;

  constructor(index: i32, stock: Stock, below: f64, amount: i32, after: i32) {
    this.index = index;
    this.stock = stock;
    this.below = below;
    this.amount = amount;
    this.after = after;
  }
}

/** A pool whose units are used up and delivered: what is scheduled is the level. */
export class Stock {
  readonly pool: Pool;
  readonly hash: i32;
  /** Room for so many units. */
  readonly most: i32;
  /** What deliveries bring of what they say. */
  supply: f64 = 1;
  orders: Table<Order> = newTable<Order>(0);
  orderCount: i32 = 0;
  /** Units in the window. */
  consumed: f64 = 0;
  delivered: f64 = 0;
  refused: f64 = 0;
  lowest: f64 = 0;

  constructor(pool: Pool, hash: i32, most: i32) {
    this.pool = pool;
    this.hash = hash;
    this.most = most;
  }

  /** The window begins: what was counted before is forgotten. */
  begin(): void {
    this.consumed = 0;
    this.delivered = 0;
    this.refused = 0;
    this.lowest = this.pool.scheduled;
  }

  report(to: DoubleWriter): void {
    to.put(this.consumed);
    to.put(this.delivered);
    to.put(this.refused);
    to.put(this.lowest);
  }
}
