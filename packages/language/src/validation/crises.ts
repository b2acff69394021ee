import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, nearestText, NUMBER, RATE, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { CURVES } from '../lowering/crises.js';
import { pointsOf } from '../lowering/structure.js';
import { ALERT_WORDS, isRanked } from '../lowering/watching.js';
import { variationsOf } from './constants.js';
import type { ValidationContext } from './context.js';
import { describeType } from './kinds-of-value.js';
import { originOf, originOfHead, originOfProperty } from './places.js';
import { measuresLike } from './demands.js';
import { activityName, listed, targetOf } from './references.js';

/** A signal reads one thing: a series from a file, or a value. */
export function* signalReadsOneThing(signal: ast.Signal): Generator<Diagnostic> {
  const readings = signal.properties.filter((each) => ast.isSeriesProperty(each) || ast.isValueMeasure(each));
  if (readings.length === 1) return;
  const found = readings.length === 0 ? 'does not say what it reads' : `reads ${readings.length} things`;
  const second = readings[1];
  yield createDiagnostic(
    'PW6002',
    { signal: `\`${signal.name}\``, found },
    second === undefined ? originOfHead(signal) : originOf(second),
  );
}

/** A gauge can give more than one level: scores have thresholds, and thresholds have scores. */
export function* gaugeGivesALevel(gauge: ast.Gauge): Generator<Diagnostic> {
  const has = (guard: (node: unknown) => boolean): boolean => gauge.properties.some((each) => guard(each));
  const [scores, thresholds] = [has(ast.isScoreProperty), has(ast.isScoreLevel)];
  const others = has(ast.isWorstProperty) || has(ast.isCountedLevel);
  const reason =
    !scores && !thresholds && !others
      ? 'nothing says how'
      : scores && !thresholds
        ? 'its scores lead to none: say from how many `points` on'
        : thresholds && !scores
          ? 'there are levels from so many points on, and no `score` that gives points'
          : undefined;
  if (reason === undefined) return;
  yield createDiagnostic('PW6003', { gauge: `\`${gauge.name}\``, reason }, originOfHead(gauge));
}

/** The limits of a score measure what its value measures, and its last line takes the rest. */
export function* scoreIsComplete(score: ast.ScoreProperty, context: ValidationContext): Generator<Diagnostic> {
  const type = context.types.of(score.value);
  for (const line of score.points) {
    if (line.limit === undefined || type.kind !== 'quantity') continue;
    yield* measuresLike(line.limit, 'below', type.dimension, context);
  }
  const last = score.points.at(-1);
  if (last === undefined || last.otherwise) return;
  const sentence = 'The last line of a score takes the rest: write how many points there are `otherwise`.';
  yield createDiagnostic('PW4006', { sentence }, originOf(last));
}

/** Gauges whose levels are put together are of the same scale. */
export function* membersShareTheScale(node: ast.WorstProperty | ast.CountedLevel): Generator<Diagnostic> {
  const scale = targetOf(node.$container?.scale);
  for (const [index, member] of node.members.entries()) {
    const gauge = targetOf<AstNode>(member);
    const other = ast.isGauge(gauge) ? targetOf(gauge.scale) : undefined;
    if (scale === undefined || other === undefined || other === scale) continue;
    const reason = `\`${member.$refText}\` gives levels of \`${other.name}\`, not of \`${scale.name}\``;
    const name = `\`${node.$container?.name ?? ''}\``;
    yield createDiagnostic('PW6003', { gauge: name, reason }, originOfProperty(node, 'members', index));
  }
}

