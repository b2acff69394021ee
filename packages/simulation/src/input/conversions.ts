import {
  type Conversion,
  elapsedAt,
  formatOrigin,
  type Model,
  requireConstant,
  type StudyCalendar,
  type StudyMoment,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { isEverUnlimited } from './step-functions.js';
import type { Supply } from './supply.js';
import type { InputConversion } from './types.js';

const DAY = 86_400;

/**
 * The conversions of the scenario that was applied to a model, those left out that end before they begin or before the
 * clock does. Amounts are rounded to whole units.
 * @param warmUp seconds; days of the study are counted from its end
 * @throws SimulationError for units of something unlimited
 */
export function compileConversions(
  model: Model,
  supply: Supply,
  calendar: StudyCalendar,
  warmUp: number,
): readonly InputConversion[] {
  const timeOf = (moment: StudyMoment): number =>
    moment.kind === 'day' ? warmUp + moment.day * DAY : elapsedAt(moment.at, calendar);
  return (model.conversions ?? []).flatMap((conversion): InputConversion[] => {
    const begins = conversion.begins === undefined ? 0 : timeOf(conversion.begins);
    const lasts = conversion.lasts && requireConstant(conversion.lasts, model, 'the length of a conversion');
    const until = lasts === undefined ? conversion.ends && timeOf(conversion.ends) : begins + lasts;
    if (until !== undefined && (until <= begins || until <= 0)) return [];
    const units = Math.round(requireConstant(conversion.amount, model, 'the number of units that are converted'));
    if (!(units >= 0 && units <= 1e6))
      throw refused(conversion, `from 0 to a million units are converted, not ${units}`);
    return [
      {
        pool: limitedPool(conversion.resource, conversion, supply),
        to: limitedPool(conversion.target, conversion, supply),
        units,
        at: Math.max(0, begins),
        ...(until !== undefined && { until }),
      },
    ];
  });
}

function limitedPool(resource: string, conversion: Conversion, supply: Supply): number {
  const pool = supply.members.get(resource)?.[0]?.pool;
  if (pool === undefined) throw refused(conversion, `there is no resource ${resource}`);
  if (isEverUnlimited(supply.pools[pool]?.capacity)) throw refused(conversion, `${resource} is unlimited`);
  return pool;
}

function refused({ text, origin }: Conversion, reason: string): SimulationError {
  return new SimulationError(`\`${text}\` cannot be done: ${reason}.`, formatOrigin(origin));
}
