import { JSDOM, VirtualConsole } from 'jsdom';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Viewer {
  importXML(xml: string): Promise<{ readonly warnings: readonly { readonly message: string }[] }>;
  get(service: 'elementRegistry'): { get(id: string): object | undefined };
  destroy(): void;
}

interface ViewerWindow {
  BpmnJS: new (options: { readonly container: Element | null }) => Viewer;
}

/**
 * What bpmn-js says of a file that it draws in a page: its warnings, and shapes and lines of the file that it has not drawn.
 * The page has no layout, so places of texts are not looked at.
 */
export async function drawnByBpmnJs(xml: string): Promise<readonly string[]> {
  const window = pageWindow();
  const { BpmnJS } = window as unknown as ViewerWindow;
  const viewer = new BpmnJS({ container: window.document.body });
  try {
    const { warnings } = await viewer.importXML(xml);
    const registry = viewer.get('elementRegistry');
    const drawn = [...xml.matchAll(/<bpmndi:BPMN(?:Shape|Edge) [^>]*bpmnElement="([^"]+)"/g)].map(([, id = '']) => id);
    const missing = drawn.filter((id) => registry.get(id) === undefined);
    return [...warnings.map(({ message }) => message), ...missing.map((id) => `${id} is not drawn`)];
  } finally {
    viewer.destroy();
  }
}

let page: JSDOM['window'] | undefined;

/** A page with bpmn-js, as its package brings it for browsers, and the parts of SVG that jsdom lacks. */
function pageWindow(): JSDOM['window'] {
  if (page !== undefined) return page;
  const { window } = new JSDOM('<!doctype html><body></body>', {
    runScripts: 'outside-only',
    // What bpmn-js says there it tells as warnings, too.
    virtualConsole: new VirtualConsole(),
  });
  window.eval(`
    class SVGMatrix { a = 1; b = 0; c = 0; d = 1; e = 0; f = 0; }
    for (const name of ['inverse', 'multiply', 'translate', 'scale', 'rotate']) SVGMatrix.prototype[name] = function () { return this; };
    window.SVGMatrix = SVGMatrix;
    const transform = (matrix = new SVGMatrix()) => ({ matrix, setMatrix() {}, setTranslate() {}, setRotate() {}, setScale() {} });
    const transforms = () => {
      const items = [];
      return {
        get numberOfItems() { return items.length; },
        clear() { items.length = 0; },
        appendItem(item) { items.push(item); return item; },
        initialize(item) { items.splice(0, items.length, item); return item; },
        consolidate: () => items[0] ?? null,
        getItem: (index) => items[index],
        createSVGTransformFromMatrix: transform,
      };
    };
    const lists = new WeakMap();
    Object.defineProperty(SVGElement.prototype, 'transform', {
      get() {
        if (!lists.has(this)) lists.set(this, { baseVal: transforms() });
        return lists.get(this);
      },
    });
    Object.assign(SVGElement.prototype, {
      getBBox: () => ({ x: 0, y: 0, width: 60, height: 14 }),
      getScreenCTM: () => new SVGMatrix(),
      getCTM: () => new SVGMatrix(),
    });
    Object.assign(SVGSVGElement.prototype, {
      createSVGMatrix: () => new SVGMatrix(),
      createSVGTransform: () => transform(),
      createSVGPoint: () => ({ x: 0, y: 0, matrixTransform() { return this; } }),
    });
    HTMLCanvasElement.prototype.getContext = () => ({ font: '', measureText: (text) => ({ width: text.length * 6 }) });
    window.CSS ??= { escape: (text) => text };
    window.structuredClone ??= (value) => JSON.parse(JSON.stringify(value));
  `);
  const file = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js');
  window.eval(readFileSync(file, 'utf8'));
  page = window;
  return window;
}
