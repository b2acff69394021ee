import { EOF, LLkLookaheadStrategy } from 'chevrotain';
import { chooseWhenAsked } from './choices.js';

/**
 * Chevrotain works out about a grammar, before the first text is read, how each choice in it is made and what may follow
 * each rule. Most texts make few of the choices and have no mistakes to recover from; to work these things out when they
 * are asked for begins sooner. The results are the same.
 * @param wrapper Chevrotain's parser, whose rules are all there and which has not analysed itself yet
 */
export function workOutWhenAsked(wrapper: object): void {
  const strategy: unknown = Reflect.get(wrapper, 'lookaheadStrategy');
  if (!(strategy instanceof LLkLookaheadStrategy)) throw new Error('the parser has no lookaheadStrategy');
  chooseWhenAsked(strategy);
  delayFollows(wrapper);
  endAtTheEnd(wrapper);
}

/**
 * A text that ends too soon, as every text does in which something is to be completed, goes on at its end: that needs no
 * looking for what may follow the rules that are open.
 */
function endAtTheEnd(wrapper: object): void {
  const find = functionOf(wrapper, 'findReSyncTokenType');
  const lookAt = functionOf(wrapper, 'LA');
  const findSooner = (): unknown => {
    const next = lookAt.call(wrapper, 1);
    const isEnd = typeof next === 'object' && next !== null && 'tokenType' in next && next.tokenType === EOF;
    return isEnd ? EOF : find.call(wrapper);
  };
  // Only the outermost rule is followed by the end of the text.
  const isWanted = functionOf(wrapper, 'isInCurrentRuleReSyncSet');
  const isWantedHere = (type: unknown): unknown =>
    type === EOF ? Reflect.get(wrapper, 'RULE_STACK_IDX') === 0 : isWanted.call(wrapper, type);
  Object.assign(wrapper, { findReSyncTokenType: findSooner, isInCurrentRuleReSyncSet: isWantedHere });
}

type Method = (this: unknown, value?: unknown, other?: unknown) => unknown;

/** What follows each rule is only looked at after a mistake. */
function delayFollows(wrapper: object): void {
  const trace = functionOf(wrapper, 'TRACE_INIT');
  let compute: unknown;
  let follows: unknown = Reflect.get(wrapper, 'resyncFollows');
  const traceOthers = (phase: unknown, work: unknown): unknown => {
    if (phase !== 'computeAllProdsFollows') return trace.call(wrapper, phase, work);
    compute = work;
    return undefined;
  };
  Object.assign(wrapper, { TRACE_INIT: traceOthers });
  Object.defineProperty(wrapper, 'resyncFollows', {
    get() {
      if (compute !== undefined) {
        const work = asFunction(compute, 'computeAllProdsFollows');
        compute = undefined;
        work.call(wrapper);
      }
      return follows;
    },
    set(value: unknown) {
      follows = value;
    },
  });
}

function functionOf(object: object, name: string): Method {
  return asFunction(Reflect.get(object, name), name);
}

function asFunction(value: unknown, name: string): Method {
  if (!isFunction(value)) throw new Error(`the parser has no ${name}`);
  return value;
}

function isFunction(value: unknown): value is Method {
  return typeof value === 'function';
}
