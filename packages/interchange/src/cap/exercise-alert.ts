import { byId, type Model, titleOf, type Trigger } from '@pathway/model';
import { CAP_WORDS, type CapAlert, type CapArea } from './cap-alert.js';

const SENDER = 'exercise@pathway.invalid';

/**
 * An alert of the status Exercise that a trigger waits for, to put into the folder of a watch in a drill: the least that it
 * asks for, in the area of its territories.
 * @param span when it is in force, Unix seconds
 * @param model with the titles of the language
 * @param words the language of its texts (BCP 47), and that nothing of this is real, said in it
 * @returns undefined for a trigger that waits for something else
 */
export function exerciseAlert(
  trigger: Trigger,
  { from, until }: { readonly from: number; readonly until: number },
  model: Model,
  identifier: string,
  words: { readonly language: string; readonly notReal: string },
): CapAlert | undefined {
  if (trigger.fires.kind !== 'alert') return undefined;
  const { filter } = trigger.fires;
  const sent = timeOf(from);
  return {
    identifier,
    sender: SENDER,
    sent,
    status: 'Exercise',
    msgType: 'Alert',
    scope: 'Public',
    note: words.notReal,
    references: [],
    infos: [
      {
        language: words.language,
        categories: [CAP_WORDS.category.find((each) => filter.categories.includes(each)) ?? 'Other'],
        event: filter.events[0] ?? titleOf(trigger),
        responseTypes: [],
        urgency: CAP_WORDS.urgency.findLast((each) => filter.urgencies.includes(each)) ?? 'Immediate',
        severity: CAP_WORDS.severity.findLast((each) => filter.severities.includes(each)) ?? 'Severe',
        certainty: CAP_WORDS.certainty.findLast((each) => filter.certainties.includes(each)) ?? 'Likely',
        effective: sent,
        expires: timeOf(until),
        headline: `${words.notReal} ${titleOf(trigger)}`,
        areas: filter.territories.flatMap((id) => areaOf(id, model)),
      },
    ],
    hasSignature: false,
  };
}

function areaOf(id: string, model: Model): CapArea[] {
  const territory = byId(model.territories, id);
  if (territory === undefined) return [];
  const { geocodes = [], polygons = [] } = territory;
  return [
    {
      description: titleOf(territory),
      polygons,
      circles: [],
      geocodes: geocodes.flatMap(({ system, codes }) => codes.map((code) => ({ system, code }))),
    },
  ];
}

/** As the protocol writes times: to the second, with the zone. */
function timeOf(seconds: number): string {
  return new Date(Math.round(seconds) * 1000).toISOString().replace(/\.\d{3}Z$/, '-00:00');
}
