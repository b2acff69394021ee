/** Parts of the names of columns that say who or where somebody is, in the languages of the tools, without accents. */
const PARTS = new RegExp(
  [
    'name|apellid|cognom|prenom|nazwisk|achternaam|addres|adres|anschrift|indirizz|direccion|enderec|strasse|straße',
    'birth|geburt|geboort|naissance|nascita|nacimient|nasciment|urodz|phone|telef|email',
    'insurance|versichert|ubezpiecz|verzeker|krankenkass|nhs|ssn|pesel|passport|passeport|postcode|zip|postleit|postal',
    'freetext|freitext|comment|kommentar|komentarz|remark|remarque|bemerkung|opmerking|observac|osservazion',
  ].join('|'),
);

/** Words that do so alone. */
const WORDS = new Set(
  (
    'nom nome nombre imie naam dob geb mail tel handy straat ulica morada wohnort ' +
    'mrn bsn dni nif nie insee svnr ahv plz fiscale note notes notiz nota notas uwagi'
  ).split(' '),
);

/** Columns that are called so, and nothing more, hold the names of those who work there or sent the patient. */
const PROFESSIONALS = new Set(
  (
    'doctor physician clinician consultant surgeon gp referrer attending ' +
    'arzt hausarzt zuweiser medecin medico lekarz arts huisarts'
  ).split(' '),
);

const TITLES = 'Dr|Prof|Mr|Mrs|Ms|Mme|Herr|Frau|Sig|Sig\\.ra|Dott|Dott\\.ssa|Sr|Sra|Dra|Pan|Pani|Dhr|Mevr|Mevrouw';

/** Values that only people write to people, or that name one: a title and a name, sentences, addresses, numbers to call. */
const TEXTS = [
  new RegExp(`(?:^|[\\s,;(])(?:${TITLES})\\.?\\s+\\p{Lu}\\p{Ll}`, 'u'),
  /\p{L}{3,}[.!?;]\s+\p{L}/u,
  /\p{L}.*\d(?:[\s/-]?\d){5,}/u,
  /@/,
];
const MOST_WORDS = 6;
const LONGEST = 60;

/** Whether a column of this name says who or where somebody is, or holds what somebody wrote freely. */
export function namesSomebody(column: string): boolean {
  const plain = column
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l');
  const together = plain.replace(/[^\p{L}]+/gu, '');
  return (
    PARTS.test(together) || PROFESSIONALS.has(together) || plain.split(/[^\p{L}]+/u).some((word) => WORDS.has(word))
  );
}

/** Whether a value reads like free text, or like the name of a person with a title, and not like one of some categories. */
export function readsLikeText(value: string): boolean {
  const text = value.trim();
  return text.length > LONGEST || text.split(/\s+/u).length > MOST_WORDS || TEXTS.some((each) => each.test(text));
}
