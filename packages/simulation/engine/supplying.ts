import { value, wholeAmount } from './evaluator.ts';
import { CLASS_CAPACITY, EVENT_DELIVERY, EVENT_ORDERED, KINDS } from './event-heap.ts';
import { FAULT_UNIT_TIME } from './faults.ts';
import { Pool, UNLIMITED } from './pools.ts';
import { Run } from './run.ts';
import { i32 } from './scalars.ts';
import { Delivery, Stock } from './stocks.ts';

/** Schedules the first deliveries, and orders where there is too little from the start. */
export function beginStocks(run: Run): void {
  for (let i = 0; i < run.deliveryCount; i++) scheduleDelivery(run, run.deliveries[i]!);
  for (let i = 0; i < run.stockCount; i++) orderWhereLow(run, run.stocks[i]!);
}

function scheduleDelivery(run: Run, delivery: Delivery): void {
  if (delivery.next >= delivery.count) return;
  const time = delivery.times[delivery.next]!;
  if (time < run.end) run.heap.push(time, CLASS_CAPACITY, delivery.index * KINDS + EVENT_DELIVERY);
}

/** A delivery by the calendar is there. */
export function deliver(run: Run, subject: i32): void {
  const delivery = run.deliveries[subject]!;
  const stock = delivery.stock;
  const amount = wholeAmount(stock.supply * value(run, delivery.amount, delivery.next, stock.hash, 0, 0));
  delivery.next++;
  scheduleDelivery(run, delivery);
  receive(run, stock, amount);
}

/** What was ordered is there. */
export function receiveOrder(run: Run, subject: i32): void {
  const order = run.orderList[subject]!;
  order.open = false;
  const stock = order.stock;
  const amount = stock.supply * value(run, order.amount, order.placed - 1, stock.hash, 0, 0);
  receive(run, stock, wholeAmount(amount));
}

function receive(run: Run, stock: Stock, amount: i32): void {
  const pool = stock.pool;
  const most = stock.most < UNLIMITED - 1 ? stock.most : UNLIMITED - 1;
  const room = most > pool.scheduled ? most - pool.scheduled : 0;
  const kept = amount < room ? amount : room;
  stock.delivered += kept;
  stock.refused += amount - kept;
  run.pools.schedule(pool, pool.scheduled + kept);
  orderWhereLow(run, stock);
}

/** Takes units that never come back. */
export function consume(run: Run, pool: Pool, units: i32): void {
  const stock = run.stocks[pool.stock]!;
  run.pools.schedule(pool, pool.scheduled - units);
  stock.consumed += units;
  if (pool.scheduled < stock.lowest) stock.lowest = pool.scheduled;
  orderWhereLow(run, stock);
}

function orderWhereLow(run: Run, stock: Stock): void {
  for (let i = 0; i < stock.orderCount; i++) {
    const order = stock.orders[i]!;
    if (order.open || !(stock.pool.scheduled < order.below)) continue;
    const after = value(run, order.after, order.placed, stock.hash, 0, 0);
    if (isNaN(after)) run.fail(FAULT_UNIT_TIME, stock.pool.facility.index, 0);
    order.open = true;
    order.placed++;
    run.heap.push(run.now + Math.max(0, after), CLASS_CAPACITY, order.index * KINDS + EVENT_ORDERED);
  }
}
