import { type KnowledgePackage, textIn } from './knowledge-package.js';
import { PACKAGE_KEYWORD } from './package-manifest.js';
import { compilePackage, PACKAGE_ENTRY, type PackageFacts, packageFacts } from './package-facts.js';

/** Something that makes a package useful to others. */
export interface PublishPoint {
  readonly point: string;
  readonly there: boolean;
  /** What there is, or what is lacking and what to do. */
  readonly because: string;
  /** False for what would help and is not demanded. */
  readonly demanded: boolean;
}

/** Scripts that npm runs by itself when a package is installed. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'];

/**
 * What a package has and lacks to be useful to others, in the order in which its reader would ask.
 * @param others packages that it may import, by name
 */
export async function publishPoints(
  one: KnowledgePackage,
  others: ReadonlyMap<string, KnowledgePackage>,
): Promise<readonly PublishPoint[]> {
  const facts = await packageFacts(one, others);
  return [
    ...manifestPoints(one, facts),
    ...docsPoints(one, facts),
    ...textPoints(one, facts),
    ...(await testPoints(one, others, facts)),
    ...knowledgePoints(facts),
  ];
}

function demand(point: string, there: boolean, has: string, lacks: string): PublishPoint {
  return { point, there, because: there ? has : lacks, demanded: true };
}

function wish(point: string, there: boolean, has: string, lacks: string): PublishPoint {
  return { point, there, because: there ? has : lacks, demanded: false };
}

function manifestPoints({ manifest, files }: KnowledgePackage, { imports }: PackageFacts): PublishPoint[] {
  const { name, version, license = '', description = '', keywords = [], scripts = {}, dependencies = {} } = manifest;
  const licenceFile = [...files.keys()].find((path) => /^licen[cs]e(\.\w+)?$/i.test(path));
  const runs = INSTALL_SCRIPTS.filter((script) => script in scripts);
  const undeclared = imports.filter((each) => !(each in dependencies));
  return [
    demand('name', manifest.private !== true, `${name} ${version}`, 'package.json says `private`: npm would refuse it'),
    demand(
      'description',
      description.length >= 20,
      description,
      'package.json has no `description` of 20 characters or more: what is it for, and for whom?',
    ),
    demand(
      'keywords',
      keywords.includes(PACKAGE_KEYWORD),
      keywords.join(', '),
      `package.json has no keyword \`${PACKAGE_KEYWORD}\`, by which it is found when npm has installed it`,
    ),
    demand(
      'licence',
      license !== '' && license !== 'UNLICENSED' && licenceFile !== undefined,
      `${license}, in ${licenceFile ?? ''}`,
      license === '' || license === 'UNLICENSED'
        ? 'package.json names no `license` (SPDX, like `CC-BY-4.0`): nobody may use it'
        : 'there is no file LICENSE with its words',
    ),
    demand(
      'no scripts',
      runs.length === 0,
      'none run when it is installed',
      `take away the scripts ${runs.join(', ')}`,
    ),
    demand(
      'dependencies',
      undeclared.length === 0,
      imports.length === 0 ? 'it imports no package' : imports.join(', '),
      `it imports ${undeclared.join(', ')}, and \`dependencies\` of package.json does not say so`,
    ),
  ];
}

function docsPoints(one: KnowledgePackage, { templates }: PackageFacts): PublishPoint[] {
  const readme = [...one.files.keys()].find((path) => /^readme\.md$/i.test(path));
  const text = readme === undefined ? '' : (textIn(one, readme) ?? '');
  const silent = templates.filter(({ documentation }) => documentation === undefined);
  return [
    demand(
      'README',
      text.length >= 300,
      `${readme ?? ''}, ${text.split(/\s+/).length} words`,
      'there is no README.md of 300 characters or more: what it is for, what it needs, how it is deployed',
    ),
    demand(
      'templates explained',
      templates.length > 0 && silent.length === 0,
      templates.map(({ title }) => title).join(', '),
      templates.length === 0
        ? `${PACKAGE_ENTRY} has no template: write \`template pathway NAME { needs … }\`, or lift one with \`pathway lift\``
        : `no comment /** … */ before ${silent.map(({ id }) => id).join(', ')}`,
    ),
  ];
}

