import { ImageReader } from './image-reader.ts';
import { newTable, Table } from './platform.ts';
import { Pool } from './pools.ts';
import { Run } from './run.ts';
import { i32 } from './scalars.ts';

/** So many pools by their numbers. */
export function readPoolList(image: ImageReader, run: Run, count: i32): Table<Pool> {
  const pools = newTable<Pool>(count);
  for (let i = 0; i < count; i++) pools[i] = run.pools.all[image.int()]!;
  return pools;
}
