import * as z from 'zod';
import type { WatcherState } from '../crisis/watch/watch-state.js';

const time = z.number();
const optionalTime = time.exactOptional();

/** What a watch remembers, as it comes back from a file. */
export const watcherStateSchema: z.ZodType<WatcherState> = z.strictObject({
  time: time.nullable(),
  observed: z.record(z.string(), z.number()),
  signals: z.record(
    z.string(),
    z.strictObject({
      value: z.number().nullable(),
      memory: z.array(z.tuple([time, z.number().nullable()])),
    }),
  ),
  gauges: z.record(z.string(), z.strictObject({ score: z.number().nullable(), level: z.int().min(0) })),
  triggers: z.record(
    z.string(),
    z.strictObject({ phase: z.enum(['rest', 'pending', 'active']), since: optionalTime, calmSince: optionalTime }),
  ),
  alerts: z.record(z.string(), z.array(z.strictObject({ id: z.string(), until: optionalTime }))),
  responses: z.record(
    z.string(),
    z.strictObject({
      phase: z.enum(['rest', 'active', 'recovering']),
      since: optionalTime,
      calledUntil: optionalTime,
      isSpent: z.literal(true).exactOptional(),
    }),
  ),
});