function textPoints(one: KnowledgePackage, { diagnostics, unsourced, sources }: PackageFacts): PublishPoint[] {
  const wrong = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const [first] = wrong;
  const places = unsourced.slice(0, 3).map(({ file, line }) => `${file}:${line}`);
  const more = unsourced.length > 3 ? ` and ${unsourced.length - 3} more` : '';
  const graded = sources.filter(({ grade }) => grade !== undefined);
  return [
    demand(
      'texts',
      one.files.has(PACKAGE_ENTRY) && wrong.length === 0,
      `${PACKAGE_ENTRY} has no errors and no warnings`,
      first === undefined
        ? `there is no ${PACKAGE_ENTRY}, which \`import "${one.manifest.name}"\` brings`
        : `${first.code} at ${first.range.file}:${first.range.line}: ${first.message}${wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : ''}`,
    ),
    demand(
      'sources of numbers',
      unsourced.length === 0,
      'every number has one',
      `${unsourced.length} numbers have none: ${places.join(', ')}${more}`,
    ),
    demand(
      'grades of sources',
      sources.length > 0 && graded.length === sources.length,
      sources.map(({ name, grade }) => `${name} ${grade ?? ''}`).join(', '),
      sources.length === 0
        ? 'it has no `source`'
        : `no \`grade\` on ${sources
            .filter((each) => !graded.includes(each))
            .map(({ name }) => name)
            .join(', ')}`,
    ),
  ];
}

async function testPoints(
  one: KnowledgePackage,
  others: ReadonlyMap<string, KnowledgePackage>,
  { templates }: PackageFacts,
): Promise<PublishPoint[]> {
  const entries = [...one.files.keys()].filter((path) => path.endsWith('.pathway'));
  const { model, diagnostics } = await compilePackage(one, others, entries);
  const deployed = new Set((model?.deployments ?? []).map(({ template }) => template));
  const missing = templates.filter(({ id }) => !deployed.has(id));
  const error = diagnostics.find(({ severity }) => severity === 'error');
  const promised = (model?.expectations ?? []).length;
  const measured = templates.filter(({ parts }) => parts.indicators === 0);
  return [
    demand(
      'example',
      model !== undefined && templates.length > 0 && missing.length === 0,
      `${deployed.size} deployed in the package itself`,
      error === undefined
        ? `no .pathway file of it deploys ${missing.map(({ id }) => id).join(', ')}: an example shows how, and can be run`
        : `${error.code} at ${error.range.file}:${error.range.line}: ${error.message}`,
    ),
    demand(
      'tests',
      promised > 0,
      `${promised} \`expect\` of the example, for \`pathway test\``,
      'the example has no `expect`: what is promised where the template is deployed?',
    ),
    demand(
      'measures',
      templates.length > 0 && measured.length === 0,
      `${templates.reduce((sum, { parts }) => sum + parts.indicators, 0)} indicators come with it`,
      `no \`indicator\` speaks of ${measured.map(({ id }) => id).join(', ')}`,
    ),
  ];
}

function knowledgePoints({ templates, usages, languages }: PackageFacts): PublishPoint[] {
  const used = new Set(usages.flatMap((usage) => usage.templates));
  const unused = templates.filter(({ id }) => !used.has(id));
  const found = usages.flatMap(({ results }) => results);
  const learned = usages.flatMap(({ lessons }) => lessons);
  const unasked = templates.filter(({ maturity }) => maturity.length === 0);
  return [
    demand(
      'where it was used',
      templates.length > 0 && unused.length === 0,
      usages.map(({ title, name }) => title ?? name).join('; '),
      `no \`usage\` of ${unused.map(({ id }) => id).join(', ')}; where nobody has used it yet, say so in a \`note\` of one`,
    ),
    wish('results', found.length > 0, `${found.length} said`, 'no `usage` has a `result`: what came of it?'),
    wish(
      'lessons',
      learned.length > 0,
      `${learned.length} said`,
      'no `usage` has a `lesson`: what would you do otherwise?',
    ),
    wish(
      'required maturity',
      templates.length > 0 && unasked.length === 0,
      templates
        .flatMap(({ maturity }) => maturity.map(({ title, points }) => `${title} ${points}`))
        .filter((text, index, all) => all.indexOf(text) === index)
        .join(', '),
      `no \`needs maturity\` in ${unasked.map(({ id }) => id).join(', ')}: how ready does a place have to be?`,
    ),
    wish(
      'languages',
      languages.length > 0,
      languages.map(({ language, titles }) => `${language} (${titles} titles)`).join(', '),
      'there is no `title` in another language',
    ),
  ];
}
