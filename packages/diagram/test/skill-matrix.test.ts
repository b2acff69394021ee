import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { type SkillMatrix, skillMatrixDrawing, skillMatrixPages } from '../src/index.js';
import { LEAST_POINTS, pointsOn } from '../src/legibility.js';
import { SMALLEST_IN_MATRIX } from '../src/skills/skill-matrix.js';
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

describe('a matrix of 200 people and 60 skills', () => {
  const large: SkillMatrix = {
    title: 'As usual',
    skills: Array.from({ length: 60 }, (_, skill) => ({ skill: `S${skill}`, title: `Skill number ${skill}` })),
    holders: Array.from({ length: 200 }, (_, person) => ({
      id: `N${person}`,
      label: `N${person}, Nurse, Ward of internal medicine`,
      people: 1,
      skills: [{ skill: `S${person % 60}` }, { skill: `S${(7 * person) % 60}`, level: 'expert' }],
    })),
    spots: [{ skill: 'S3', holders: 7, isThin: true, verdict: 'too few', alone: ['N3'] }],
  };
  const pages = skillMatrixPages(large, 'a4');

  it('comes on sheets of A4 of which each can be read, and none is missing', () => {
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages)
      expect(pointsOn('a4', skillMatrixDrawing(page), SMALLEST_IN_MATRIX)).toBeGreaterThanOrEqual(LEAST_POINTS);
    const cells = ({ holders, skills }: SkillMatrix): readonly string[] =>
      holders.flatMap(({ id }) => skills.map(({ skill }) => `${id} ${skill}`));
    expect(pages.flatMap(cells).sort()).toEqual([...cells(large)].sort());
  });

  it('has as few of them as any even parting', () => {
    const fits = (across: number, down: number): boolean => {
      const part = {
        ...large,
        title: 'As usual: part 99 of 99',
        skills: large.skills.slice(0, Math.ceil(60 / across)),
        holders: large.holders.slice(-Math.ceil(200 / down)),
      };
      return pointsOn('a4', skillMatrixDrawing(part), SMALLEST_IN_MATRIX) >= LEAST_POINTS;
    };
    for (let across = 1; across <= 12; across++) {
      const down = Math.ceil(pages.length / across) - 1;
      expect(down >= 1 && fits(across, down), `${across} across`).toBe(false);
    }
  });

  it('says below each column how many have it in all parts together, and which part it is', () => {
    const [first, second] = pages;
    const { document } = new JSDOM(skillMatrixDrawing(second!).svg, { contentType: 'image/svg+xml' }).window;
    const said = [...document.querySelectorAll('text')].map(({ textContent }) => textContent).join(' ');
    expect(said).toContain(`part 2 of ${pages.length}`);
    const whole = large.holders.filter(({ skills }) => skills.some(({ skill }) => skill === 'S0')).length;
    expect(first!.counts?.get('S0')).toBe(whole);
    expect(skillMatrixPages(matrix, 'a4')).toEqual([matrix]);
  });
});
