import { checkLanguage } from '@pathway/compiler';
import { localiseModel, type Model } from '@pathway/model';
import { languageFor, type Words, wordsOf } from '@pathway/report';

/**
 * A model with its titles in a language (BCP 47), and the words of that language; as declared and in English without one.
 * @throws ProjectError for a language that there are no words in
 */
export function inLanguage(model: Model, tag: string | undefined): { readonly model: Model; readonly words: Words } {
  if (tag === undefined) return { model, words: wordsOf() };
  checkLanguage(tag);
  return { model: localiseModel(model, tag), words: wordsOf(languageFor(tag)) };
}