/** What an alert must say is said in the words of the Common Alerting Protocol. */
export function* alertWordIsKnown(aspect: ast.AlertAspect): Generator<Diagnostic> {
  const known: readonly string[] = [...Object.keys(ALERT_WORDS), 'event'];
  if (!known.includes(aspect.aspect)) {
    const params = { what: 'part of an alert', word: aspect.aspect, words: listed([...known, 'in']) };
    yield createDiagnostic('PW4014', params, originOfProperty(aspect, 'aspect'));
    return;
  }
  if (aspect.aspect === 'event') {
    if (aspect.texts.length > 0) return;
    const sentence = '`event` takes a text in double quotes, which stands in the name of the event.';
    yield createDiagnostic('PW4006', { sentence }, originOf(aspect));
    return;
  }
  const list: readonly string[] = ALERT_WORDS[aspect.aspect as keyof typeof ALERT_WORDS];
  if (aspect.texts.length > 0 || (aspect.operator !== undefined && !isRanked(aspect.aspect))) {
    const sentence = `\`${aspect.aspect}\` takes words, such as \`${aspect.aspect} ${list[0] ?? ''}\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOf(aspect));
    return;
  }
  const { operator, word: bound } = aspect;
  const isBeyond = (operator === '>' && bound === list[0]) || (operator === '<' && bound === list.at(-2));
  if (isBeyond || (operator !== undefined && bound === 'Unknown')) {
    const sentence = `No ${aspect.aspect} is ${operator ?? ''} ${bound ?? ''}; the order is ${list.slice(0, -1).join(' > ')}.`;
    yield createDiagnostic('PW4006', { sentence }, originOf(aspect));
    return;
  }
  const written = aspect.word === undefined ? aspect.words : [aspect.word];
  for (const [index, word] of written.entries()) {
    if (list.includes(word)) continue;
    const place =
      aspect.word === undefined ? originOfProperty(aspect, 'words', index) : originOfProperty(aspect, 'word');
    const nearest = list.find((each) => each.toLowerCase() === word.toLowerCase()) ?? nearestText(word, list);
    const fixes =
      nearest === undefined ? [] : [{ title: `Write \`${nearest}\``, edits: [{ origin: place, newText: nearest }] }];
    const what = `${aspect.aspect} of an alert`;
    yield createDiagnostic('PW4014', { what, word, words: listed(list) }, place, { fixes });
  }
}

/** The outline of a territory is written as an alert writes it: a closed ring of points. */
export function* polygonIsARing(polygon: ast.PolygonProperty): Generator<Diagnostic> {
  if (polygon.points === undefined) return;
  const points = pointsOf(polygon.points);
  const [first, last] = [points[0], points.at(-1)];
  const closed = first?.[0] === last?.[0] && first?.[1] === last?.[1];
  const onEarth = points.every(([latitude, longitude]) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180);
  if (points.length >= 4 && closed && onEarth) return;
  const form = 'four points or more as latitude,longitude with spaces between, the first one again at the end';
  yield createDiagnostic(
    'PW4015',
    { code: polygon.points, what: 'outline', form },
    originOfProperty(polygon, 'points'),
    { severity: 'error' },
  );
}

/** A response is called by a trigger, or by a level of a scale or gauge; so is what the time in force is measured of. */
export function* activationIsPossible(activation: ast.Activation | ast.StateInForce): Generator<Diagnostic> {
  const on = targetOf<AstNode>(activation.on);
  const name = `\`${activation.on?.$refText ?? ''}\``;
  if ((ast.isTrigger(on) || ast.isResponse(on)) && activation.level !== undefined) {
    const reason = `${name} is a ${ast.isTrigger(on) ? 'trigger' : 'response'}, which has no levels`;
    yield createDiagnostic('PW6005', { reason }, originOfProperty(activation, 'level'));
  }
  if ((ast.isScale(on) || ast.isGauge(on)) && activation.level === undefined) {
    const levels = (ast.isScale(on) ? on : targetOf(on.scale))?.levels.map((level) => `\`${level.name}\``) ?? [];
    const purpose = ast.isActivation(activation) ? 'it is needed' : 'time counts';
    const reason = `${name} has levels; name the one from which ${purpose}: ${listed(levels, 'or')}`;
    yield createDiagnostic('PW6005', { reason }, originOf(activation));
  }
  if (!ast.isScale(on) && activation.organisation !== undefined && on !== undefined) {
    const reason = `${name} is not looked at by organisation; leave out \`at\``;
    yield createDiagnostic('PW6005', { reason }, originOfProperty(activation, 'organisation'));
  }
}

