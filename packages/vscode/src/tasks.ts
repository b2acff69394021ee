import * as z from 'zod';

/** What a picture shows: a pathway, a sheet of its stages, or a map of the whole model. */
export const viewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pathway'), id: z.string() }),
  z.object({ kind: z.literal('overview'), id: z.string(), sheet: z.string().optional() }),
  z.object({ kind: z.literal('map'), name: z.string() }),
]);
export type View = z.infer<typeof viewSchema>;

/** What a worker that draws is asked for. */
export const pictureTaskSchema = z.object({
  /** The model as JSON. */
  model: z.string(),
  view: viewSchema,
  theme: z.enum(['light', 'dark']),
  direction: z.enum(['down', 'right']),
});

export const pictureAnswerSchema = z.object({
  svg: z.string().optional(),
  error: z.string().optional(),
  /** What can be shown of the model, with the words for it. */
  views: z.array(z.object({ view: viewSchema, title: z.string() })).optional(),
});
export type PictureAnswer = z.infer<typeof pictureAnswerSchema>;

/** What a worker that simulates is asked for. */
export const studyTaskSchema = z.object({ model: z.string(), study: z.string() });
export type StudyTask = z.infer<typeof studyTaskSchema>;

/** A figure and how it is written. */
const figureSchema = z.object({ value: z.number(), text: z.string() });
export type Figure = z.infer<typeof figureSchema>;

/** What it says meanwhile, and in the end. */
export const studyAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({
    kind: z.literal('done'),
    /** The report in the colours of light and dark themes. */
    pages: z.object({ light: z.string(), dark: z.string() }),
    failed: z.array(z.object({ expectation: z.string(), message: z.string() })),
    figures: z.record(z.string(), figureSchema),
  }),
  z.object({ kind: z.literal('error'), message: z.string() }),
]);
export type StudyAnswer = z.infer<typeof studyAnswerSchema>;

/** What the server answers about a project and a place. */
export const modelAnswerSchema = z.object({ model: z.string().optional(), isStale: z.boolean(), rootUri: z.string() });
export const placeAnswerSchema = z
  .object({ kind: z.enum(['pathway', 'crisis', 'response']), id: z.string(), line: z.number(), file: z.string() })
  .nullable();
