import type { Catalogue } from './catalogue.js';

/** English where it differs from the keys: plural forms. */
export const en: Partial<Catalogue> = {
  '{0} percentage points ({1})': '{0}\u00a0{1, plural, one {percentage point} other {percentage points}}',
  'Each scenario ran {0} times over {1}.': 'Each scenario ran {0, plural, one {once} other {# times}} over {1}.',
  'A warm-up of {0} was chosen by MSER-5 from {1} pilot runs of each scenario; {2} needs longest.':
    'A warm-up of {0} was chosen by MSER-5 from {1, plural, one {# pilot run} other {# pilot runs}} of each scenario; {2} needs longest.',
  'All {0} numbers of the model have a source.':
    '{0, plural, one {The only number of the model has a source.} other {All # numbers of the model have a source.}}',
  'Of {0} expectations, {1} hold, {2} fail and {3} are not decided.':
    'Of {0, plural, one {# expectation} other {# expectations}}, {1, plural, one {# holds} other {# hold}}, {2, plural, one {# fails} other {# fail}} and {3, plural, one {# is} other {# are}} not decided.',
  'For {0} figures an exact formula gives the value too; it lies in the simulated interval for {1} of them. About 1 in 20 is expected to lie outside by chance.':
    'For {0, plural, one {# figure} other {# figures}} an exact formula gives the value too; it lies in the simulated interval for {1} of them. About 1 in 20 is expected to lie outside by chance.',
  'In {0} places more is asked than can be done, so that figures depend on how long that lasts.':
    'In {0, plural, one {# place} other {# places}} more is asked than can be done, so that figures depend on how long that lasts.',
  '{0} errors': '{0, plural, one {# error} other {# errors}}',
  '{0} warnings': '{0, plural, one {# warning} other {# warnings}}',
  '{0} notes': '{0, plural, one {# note} other {# notes}}',
  '{0} hints': '{0, plural, one {# hint} other {# hints}}',
  '{0} violations': '{0, plural, one {# violation} other {# violations}}',
  'All {0} rules are kept by everyone.':
    '{0, plural, one {The only rule is kept by everyone.} other {All # rules are kept by everyone.}}',
  'All {0} rules are kept by everyone who has a line.':
    '{0, plural, one {The only rule is kept by everyone who has a line.} other {All # rules are kept by everyone who has a line.}}',
  'Of the requests, {0} are not met.': 'Of the requests, {0, plural, one {# is} other {# are}} not met.',
  'Somebody is missing {0} times, {1} hours in all.':
    '{0, plural, one {Somebody is missing once} other {Somebody is missing # times}}, {1} hours in all.',
  '{0}, {1} raters.': '{0}, {1, plural, one {# rater} other {# raters}}.',
  'Asked {0} ({1} days ago).': 'Asked {0} ({1, plural, one {# day} other {# days}} ago).',
  '{0} people, {1} days from {2}':
    '{0, plural, one {# person} other {# people}}, {1, plural, one {# day} other {# days}} from {2}',
  'There are {0} more lines like this.':
    '{0, plural, one {There is # more line like this.} other {There are # more lines like this.}}',
  'ends {0} earlier messages': '{0, plural, one {ends an earlier message} other {ends # earlier messages}}',
  '{0} points': '{0, plural, one {# point} other {# points}}',
  '{0}: fires on {1} alerts': '{1, plural, one {{0}: fires on an alert} other {{0}: fires on # alerts}}',
  'and {0} more days': '{0, plural, one {and # more day} other {and # more days}}',
  'allow: {0} (for {1} people: {2})': 'allow: {0} (for {1, plural, one {# person} other {# people}}: {2})',
  'put {0} in force, which allows: {1} (for {2} people: {3})':
    'put {0} in force, which allows: {1} (for {2, plural, one {# person} other {# people}}: {3})',
  'and for {0} other shifts': '{0, plural, one {and for # other shift} other {and for # other shifts}}',
  '{0} shifts lost': '{0, plural, one {# shift lost} other {# shifts lost}}',
  '{0} days changed beside them': '{0, plural, one {# day changed beside them} other {# days changed beside them}}',
  '{0} days of notice': '{0, plural, one {# day of notice} other {# days of notice}}',
  'at least {0} days of work in a row': 'at least {0, plural, one {# day} other {# days}} of work in a row',
  'at least {0} days off after nights': 'at least {0, plural, one {# day} other {# days}} off after nights',
  'at least {0} days off in a row': 'at least {0, plural, one {# day} other {# days}} off in a row',
  'at least {0} nights in a row': 'at least {0, plural, one {# night} other {# nights}} in a row',
  'at most {0} days of work in a row': 'at most {0, plural, one {# day} other {# days}} of work in a row',
  'at most {0} days of work in each week': 'at most {0, plural, one {# day} other {# days}} of work in each week',
  'at most {0} nights in a row': 'at most {0, plural, one {# night} other {# nights}} in a row',
  'at most {0} nights in each week': 'at most {0, plural, one {# night} other {# nights}} in each week',
  'at most {0} nights in the roster': 'at most {0, plural, one {# night} other {# nights}} in the roster',
  '{0} people': '{0, plural, one {# person} other {# people}}',
  'Of {0} rules, {1} are not kept by everyone.':
    '{0, plural, one {The only rule is not kept by everyone.} other {Of # rules, {1, plural, one {# is} other {# are}} not kept by everyone.}}',
};
