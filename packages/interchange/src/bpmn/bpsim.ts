import {
  activitiesOf,
  constantValue,
  distributionMean,
  groupOf,
  isSteadyRate,
  type Expression,
  type Model,
  ModelError,
  type Pathway,
  resolveDistribution,
  type ResolvedDistribution,
  titleOf,
} from '@pathway/model';
import { xml, type XmlElement } from '../xml-text.js';
import type { BpmnProcess } from './process.js';

/** Ids of what is written, by the ids of what is meant. */
export interface WrittenIds {
  node(id: string): string;
  way(id: string): string;
  process(id: string): string;
}

/** What of a pathway's numbers BPSim is told: element parameters, in the order of the text. */
export function bpsimParameters(
  model: Model,
  pathway: Pathway,
  process: BpmnProcess,
  ids: WrittenIds,
  notSaid: Set<string>,
): readonly XmlElement[] {
  const times = activitiesOf(pathway).flatMap((activity) => {
    if (activity.kind !== 'step' || activity.takes === undefined) return [];
    const time = lawOf(activity.takes, model);
    if (time === undefined || time.isMean)
      notSaid.add(
        `${titleOf(activity)}: BPSim is told ${time === undefined ? 'nothing of how long it takes' : 'the mean of its time alone'}.`,
      );
    if (time === undefined) return [];
    return [
      xml('bpsim:ElementParameters', { elementRef: ids.node(activity.id) }, [
        xml('bpsim:TimeParameters', {}, [xml('bpsim:ProcessingTime', {}, [time.element])]),
      ]),
    ];
  });
  const shares = process.ways.flatMap(({ id, share }) =>
    share === undefined
      ? []
      : [
          xml('bpsim:ElementParameters', { elementRef: ids.way(id) }, [
            xml('bpsim:ControlParameters', {}, [
              xml('bpsim:Probability', {}, [xml('bpsim:FloatingParameter', { value: share })]),
            ]),
          ]),
        ],
  );
  return [...arrivalsOf(model, pathway, process, ids, notSaid), ...times, ...shares];
}

/** Times between arrivals, where one cohort with a law of its own comes to the beginning. */
function arrivalsOf(
  model: Model,
  pathway: Pathway,
  process: BpmnProcess,
  ids: WrittenIds,
  notSaid: Set<string>,
): readonly XmlElement[] {
  const entering = pathway.cohorts.filter(({ entry }) => entry === undefined);
  const cohort = entering.length === 1 ? model.cohorts.find(({ id }) => id === entering[0]?.cohort) : undefined;
  const start = process.nodes.find(({ kind }) => kind === 'start');
  if (cohort?.arrivals === undefined || start === undefined) return [];
  const { arrivals } = cohort;
  if (groupOf(arrivals) !== undefined) {
    notSaid.add(
      `${titleOf(cohort)}: BPSim is told nothing of how they come, since it has no groups who come together.`,
    );
    return [];
  }
  const law =
    arrivals.kind === 'every'
      ? lawOf(arrivals.between, model)?.element
      : arrivals.kind === 'rate' && isSteadyRate(arrivals)
        ? exponentialOf(constantValue(arrivals.rate, model))
        : undefined;
  if (law === undefined) return [];
  return [
    xml('bpsim:ElementParameters', { elementRef: ids.node(start.id) }, [
      xml('bpsim:ControlParameters', {}, [xml('bpsim:InterTriggerTimer', {}, [law])]),
    ]),
  ];
}

function exponentialOf(rate: number | undefined): XmlElement | undefined {
  return rate === undefined || rate <= 0
    ? undefined
    : xml('bpsim:NegativeExponentialDistribution', { mean: minutes(1 / rate) });
}

/** The scenario as the relationship that BPSim puts it in; undefined where there are no numbers. */
export function bpsimRelationship(parameters: readonly XmlElement[], target: string): XmlElement | undefined {
  if (parameters.length === 0) return undefined;
  const scenario = xml('bpsim:Scenario', { id: 'Scenario', name: 'As declared' }, [
    xml('bpsim:ScenarioParameters', { baseTimeUnit: 'min' }),
    ...parameters,
  ]);
  return xml('bpmn:relationship', { type: 'BPSimData' }, [
    xml('bpmn:extensionElements', {}, [xml('bpsim:BPSimData', {}, [scenario])]),
    xml('bpmn:source', {}, target),
    xml('bpmn:target', {}, target),
  ]);
}

interface Law {
  readonly element: XmlElement;
  /** Only the mean is told. */
  readonly isMean: boolean;
}

function lawOf(expression: Expression, model: Model): Law | undefined {
  if (expression.kind === 'distribution') {
    try {
      return named(resolveDistribution(expression, model));
    } catch (error) {
      if (error instanceof ModelError) return undefined;
      throw error;
    }
  }
  const seconds = constantValue(expression, model);
  return seconds === undefined
    ? undefined
    : { element: xml('bpsim:FloatingParameter', { value: minutes(seconds) }), isMean: false };
}

function named(law: ResolvedDistribution): Law {
  const element =
    law.from === Number.NEGATIVE_INFINITY && law.to === Number.POSITIVE_INFINITY ? lawElement(law) : undefined;
  if (element !== undefined) return { element, isMean: false };
  return { element: xml('bpsim:FloatingParameter', { value: minutes(distributionMean(law)) }), isMean: true };
}

function lawElement(law: ResolvedDistribution): XmlElement | undefined {
  const scaled = (value: number): number => minutes(value * law.unit);
  switch (law.family) {
    case 'exponential':
      return xml('bpsim:NegativeExponentialDistribution', { mean: scaled(law.mean) });
    case 'uniform':
      return xml('bpsim:UniformDistribution', { min: scaled(law.low), max: scaled(law.high) });
    case 'triangular':
      return xml('bpsim:TriangularDistribution', {
        mode: scaled(law.mode),
        min: scaled(law.low),
        max: scaled(law.high),
      });
    case 'normal':
      return xml('bpsim:NormalDistribution', { mean: scaled(law.mean), standardDeviation: scaled(law.sd) });
    case 'lognormal': {
      const mean = Math.exp(law.mu + law.sigma ** 2 / 2);
      const sd = mean * Math.sqrt(Math.expm1(law.sigma ** 2));
      return xml('bpsim:LogNormalDistribution', { mean: scaled(mean), standardDeviation: scaled(sd) });
    }
    case 'gamma':
      return xml('bpsim:GammaDistribution', { shape: law.shape, scale: scaled(law.scale) });
    case 'weibull':
      return xml('bpsim:WeibullDistribution', { shape: law.shape, scale: scaled(law.scale) });
    case 'erlang':
      return xml('bpsim:ErlangDistribution', { k: law.stages, mean: scaled(law.mean) });
    default:
      return undefined;
  }
}

function minutes(seconds: number): number {
  return Number((seconds / 60).toPrecision(12));
}
