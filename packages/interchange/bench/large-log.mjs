// Reads and calibrates a generated log, in CSV one whose cases lie scattered over it, and prints the memory that this took at most.
//
//   npm run build && node packages/interchange/bench/large-log.mjs [events, 10000000 without it] [csv or xes]
import { calibrate, readCsvLog, readXesLog } from '../dist/index.js';

const EVENTS = Number(process.argv[2] ?? 10_000_000);
const STEPS = ['Register', 'Triage', 'Bloods', 'CT', 'Consult', 'Treat', 'Review', 'Bed', 'Stay', 'Discharge'];
const AT_ONCE = 2000;
const ROWS = 10_000;

let state = 12_345;
const random = () => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return state / 2 ** 32;
};

function* generated() {
  let clock = Date.UTC(2020, 0, 1);
  let cases = 0;
  const begin = () => ({ number: cases++, step: 0, age: 20 + Math.floor(random() * 70) });
  const live = Array.from({ length: AT_ONCE }, begin);
  yield 'case,activity,timestamp,resource,age\n';
  for (let done = 0; done < EVENTS; done += ROWS) {
    let text = '';
    for (let row = 0; row < Math.min(ROWS, EVENTS - done); row++) {
      const at = Math.floor(random() * AT_ONCE);
      const one = live[at];
      clock += Math.floor(random() * 20_000);
      const time = new Date(clock).toISOString().replace('T', ' ').slice(0, 23);
      text += `patient-${one.number},${STEPS[one.step]},${time},nurse-${Math.floor(random() * 500)},${one.age}\n`;
      one.step += random() < 0.15 ? 2 : 1;
      if (one.step >= STEPS.length) live[at] = begin();
    }
    yield text;
  }
}

/** The same in XES, in which the events of a case stand together. */
function* generatedXes() {
  let clock = Date.UTC(2020, 0, 1);
  const stamp = (time) => new Date(time).toISOString().replace('Z', '+00:00');
  const line = (tag, key, value) => `<${tag} key="${key}" value="${value}"/>\n`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">\n';
  for (let done = 0, number = 0; done < EVENTS;) {
    let text = '';
    for (const end = done + ROWS; done < Math.min(end, EVENTS); number++) {
      text += `<trace>\n${line('string', 'concept:name', `patient-${number}`)}${line('int', 'age', 20 + Math.floor(random() * 70))}`;
      clock += Math.floor(random() * 120_000);
      for (let step = 0, time = clock; step < STEPS.length && done < EVENTS; step += random() < 0.15 ? 2 : 1, done++) {
        time += Math.floor(random() * 40_000_000);
        text += `<event>\n${line('string', 'concept:name', STEPS[step])}${line('date', 'time:timestamp', stamp(time))}`;
        text += `${line('string', 'org:resource', `nurse-${Math.floor(random() * 500)}`)}</event>\n`;
      }
      text += '</trace>\n';
    }
    yield text;
  }
  yield '</log>\n';
}

let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
const before = process.memoryUsage.rss();
const [read, text] = process.argv[3] === 'xes' ? [readXesLog, generatedXes()] : [readCsvLog, generated()];
const log = await read(text, { onProgress: () => (peak = Math.max(peak, process.memoryUsage.rss())) });
const { facts } = calibrate(log);
clearInterval(watch);
peak = Math.max(peak, process.memoryUsage.rss());
const { user, system } = process.cpuUsage();
console.log(`${facts.events} events of ${facts.cases} cases: ${Math.round(peak / 2 ** 20)} MB at most,`);
console.log(`${Math.round((peak - before) / facts.events)} bytes an event beside the program itself,`);
console.log(`${Math.round((user + system) / 1e6)} s of processor time, generating included.`);
