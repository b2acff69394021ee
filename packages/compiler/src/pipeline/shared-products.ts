import { analyse, type ModelFacts } from '@pathway/analysis';
import type { Diagram, DiagramOptions, Direction, LaneChoice, MapName, ThemeName } from '@pathway/diagram';
import { localiseModel, type Model } from '@pathway/model';
import { compileInput, type SimulationInput, type StudyResults } from '@pathway/simulation';
import { languageFor, type PrintFonts, wordsOf } from '@pathway/report';
import type { StaffingPlan } from '@pathway/staffing';
import { ProjectError } from '../project-error.js';
import { staffingPlan } from './staffing-plan.js';
import { VIEW_FACTS } from './view-facts.js';

/** How a pathway is drawn. */
export interface DrawingStyle {
  readonly direction: Direction;
  readonly theme: ThemeName;
  /** By organisation without it. */
  readonly lanes?: LaneChoice;
  /** The language (BCP 47) that its titles and words are in; as declared without it. */
  readonly language?: string;
}

/** A map of the whole model, drawn. */
interface NamedMap {
  readonly name: MapName;
  readonly drawing: Diagram;
}

/** A sheet of a drawing that is printed. */
export interface PrintedDrawing {
  readonly title: string;
  readonly svg: string;
}

/** What emitters share; each is made when it is first asked for, and once. */
export interface SharedProducts {
  /** Exact facts, one for each scenario in the order of the model. */
  facts(): readonly ModelFacts[];
  /** What each study found, in the order of the model. */
  results(): Promise<readonly StudyResults[]>;
  /** @throws ProjectError when the model has no such study or scenario */
  simulationInput(study: string, scenario: string): SimulationInput;
  /** The need for staff, one plan for each scenario in the order of the model; empty where nobody works. */
  staffingPlans(): readonly StaffingPlan[];
  drawing(pathway: string, style: DrawingStyle): Promise<Diagram>;
  /** The drawing of a pathway on as many sheets as it needs to be read on A4, in light colours. */
  printedDrawing(pathway: string, style: Pick<DrawingStyle, 'language'>): Promise<readonly PrintedDrawing[]>;
  /** The maps of the whole model that there is something to draw on, with titles and words in the language of the style. */
  maps(style: Pick<DrawingStyle, 'theme' | 'language'>): Promise<readonly NamedMap[]>;
  /** The typeface of printed documents. @throws ProjectError where the surroundings have none */
  printFonts(): Promise<PrintFonts>;
}

/** What the surroundings do for a build: run studies on several cores, end a layout in time. */
export interface ProductMakers {
  runStudy(model: Model, study: string): Promise<StudyResults>;
  readonly layOutWithDeadline?: DiagramOptions['layOutWithDeadline'];
  /** Reads the typeface of printed documents. */
  readonly readPrintFonts?: () => Promise<PrintFonts>;
}

/** Products of a model that are made on demand. */
export function createSharedProducts(model: Model, makers: ProductMakers): SharedProducts {
  const scenarios = model.scenarios.length === 0 ? [undefined] : model.scenarios.map(({ id }) => id);
  const facts = once(() => scenarios.map((scenario) => analyse(model, scenario).facts));
  const plans = once(() =>
    model.roles.length === 0 ? [] : scenarios.map((scenario) => staffingPlan(model, scenario)),
  );
  const results = once(async () => {
    const found: StudyResults[] = [];
    for (const { id } of model.studies) found.push(await makers.runStudy(model, id));
    return found;
  });
  const fonts = once(() => {
    if (makers.readPrintFonts !== undefined) return makers.readPrintFonts();
    return Promise.reject(new ProjectError('There is no typeface to print with here.', 'Make the report as HTML.'));
  });
  const drawings = new Map<string, Promise<Diagram>>();
  return {
    facts,
    results,
    staffingPlans: plans,
    printFonts: fonts,
    simulationInput(studyId, scenarioId) {
      const study = model.studies.find(({ id }) => id === studyId);
      if (study?.scenarios.includes(scenarioId) !== true)
        throw new ProjectError(`The model has no study \`${studyId}\` with the scenario \`${scenarioId}\`.`);
      return compileInput(model, studyId, scenarioId);
    },
    drawing(pathway, style) {
      const key = JSON.stringify([pathway, style.direction, style.theme, style.language ?? '', style.lanes ?? '']);
      const known = drawings.get(key);
      if (known !== undefined) return known;
      const { layOutWithDeadline } = makers;
      const { language, ...look } = style;
      const made = draw(language === undefined ? model : localiseModel(model, language), pathway, {
        ...look,
        ...(language !== undefined && { words: wordsOf(languageFor(language)) }),
        ...(layOutWithDeadline !== undefined && { layOutWithDeadline }),
      });
      drawings.set(key, made);
      return made;
    },
    printedDrawing(pathway, { language }) {
      const { layOutWithDeadline } = makers;
      return printed(language === undefined ? model : localiseModel(model, language), pathway, {
        ...(language !== undefined && { words: wordsOf(languageFor(language)) }),
        ...(layOutWithDeadline !== undefined && { layOutWithDeadline }),
      });
    },
    maps({ theme, language }) {
      const { layOutWithDeadline } = makers;
      return drawMaps(language === undefined ? model : localiseModel(model, language), {
        theme,
        ...(language !== undefined && { words: wordsOf(languageFor(language)) }),
        ...(layOutWithDeadline !== undefined && { layOutWithDeadline }),
      });
    },
  };
}

/** Loads the drawing engine as `draw` does. */
async function drawMaps(
  model: Model,
  options: Pick<DiagramOptions, 'theme' | 'words' | 'layOutWithDeadline'>,
): Promise<readonly NamedMap[]> {
  const { mapDiagram, mapsOf } = await import('@pathway/diagram');
  const drawn: NamedMap[] = [];
  for (const name of mapsOf(model, VIEW_FACTS))
    drawn.push({ name, drawing: await mapDiagram(model, name, { ...options, ...VIEW_FACTS }) });
  return drawn;
}

/** Loads the drawing engine as `draw` does. */
async function printed(
  model: Model,
  pathway: string,
  options: Pick<DiagramOptions, 'words' | 'layOutWithDeadline'>,
): Promise<readonly PrintedDrawing[]> {
  const { drawnLayout, layOutGraph, legibleSheets, sheetsOf, stagesOfView } = await import('@pathway/diagram');
  const view = { kind: 'pathway', id: pathway } as const;
  const facts = { ...VIEW_FACTS, ...(options.words !== undefined && { words: options.words }) };
  const sheets: PrintedDrawing[] = [];
  for (const sheet of sheetsOf(model, view, facts)) {
    const layouts = await legibleSheets(sheet, {
      paper: 'a4',
      directions: ['down', 'right'],
      layOut: (graph, direction) => layOutGraph(graph, direction, options),
      inStages: () => stagesOfView(model, view, facts),
      ...(options.words !== undefined && { words: options.words }),
    });
    sheets.push(...layouts.map(({ title, layout }) => ({ title, svg: drawnLayout(layout).svg })));
  }
  return sheets;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Loads the drawing engine when something is drawn: it is larger than all the rest. */
async function draw(model: Model, pathway: string, options: DiagramOptions): Promise<Diagram> {
  const { pathwayDiagram } = await import('@pathway/diagram');
  return pathwayDiagram(model, pathway, options);
}
