import { describe, expect, it } from 'vitest';
import { compileTexts } from '../conformance.js';

const UNOWNED = 'pathway Visit "Visit" {\n  step Talk { takes 20 min }\n}\n';
const BROKEN = 'pathway Visit "Visit" {\n  owner Ward\n  step Talk { takes 3 per day }\n}\norganisation Ward\n';
const NUMBER = 'number Stay "Length of stay" = 7.4 d\n';

async function severitiesOf(
  text: string,
  severities: Parameters<typeof compileTexts>[1],
): Promise<Record<string, string>> {
  const { diagnostics } = await compileTexts({ 'main.pathway': text }, severities);
  return Object.fromEntries(diagnostics.map(({ code, severity }) => [code, severity]));
}

describe('the severities of a project', () => {
  it('make a warning an error, information, or nothing', async () => {
    expect((await severitiesOf(UNOWNED, {})).PW3005).toBe('warning');
    expect((await severitiesOf(UNOWNED, { PW3005: 'error' })).PW3005).toBe('error');
    expect((await severitiesOf(UNOWNED, { PW3005: 'hint' })).PW3005).toBe('hint');
    expect((await severitiesOf(UNOWNED, { PW3005: 'off' })).PW3005).toBeUndefined();
  });

  it('ask for checks that are off', async () => {
    expect((await severitiesOf(NUMBER, {})).PW4010).toBeUndefined();
    expect((await severitiesOf(NUMBER, { PW4010: 'warning' })).PW4010).toBe('warning');
  });

  it('keep an error that leaves a text without a meaning', async () => {
    expect((await severitiesOf(BROKEN, { PW4002: 'off' })).PW4002).toBe('error');
    expect((await severitiesOf(BROKEN, { PW4002: 'hint' })).PW4002).toBe('error');
  });

  it('keep the model, which they do not touch', async () => {
    const { model } = await compileTexts({ 'main.pathway': UNOWNED }, { PW3005: 'error' });
    expect(model?.pathways.map(({ id }) => id)).toEqual(['Visit']);
  });
});
