import { figuresOf, type Formula, type Indicator, type Model, type Study } from '@pathway/model';

/** Whether an indicator of a study asks how long a level, gauge or trigger was in force. */
export function measuresWatched(study: Study, model: Model): boolean {
  return measuredIn(study, model).some(
    ({ measure }) =>
      measure.kind === 'value' && measure.value.kind === 'time share' && measure.value.of.kind !== 'response',
  );
}

/** The declared indicators that a study lists, those that its methods look at, and those that they are computed from. */
export function measuredIn(study: Study, model: Model): readonly Indicator[] {
  if (study.indicators.length === 0) return model.indicators;
  const wanted = new Set(study.indicators);
  for (const { indicator } of figuresOf(study)) wanted.add(indicator);
  const open = [...wanted];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const measure = model.indicators.find((each) => each.id === id)?.measure;
    if (measure?.kind !== 'value') continue;
    for (const other of indicatorsIn(measure.value)) {
      if (!wanted.has(other)) open.push(other);
      wanted.add(other);
    }
  }
  return model.indicators.filter((each) => wanted.has(each.id));
}

function indicatorsIn(formula: Formula): string[] {
  switch (formula.kind) {
    case 'operation':
      return [...indicatorsIn(formula.left), ...indicatorsIn(formula.right)];
    case 'negate':
    case 'not':
      return indicatorsIn(formula.operand);
    case 'function':
      return formula.arguments.flatMap(indicatorsIn);
    case 'probability':
      return indicatorsIn(formula.condition);
    case 'indicator':
      return [formula.indicator, ...(formula.argument ? indicatorsIn(formula.argument) : [])];
    default:
      return [];
  }
}
