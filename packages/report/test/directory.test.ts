import { describe, expect, it } from 'vitest';
import { directoryHtml } from '../src/index.js';
import { serviceFacts } from '../src/directory/service-facts.js';
import { wordsOf } from '../src/words/words.js';
import { INPUT } from './fixture.js';

const BARE = { title: 'Desk', languages: [], accepts: [], entrypointFor: [], travel: [] };

/** Addresses of the facts of a service, by what they are called. */
function addressesOf(contact: { readonly phone?: string; readonly email?: string; readonly website?: string }) {
  const facts = serviceFacts(wordsOf('en'), { ...BARE, ...contact });
  return Object.fromEntries(facts.map(({ label, address }) => [label, address]));
}

describe('what is known of a service', () => {
  it('can be called, written to and looked at', () => {
    const contact = { phone: '+44 (1392) 00-00', email: 'desk@example.org', website: 'www.example.org' };
    expect(addressesOf(contact)).toEqual({
      phone: 'tel:+4413920000',
      'e-mail': 'mailto:desk@example.org',
      website: 'https://www.example.org',
    });
    expect(addressesOf({ phone: 'ask at the desk', website: 'http://example.org/a' })).toEqual({
      website: 'http://example.org/a',
    });
  });

  it('leaves out what is not known', () => {
    expect(serviceFacts(wordsOf('en'), BARE)).toEqual([]);
  });
});

describe('the page of a directory', () => {
  it('has services without a territory last, and makes no link of what would run', () => {
    const entries = [
      { ...BARE, title: 'Nowhere <b>', website: 'javascript:alert(1)' },
      { ...BARE, title: 'Desk', territory: 'Devon' },
    ];
    const out = directoryHtml(wordsOf('nl'), entries, INPUT.model);
    expect(out.indexOf('>Devon<')).toBeLessThan(out.indexOf('>In geen gebied<'));
    expect(out).toContain('Nowhere &lt;b&gt;');
    expect(out).not.toContain('href="javascript');
    expect(out).toContain('Overzicht van diensten');
  });
});
