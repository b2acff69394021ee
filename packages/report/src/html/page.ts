import { Html, html, type HtmlPart, lines } from './html.js';
import { styleSheet } from './style.js';
import type { Words } from '../words/words.js';

export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly content: HtmlPart;
}

export interface PageParts {
  readonly words: Words;
  readonly title: string;
  /** The question that the page answers, below the title. */
  readonly question: HtmlPart;
  readonly sections: readonly PageSection[];
  readonly footer: HtmlPart;
  /** Each section on a sheet of its own when printed. */
  readonly isCards?: boolean;
  /** Rules of style that this page has beside those of all pages. */
  readonly style?: string;
  /** Colours that do not follow the reader's system. */
  readonly theme?: 'light' | 'dark' | undefined;
}

/** Nothing may be loaded and nothing may run; style is the page's own. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A complete HTML document that needs nothing beside itself. */
export function page(parts: PageParts): string {
  const document = html`<!doctype html>
    <html lang="${parts.words.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(CONTENT_SECURITY_POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${parts.title}</title>
        <style>
          ${new Html(
            parts.style === undefined ? styleSheet(parts.theme) : `${styleSheet(parts.theme)}\n${parts.style.trim()}`,
          )}
        </style>
      </head>
      <body${parts.isCards === true ? html` class="cards"` : undefined}>
        <a class="skip" href="#content">${parts.words.say`Skip to the content`}</a>
        <header>
          <h1>${parts.title}</h1>
          ${parts.question}
        </header>
        <nav aria-label="${parts.words.say`Contents`}">
          <ol>
            ${parts.sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}
          </ol>
        </nav>
        <main id="content" tabindex="-1">${lines(parts.sections.map(sectionOf))}</main>
        <footer>${parts.footer}</footer>
      </body>
    </html>`;
  return `${document.text}\n`;
}

function sectionOf(section: PageSection): Html {
  return html`<section id="${section.id}" class="${section.id}" aria-labelledby="${section.id}-title">
    <h2 id="${section.id}-title">${section.title}</h2>
    ${section.content}
  </section>`;
}
