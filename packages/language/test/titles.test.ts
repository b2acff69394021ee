import { describe, expect, it } from 'vitest';
import { localiseModel, titleIn } from '@pathway/model';
import { compile } from '../src/index.js';

const TEXT = `organisation Hospital "Hospital"
role Nurse "Nurse"
resource Bed "Bed" { at Hospital count 4 }
staff 8 Nurse at Hospital { contract 37.5 h/week on duty 2 }
cohort Stroke { arrives every exponential(1 d) }
pathway Care "Stroke care" for Stroke {
  owner Hospital
  hold 1 Bed { step Stay { by 1 Nurse takes 2 d } }
  finish Home "Home"
}
title Care { it "Cura dell’ictus" pt-BR "AVC" }
title Care.Stay { it "Degenza" }
title Home { it "A casa" }
title Hospital { it "Ospedale" }
title Nurse { it "Infermiere" }
title Bed { it "Posto letto" }
`;

async function compiled(languages?: readonly string[]) {
  return compile(
    ['main.pathway'],
    { read: (path) => Promise.resolve(path === 'main.pathway' ? TEXT : undefined) },
    languages === undefined ? {} : { languages },
  );
}

describe('titles in other languages', () => {
  it('replace the declared ones in the model for readers of the language, with what is called after them', async () => {
    const { model } = await compiled();
    expect(model).toBeDefined();
    const italian = localiseModel(model!, 'it');
    expect(italian.title).toBe('Cura dell’ictus');
    const [pathway] = italian.pathways;
    expect(pathway?.title).toBe('Cura dell’ictus');
    expect(pathway?.body.map((each) => ('title' in each ? each.title : undefined))).toEqual(['Posto letto', 'A casa']);
    expect(italian.staff[0]?.title).toBe('Infermiere, Ospedale');
    expect(italian.pathways[0]?.id).toBe(model!.pathways[0]?.id);
    expect(localiseModel(model!, 'pl')).toEqual(model);
  });

  it('fall back from a region to the language, never the other way', async () => {
    const { model } = await compiled();
    const care = model!.pathways[0]!;
    expect(titleIn(care, 'it-CH')).toBe('Cura dell’ictus');
    expect(titleIn(care, 'pt-BR')).toBe('AVC');
    expect(titleIn(care, 'pt')).toBeUndefined();
  });

  it('are asked for where the project names languages, and only there', async () => {
    expect((await compiled()).diagnostics.filter(({ code }) => code === 'PW9005')).toEqual([]);
    const { diagnostics } = await compiled(['it', 'pl']);
    const told = diagnostics.filter(({ code }) => code === 'PW9005');
    expect(told.map(({ message }) => message)).toContain('`Care` has no title in pl.');
    expect(told.every(({ severity }) => severity === 'information')).toBe(true);
    // Bed, Nurse, Hospital, Care, Stay and Home lack Polish; nothing lacks Italian.
    expect(told).toHaveLength(6);
  });

  it('reach what stands inside of something else, and what people are asked to do', async () => {
    const text = `import "std/readiness"
territory Region "Region"
resource Bed "Bed" { count 4 }
role Nurse "Nurse"
cohort Stroke {
  arrives every exponential(1 d)
  attribute route "Route" one of home 40%, rehab 60%
}
scale Heat "Heat" { calm "Calm" < red "Danger" }
trigger Hot sets Heat red when occupancy(Bed) > 90% until occupancy(Bed) < 50%
response Calls "Calls" on Hot {
  card Nurse {
    do "Call everyone" within 2 h { it "Chiamare tutti" pl "Zadzwonić do wszystkich" }
    do "Visit" { it "Visitare" it "Visita" }
  }
}
payer Fund "Fund"
question Night "Who calls at night?" for House
organisation House "House"
title Stroke.route { it "Percorso" }
title Heat.red { it "Pericolo" }
title Fund { it "Fondo" }
title Night { it "Chi chiama di notte?" }
`;
    const compiledText = await compile(
      ['main.pathway'],
      {
        read: (path) => Promise.resolve(path === 'main.pathway' ? text : undefined),
      },
      { languages: ['it', 'pl'] },
    );
    const codes = compiledText.diagnostics.map(({ code }) => code);
    expect(codes).toContain('PW2018');
    expect(compiledText.diagnostics.filter(({ code }) => code === 'PW9005').map(({ message }) => message)).toContain(
      '`Visit` has no title in pl.',
    );
    const fixed = await compile(['main.pathway'], {
      read: (path) => Promise.resolve(path === 'main.pathway' ? text.replace(' it "Visita"', '') : undefined),
    });
    const italian = localiseModel(fixed.model!, 'it');
    expect(italian.cohorts[0]?.attributes[0]?.title).toBe('Percorso');
    expect(italian.scales?.find(({ name }) => name === 'Heat')?.levels.map(({ title }) => title)).toEqual([
      'Calm',
      'Pericolo',
    ]);
    expect(italian.payers?.[0]?.title).toBe('Fondo');
    expect(italian.questions?.[0]?.title).toBe('Chi chiama di notte?');
    const actions = italian.responses?.[0]?.cards[0]?.actions.map((action) => action.text);
    expect(actions).toEqual(['Chiamare tutti', 'Visitare']);
    const instrument = italian.instruments?.find(({ name }) => name === 'SciroccoExchange');
    expect(instrument?.dimensions.map(({ title }) => title)).toContain('Prontezza al cambiamento');
    expect(instrument?.stages.map(({ title }) => title)).toEqual(['Iniziale', 'In sviluppo', 'In ottimizzazione']);
  });
});
