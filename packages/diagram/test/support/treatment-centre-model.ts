import type { Model } from '@pathway/model';
import * as make from './model-maker.js';

/** An emergency treatment centre: a side way that ends early, holds one after another, resources without beds. */
export function treatmentCentreModel(): Model {
  make.resetOrigins();
  const organisations = [
    make.organisation('Reception', 'Reception'),
    make.organisation('Treatment', 'Treatment rooms'),
  ];
  const roles = [make.role('Nurse', 'Triage nurse'), make.role('Clerk', 'Clerk')];
  const resources = [
    make.resource('TraumaRoom', 'Trauma room', 'Treatment'),
    make.resource('Cubicle', 'Treatment cubicle', 'Treatment'),
    make.resource('ExamRoom', 'Examination room', 'Treatment'),
  ];
  const trauma = [
    make.hold(
      'Room',
      [make.something('TraumaRoom')],
      [make.step('Stabilise', 'Treatment', { title: 'Stabilisation', takes: make.minutes(90) })],
    ),
    make.hold(
      'TraumaCubicle',
      [make.something('Cubicle')],
      [make.step('TraumaCare', 'Treatment', { title: 'Treatment of trauma', takes: make.minutes(30) })],
    ),
    make.finish('1', 'Left after trauma'),
  ];
  const treated = [
    make.step('Treat', 'Treatment', {
      title: 'Treatment',
      needs: [make.something('Cubicle')],
      takes: make.lognormal(make.minutes(13), make.minutes(1)),
    }),
  ];
  const body = [
    make.step('Triage', 'Reception', { title: 'Triage', needs: [make.someone('Nurse')], takes: make.minutes(3) }),
    make.choose('2', 'shares', [make.shareBranch('trauma', 12, trauma), make.otherwise([])], { title: 'Trauma?' }),
    make.step('Register', 'Reception', {
      title: 'Registration',
      needs: [make.someone('Clerk')],
      takes: make.minutes(5),
    }),
    make.step('Examine', 'Treatment', {
      title: 'Examination',
      needs: [make.something('ExamRoom')],
      takes: make.minutes(16),
    }),
    make.choose('3', 'shares', [make.shareBranch('treatment', 60, treated), make.otherwise([])], {
      title: 'Treatment needed?',
    }),
  ];
  const centre = make.pathway('P', 'Emergency treatment centre', body, {
    owner: 'Reception',
    cohorts: [{ cohort: 'All' }],
  });
  return make.model({
    organisations,
    roles,
    resources,
    cohorts: [make.cohort('All', 'All patients')],
    pathways: [centre],
  });
}
