import type { Model } from '@pathway/model';
import * as make from './model-maker.js';

/** The stroke pathway of the language's tour, grown by what a drawing must cope with. */
export function strokeModel(): Model {
  make.resetOrigins();
  const organisations = [
    make.organisation('Ambulance', 'Emergency medical service'),
    make.organisation('Hospital', 'Stroke centre (hospital)'),
    make.organisation('Clinic', 'Rehabilitation clinic'),
    make.organisation('Community', 'Municipality & GP'),
  ];
  const roles = [
    make.role('CallHandler', 'Call handler'),
    make.role('Paramedic', 'Paramedic'),
    make.role('EdNurse', 'ED nurse'),
    make.role('Radiographer', 'Radiographer'),
    make.role('Neurologist', 'Neurologist'),
    make.role('StrokeNurse', 'Stroke nurse'),
    make.role('Gp', 'GP'),
  ];
  const resources = [
    make.resource('AmbulanceVehicle', 'Ambulance', 'Ambulance'),
    make.resource('CT', 'CT scanner', 'Hospital'),
    make.resource('StrokeBed', 'Acute stroke unit bed', 'Hospital'),
    make.resource('RehabBed', 'Rehabilitation bed', 'Clinic'),
  ];
  const stroke = make.cohort('Stroke', 'Acute stroke', [make.oneOf('route', { rehab: 24, esd: 13, home: 63 })]);
  const esd = make.pathway('EarlySupportedDischarge', 'Early supported discharge', [make.step('Visit', 'Community')], {
    owner: 'Community',
  });
  const outlier = make.pathway('OutlierStay', 'Stay on another ward', [make.step('Stay', 'Hospital')], {
    owner: 'Hospital',
  });
  const body = [
    make.step('Call', 'Ambulance', {
      title: 'Emergency call & dispatch',
      needs: [make.someone('CallHandler')],
      takes: make.minutes(4),
    }),
    make.step('Screen', 'Ambulance', {
      title: 'FAST / LVO screen on scene',
      needs: [make.someone('Paramedic', 2)],
      takes: make.minutes(12),
    }),
    make.choose(
      '1',
      'shares',
      [make.shareBranch('no', 30, [make.finish('2', 'Other pathway')]), make.otherwise([], 'yes')],
      { title: 'Stroke suspected?' },
    ),
    make.step('Transport', 'Ambulance', {
      title: 'Transport to stroke centre',
      needs: [make.someone('Paramedic', 2), make.something('AmbulanceVehicle')],
      takes: make.lognormal(make.minutes(28), make.minutes(12)),
      handover: { to: ['Hospital'], by: ['phone', 'pre-alert'], origin: make.nextOrigin() },
    }),
    make.step('Door', 'Hospital', {
      title: 'Triage in emergency department',
      needs: [make.someone('EdNurse')],
      takes: make.minutes(5),
    }),
    make.together('3', {
      Imaging: [
        make.step('Scan', 'Hospital', {
          title: 'CT + CT angiography',
          needs: [make.someone('Radiographer'), make.something('CT')],
          takes: make.minutes(20),
        }),
      ],
      Bloods: [
        make.step('BloodTests', 'Hospital', {
          title: 'Blood tests & INR',
          needs: [make.someone('StrokeNurse')],
          takes: make.minutes(45),
        }),
      ],
    }),
    make.step('Lysis', 'Hospital', {
      title: 'IV thrombolysis',
      needs: [make.someone('Neurologist'), make.someone('StrokeNurse')],
      takes: make.minutes(60),
      when: make.under('age', 90),
      within: { limit: make.minutes(60), of: 'P.Call' },
    }),
    make.choose(
      '4',
      'shares',
      [
        make.shareBranch('yes', 12, [
          make.step('Thrombectomy', 'Hospital', {
            title: 'Mechanical thrombectomy',
            needs: [make.someone('Neurologist')],
            takes: make.minutes(75),
          }),
        ]),
        make.otherwise([], 'no'),
      ],
      { title: 'Large vessel occlusion?' },
    ),
    make.hold(
      'AsuBed',
      [make.something('StrokeBed')],
      [
        make.step('AcuteStay', 'Hospital', {
          title: 'Stroke unit monitoring',
          needs: [make.someone('StrokeNurse')],
          takes: make.days(3),
        }),
        make.step('Assessment', 'Hospital', { title: 'Multidisciplinary assessment', takes: make.minutes(45) }),
      ],
      { waits: { atMost: make.seconds(14_400), otherwise: [make.call('5', 'OutlierStay')] } },
    ),
    make.choose(
      '6',
      'attribute',
      [
        make.categoryBranch('rehab', [
          make.hold(
            'Ward',
            [make.something('RehabBed')],
            [
              make.repeat(
                '7',
                [make.step('Rehab', 'Clinic', { title: 'Inpatient rehabilitation', takes: make.days(21) })],
                { title: 'Goals reached?', again: make.percent(20) },
              ),
              make.step('Plan', 'Clinic', { title: 'Discharge planning', takes: make.seconds(7200) }),
            ],
          ),
        ]),
        make.categoryBranch('esd', [make.call('8', 'EarlySupportedDischarge')]),
        make.otherwise([]),
      ],
      { attribute: 'route', title: 'Discharge to?' },
    ),
    make.step('HomeCare', 'Community', { title: 'Home care needs assessment', takes: make.minutes(90) }),
    make.repeat(
      '9',
      [
        make.step('FollowUp', 'Community', {
          title: 'GP follow-up & prevention',
          needs: [make.someone('Gp')],
          takes: make.minutes(20),
        }),
      ],
      { atMost: make.plain(2), every: make.days(90) },
    ),
    make.choose(
      '10',
      'shares',
      [
        make.shareBranch('yes', 92, [make.finish('11', 'Self-care')]),
        make.otherwise([make.goTo('12', 'Door')], 'new stroke'),
      ],
      { title: 'Stable at 3 months?' },
    ),
  ];
  const care = make.pathway('P', 'Acute stroke care', body, { owner: 'Hospital', cohorts: [{ cohort: 'Stroke' }] });
  return make.model({
    title: 'Stroke',
    organisations,
    roles,
    resources,
    cohorts: [stroke],
    pathways: [care, esd, outlier],
  });
}