/** An epidemic's curve has the parameters that its model needs, each once. */
export function* curveIsComplete(curve: ast.CurveFormula): Generator<Diagnostic> {
  const { model } = curve;
  if (model !== 'logistic' && model !== 'sir' && model !== 'seir') {
    const params = { what: 'curve', word: model ?? '', words: `${listed(Object.keys(CURVES))}, hourly and daily` };
    yield createDiagnostic('PW4014', params, originOfProperty(curve, 'model'));
    return;
  }
  const { needs, may } = CURVES[model];
  const known: readonly string[] = [...needs, ...may];
  const given = curve.properties.map(({ name }) => name);
  for (const [index, parameter] of curve.properties.entries()) {
    const repeated = given.indexOf(parameter.name) < index;
    if (known.includes(parameter.name) && !repeated) continue;
    const reason = repeated ? `gives \`${parameter.name}\` twice` : `has no \`${parameter.name}\``;
    yield createDiagnostic(
      'PW6004',
      { curve: model, reason: `${reason}; it takes ${listed(known)}` },
      originOf(parameter),
    );
  }
  const missing = needs.filter((name) => !given.includes(name));
  if (missing.length === 0) return;
  yield createDiagnostic(
    'PW6004',
    { curve: model, reason: `needs ${listed(missing)}` },
    originOfProperty(curve, 'model'),
  );
}

/** Arrivals change by a share, by a rate, or by a number of people. */
export function* arrivalsChangeByAnAmount(
  effect: ast.ArrivalsEffect,
  { types }: ValidationContext,
): Generator<Diagnostic> {
  const { amount } = effect;
  if (amount === undefined) return;
  const type = types.of(amount);
  if (type.kind === 'unknown') return;
  const fits =
    type.kind === 'quantity' && (sameDimension(type.dimension, NUMBER) || sameDimension(type.dimension, RATE));
  const isFixed = variationsOf(amount).size === 0;
  if (fits && isFixed) return;
  const place = '`arrivals`';
  const expected = 'a fixed share such as `14%`, a rate such as `5 per day` or a number of people';
  const found = fits ? 'a value that varies' : describeType(type);
  yield createDiagnostic('PW4002', { place, expected, found }, originOf(amount));
}

/** Properties of a step that a hold has not, and the other way round. */
const OF_STEPS: ReadonlySet<string> = new Set([
  'AtProperty',
  'ByProperty',
  'UsesProperty',
  'ConsumesProperty',
  'TakesProperty',
  'WithinProperty',
  'CostsProperty',
  'HandoverProperty',
  'DependsProperty',
  'RemoteProperty',
  'InterruptibleProperty',
  'FitsProperty',
  'HandedOverProperty',
]);
const OF_HOLDS: ReadonlySet<string> = new Set(['FreesFirstProperty', 'MovesProperty']);

/** A patch changes what the place has. */
export function* changeFitsThePlace(patch: ast.ChangePatch): Generator<Diagnostic> {
  const place = targetOf(patch.place);
  if (place === undefined) return;
  const name = activityName(place);
  if (!ast.isStep(place) && !ast.isHold(place)) {
    const reason = 'only steps and holds have properties; `replace` it instead';
    yield createDiagnostic('PW6006', { place: name, reason }, originOfProperty(patch, 'place'));
    return;
  }
  const foreign = ast.isStep(place) ? OF_HOLDS : OF_STEPS;
  for (const property of patch.properties) {
    const takesUnits = ast.isHold(place) && (ast.isUsesProperty(property) || ast.isByProperty(property));
    if (!foreign.has(property.$type) || takesUnits) continue;
    const word = property.$cstNode?.text.split(/\s/)[0] ?? '';
    const reason = `${ast.isStep(place) ? 'a step' : 'a hold'} has no \`${word}\``;
    yield createDiagnostic('PW6006', { place: name, reason }, originOf(property));
  }
}

/** Things that depend on others have batteries; work has workarounds. */
export function* workaroundIsOfWork(depends: ast.DependsProperty): Generator<Diagnostic> {
  const owner = depends.$container;
  if (!ast.isResource(owner) || depends.workaround === undefined) return;
  const reason = 'a workaround is done instead of a step; write it where a step depends on this';
  yield createDiagnostic('PW6006', { place: `\`${owner.name}\``, reason }, originOf(depends.workaround));
}

/** Levels of the lines of a team are of one scale. */
export function* teamsAreOfOneScale(patch: ast.TeamPatch): Generator<Diagnostic> {
  const scale = targetOf(patch.scale) ?? targetOf(patch.cases[0]?.level)?.$container;
  for (const line of patch.cases) {
    const other = targetOf(line.level)?.$container;
    if (scale === undefined || other === undefined || other === scale) continue;
    const reason = `\`${line.level.$refText}\` is a level of \`${other.name}\`; write \`by ${scale.name}\` before the lines`;
    yield createDiagnostic('PW6005', { reason }, originOfProperty(line, 'level'));
  }
}
