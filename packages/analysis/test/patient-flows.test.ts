import { emptyModel, type Organisation, type Step } from '@pathway/model';
import { expect, test } from 'vitest';
import { patientFlowsOf } from '../src/index.js';
import { ORIGIN, pathway, step } from './build.js';

const organisation = (id: string): Organisation => ({ id, name: id, origin: ORIGIN, contact: {} });

function flows(ride: Partial<Step>): ReturnType<typeof patientFlowsOf> {
  const body = [step('Ride', { organisation: 'Ambulance', ...ride }), step('Stay', { organisation: 'Ward' })];
  return patientFlowsOf(
    emptyModel({
      organisations: ['Ambulance', 'Ward', 'Home'].map(organisation),
      pathways: [pathway(body)],
      title: 'Test',
      sourceHash: '',
    }),
  );
}

test('patients who pass to another organisation without a handover are told as a flow that lacks one', () => {
  const [flow, ...others] = flows({});
  expect(others).toEqual([]);
  expect(flow).toMatchObject({ from: 'Ambulance', to: 'Ward', passes: [{ from: 'Ride', to: 'Stay' }], agreements: [] });
  expect(flow?.missing).toEqual(['unannounced']);
});

test('a handover says how, and what it lacks: an agreement, a way to answer, a receiver', () => {
  const handover = { to: ['Ward', 'Home'], by: ['form'], origin: ORIGIN };
  const found = flows({ handover });
  expect(found.map(({ to, channels }) => [to, channels])).toEqual([
    ['Ward', ['form']],
    ['Home', ['form']],
  ]);
  expect(found.map(({ missing }) => missing)).toEqual([
    ['not agreed', 'no way back'],
    ['not agreed', 'no way back', 'no receiver'],
  ]);
  expect(flows({ handover: { ...handover, returns: 'phone' } })[0]?.missing).toEqual(['not agreed']);
});
