import type { Gauge, LevelReference, Model, Origin } from '@pathway/model';
import { titleOf } from '@pathway/model';
import type { DrawingWords } from './words.js';
import type { CrisisStage } from './crisis-stages.js';
import type { MapBuilder } from './map-builder.js';

interface Point {
  readonly id: string;
  /** Points that are levels of the same thing. */
  readonly family: string;
  readonly rank: number;
}

/** The levels on a crisis map: each once for its scale and organisation. */
export class LevelPoints {
  readonly #points = new Map<string, Point>();

  constructor(
    private readonly model: Model,
    private readonly map: MapBuilder<CrisisStage>,
    private readonly words: Pick<DrawingWords, 'say'>,
  ) {}

  /** The id of a level's node, which is added where it is not there yet. */
  of({ scale: scaleId, level, organisation }: LevelReference, origin: Origin): string {
    const family = `${scaleId} ${organisation ?? ''}`;
    const id = `level ${family} ${level}`;
    if (this.#points.has(id)) return id;
    const scale = (this.model.scales ?? []).find((each) => each.id === scaleId);
    const rank = scale?.levels.findIndex(({ name }) => name === level) ?? 0;
    const declared = scale?.levels[rank];
    const place = this.model.organisations.find((each) => each.id === organisation);
    const ofScale =
      scale === undefined ? scaleId : this.words.say`${titleOf(scale)}, ${rank + 1} of ${scale.levels.length}`;
    this.#points.set(id, { id, family, rank });
    this.map.add('Levels', {
      id,
      kind: 'wait',
      title: declared?.title ?? level,
      notes: [ofScale, ...(place === undefined ? [] : [this.words.say`at ${titleOf(place)}`])],
      group: family,
      origin: declared?.origin ?? origin,
    });
    return id;
  }

  /** The id of the node of a level that a gauge gives. */
  ofGauge({ scale, organisation }: Gauge, level: string, origin: Origin): string {
    return this.of({ scale, level, ...(organisation !== undefined && { organisation }) }, origin);
  }

  /** The level of a node and those above it that are on the map. */
  from(id: string): readonly string[] {
    const least = this.#points.get(id);
    if (least === undefined) return [];
    return [...this.#points.values()]
      .filter(({ family, rank }) => family === least.family && rank >= least.rank)
      .map((point) => point.id);
  }

  /** Leads from a gauge to every level on the map that it can give. */
  joinAllOf({ id, scale, organisation }: Gauge): void {
    const family = `${scale} ${organisation ?? ''}`;
    for (const point of this.#points.values()) if (point.family === family) this.map.join(id, point.id);
  }
}
