import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { type SkillMatrix, skillMatrixDrawing } from '../src/index.js';
import { accessibilityViolations } from './support/accessibility.js';
import { auditSvg } from './support/audit.js';

const matrix: SkillMatrix = {
  title: 'As usual',
  skills: [
    { skill: 'S', title: 'Non-invasive ventilation of patients with chronic disease & more' },
    { skill: 'T', title: 'Infusion therapy' },
  ],
  holders: [
    {
      id: 'N1',
      label: 'N1, Nurse, Ward of internal medicine and of everything else',
      people: 1,
      skills: [{ skill: 'S', level: 'expert' }],
    },
    { id: 'Nurses', label: 'Nurse, Ward', people: 12, skills: [{ skill: 'T' }] },
  ],
  spots: [
    { skill: 'S', holders: 1, isThin: true, verdict: 'one person alone has it', alone: ['N1'] },
    { skill: 'T', holders: 12, isThin: false, verdict: 'enough', alone: [] },
  ],
};

describe('the matrix of skills', () => {
  const { svg, width, height } = skillMatrixDrawing(matrix);
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);

  it('wraps what is long and cuts nothing', () => {
    expect(texts.join(' ')).not.toContain('…');
    expect(texts.join(' ')).toContain('Non-invasive ventilation of patients with chronic disease & more');
    for (const text of document.querySelectorAll('text')) {
      expect(Number(text.getAttribute('x'))).toBeLessThan(width);
      expect(Number(text.getAttribute('y'))).toBeLessThan(height);
    }
  });

  it('marks who alone has a skill with a sign beside the colour, and says how many have it', () => {
    expect(texts).toContain('! expert');
    expect(texts.join(' ')).toContain('1: one person alone has it');
    expect(texts.join(' ')).toContain('12: enough');
    const spoken = [...document.querySelectorAll('g > title')].map(({ textContent }) => textContent);
    expect(spoken[0]).toContain('(expert), one person alone has it');
  });

  it('shows each level that is asked for, how many have what nobody asks for, and breaks no word', () => {
    const levels = skillMatrixDrawing({
      ...matrix,
      skills: [...matrix.skills, { skill: 'U', title: 'Communication' }],
      holders: matrix.holders.map((each) => ({ ...each, skills: [...each.skills, { skill: 'U' }] })),
      spots: [
        { skill: 'S', level: 'expert', holders: 1, isThin: true, verdict: 'one person alone has it', alone: ['N1'] },
        { skill: 'S', level: 'basic', holders: 9, isThin: false, verdict: 'enough', alone: [] },
      ],
    });
    const page = new JSDOM(levels.svg, { contentType: 'image/svg+xml' }).window.document;
    const said = [...page.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(said.join(' ')).toContain('expert 1: one person alone has it basic 9: enough');
    expect(said).toContain('! expert');
    expect(said).toContain('Communication');
    expect(said).toContain('13');
    expect(auditSvg(levels.svg)).toMatchObject({ textsOnTexts: 0, textsBeyondPage: 0 });
  });

  it('has two colourings and meets the rules for accessibility', async () => {
    expect(skillMatrixDrawing(matrix, { theme: 'dark' }).svg).not.toBe(svg);
    expect(await accessibilityViolations(svg)).toEqual([]);
  });
});
