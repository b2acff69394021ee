import { alertBookSchema } from '@pathway/interchange';
import { watcherStateSchema } from '@pathway/model';
import * as z from 'zod';

const scheduledSchema = z.strictObject({
  trigger: z.string(),
  id: z.string(),
  from: z.number(),
  until: z.number().exactOptional(),
});

/** What a watch keeps over a restart. */
export const watchMemorySchema = z.strictObject({
  format: z.literal('pathway-watch-state'),
  formatVersion: z.literal(1),
  sourceHash: z.string(),
  isDrill: z.boolean(),
  watcher: watcherStateSchema,
  book: alertBookSchema,
  /** Messages that count, but not yet. */
  scheduled: z.array(scheduledSchema),
  /** Files of alerts that were looked at, and what they looked like then. */
  files: z.record(z.string(), z.string()),
  /** Of each column of each table, the latest row that was taken. */
  columns: z.record(z.string(), z.strictObject({ time: z.number(), value: z.number().nullable() })),
});
export type WatchMemory = z.infer<typeof watchMemorySchema>;
