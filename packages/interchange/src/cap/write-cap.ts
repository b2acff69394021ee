import { CAP_NAMESPACE, type CapAlert, type CapArea, type CapInfo, type GeoPoint } from './cap-alert.js';

type Line = readonly [name: string, value: string | undefined | readonly Line[]];

/** A message of the Common Alerting Protocol 1.2 as XML, in the order of its schema; `readCap` gives the same alert back. */
export function capXml(alert: CapAlert): string {
  const references = alert.references
    .map(({ sender, identifier, sent }) => `${sender},${identifier},${sent}`)
    .join(' ');
  const lines: readonly Line[] = [
    ['identifier', alert.identifier],
    ['sender', alert.sender],
    ['sent', capTime(alert.sent)],
    ['status', alert.status],
    ['msgType', alert.msgType],
    ['scope', alert.scope],
    ['note', alert.note],
    ['references', references === '' ? undefined : references],
    ...alert.infos.map((info): Line => ['info', infoLines(info)]),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${CAP_NAMESPACE}">\n${written(lines, 1)}</alert>\n`;
}

function infoLines(info: CapInfo): readonly Line[] {
  return [
    ['language', info.language],
    ...info.categories.map((each): Line => ['category', each]),
    ['event', info.event],
    ...info.responseTypes.map((each): Line => ['responseType', each]),
    ['urgency', info.urgency],
    ['severity', info.severity],
    ['certainty', info.certainty],
    ['effective', info.effective && capTime(info.effective)],
    ['onset', info.onset && capTime(info.onset)],
    ['expires', info.expires && capTime(info.expires)],
    ['senderName', info.senderName],
    ['headline', info.headline],
    ['description', info.description],
    ['instruction', info.instruction],
    ...info.areas.map((area): Line => ['area', areaLines(area)]),
  ];
}

function areaLines({ description, polygons, circles, geocodes }: CapArea): readonly Line[] {
  return [
    ['areaDesc', description],
    ...polygons.map((ring): Line => ['polygon', ring.map(pointText).join(' ')]),
    ...circles.map(({ centre, radius }): Line => ['circle', `${pointText(centre)} ${plainNumber(radius)}`]),
    ...geocodes.map(({ system, code }): Line => [
      'geocode',
      [
        ['valueName', system],
        ['value', code],
      ],
    ]),
  ];
}

function pointText(point: GeoPoint): string {
  return point.map(plainNumber).join(',');
}

/** Decimals that a point may have in the protocol as it is read here. */
const MOST_DECIMALS = 20;

/** A number as the protocol has it, without an exponent. */
function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  if (Math.abs(value) >= 1) return BigInt(value).toString();
  const plain = value.toFixed(MOST_DECIMALS).replace(/\.?0+$/, '');
  return plain === '-0' ? '0' : plain;
}

/** The protocol writes UTC as an offset, not as `Z`. */
function capTime(time: string): string {
  return time.replace(/Z$/, '-00:00');
}

function written(lines: readonly Line[], depth: number): string {
  const indent = '  '.repeat(depth);
  return lines
    .map(([name, value]) => {
      if (value === undefined) return '';
      if (typeof value === 'string') return `${indent}<${name}>${escaped(value)}</${name}>\n`;
      return `${indent}<${name}>\n${written(value, depth + 1)}${indent}</${name}>\n`;
    })
    .join('');
}

/** Text for XML 1.0, which has no control characters but tab and line ends. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
