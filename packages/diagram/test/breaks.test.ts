import { describe, expect, it } from 'vitest';
import { breaksDiagram, breaksGraph, type WaysToDraw } from '../src/index.js';

const ORIGIN = { file: 'a.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };

type Place = WaysToDraw['ways'][number]['from'];

function place(name: string, organisation: string): Place {
  return { step: { id: `Care.${name}`, name, origin: ORIGIN }, organisation, organisationTitle: `The ${organisation}` };
}

const DRAWN: WaysToDraw = {
  title: 'Care',
  ways: [
    { from: place('Call', 'Desk'), to: place('Scan', 'Ward'), channels: ['phone', 'form'], breaks: [] },
    { from: place('Scan', 'Ward'), to: place('Visit', 'Home'), channels: [], breaks: ['unannounced'] },
    {
      from: place('Call', 'Desk'),
      to: place('Visit', 'Home'),
      channels: ['phone'],
      breaks: ['untold', 'closed', 'no way back', 'unowned wait'],
      hours: { working: 168, closed: 128 },
    },
  ],
  lost: [{ from: place('Scan', 'Ward'), to: { id: 'Clinic', title: 'The clinic' } }],
};

describe('the picture of breaks', () => {
  it('says of each way how it is handed over, or what is wrong', () => {
    const { lanes, edges, description } = breaksGraph(DRAWN);
    expect(lanes.map(({ title }) => title)).toEqual(['The Desk', 'The Ward', 'The Home', 'The clinic']);
    expect(edges.map(({ label, mark }) => [label, mark])).toEqual([
      ['handed over by phone, form', undefined],
      ['nobody hands over', 'removed'],
      [
        'the story is told again; cannot begin in 128 of 168 hours a week; no way back; waiting that nobody owns',
        'removed',
      ],
      ['handed over to nobody', 'removed'],
    ]);
    expect(description).toBe('4 ways from one organisation to another, 3 of them broken.');
  });

  it('draws every way, the broken ones in a form that needs no colour', async () => {
    const { svg, warnings } = await breaksDiagram(DRAWN);
    expect(warnings).toEqual([]);
    expect(svg.match(/class="way mark-removed"/g)).toHaveLength(3);
    expect(svg).toContain('nobody goes on');
  });

  it('is not drawn where nothing leads from one organisation to another', () => {
    expect(() => breaksGraph({ title: 'Care', ways: [], lost: [] })).toThrow('There are no breaks to draw');
  });
});
