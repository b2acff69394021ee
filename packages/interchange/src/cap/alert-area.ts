import type { Territory } from '@pathway/model';
import { titleOf } from '@pathway/model';
import type { CapArea, GeoPoint } from './cap-alert.js';

/**
 * Whether an alert's area and a territory have anything in common: by a code of the same system, by the name of the area, or
 * by outlines that touch. Codes of NUTS contain each other: an alert for UKK4 is one for UKK43, and the other way round.
 */
export function concernsTerritory(area: CapArea, territory: Territory): boolean {
  return hasCode(area, territory) || isNamed(area, territory) || touches(area, territory);
}

function hasCode({ geocodes }: CapArea, { geocodes: own = [] }: Territory): boolean {
  return geocodes.some(({ system, code }) =>
    own.some((each) => {
      if (isNuts(each.system) && isNuts(system))
        return each.codes.some((known) => known.startsWith(code) || code.startsWith(known));
      return each.system.toLowerCase() === system.toLowerCase() && each.codes.includes(code);
    }),
  );
}

function isNuts(system: string): boolean {
  return /^nuts[0-3]?$/i.test(system);
}

/** By the whole name, alone or in a list. */
function isNamed({ description }: CapArea, territory: Territory): boolean {
  const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
  const names = [territory.name, titleOf(territory), ...Object.values(territory.titles ?? {})].map(plain);
  return [description, ...description.split(/[,;/]/)].some((part) => names.includes(plain(part)));
}

function touches({ polygons, circles }: CapArea, { polygons: own = [] }: Territory): boolean {
  return own.some(
    (ring) =>
      polygons.some((other) => ringsTouch(ring, other)) ||
      circles.some(({ centre, radius }) => isInside(centre, ring) || distanceToRing(centre, ring) <= radius),
  );
}

/** Outlines on a flat map of latitude and longitude, none of them across the date line. */
function ringsTouch(a: readonly GeoPoint[], b: readonly GeoPoint[]): boolean {
  const [first, other] = [a[0], b[0]];
  if (first === undefined || other === undefined) return false;
  if (isInside(first, b) || isInside(other, a)) return true;
  return edges(a).some(([p, q]) => edges(b).some(([r, s]) => cross(p, q, r, s)));
}

type Edge = readonly [GeoPoint, GeoPoint];

function edges(ring: readonly GeoPoint[]): readonly Edge[] {
  return ring.slice(1).map((point, i): Edge => [ring[i] ?? point, point]);
}

function isInside([latitude, longitude]: GeoPoint, ring: readonly GeoPoint[]): boolean {
  let inside = false;
  for (const [[latA, lonA], [latB, lonB]] of edges(ring)) {
    if (latA > latitude === latB > latitude) continue;
    if (longitude < lonA + ((latitude - latA) / (latB - latA)) * (lonB - lonA)) inside = !inside;
  }
  return inside;
}

/** On which side of the line from p to q a point is: positive, negative, or 0 on it. */
function side(p: GeoPoint, q: GeoPoint, of: GeoPoint): number {
  return Math.sign((q[0] - p[0]) * (of[1] - p[1]) - (q[1] - p[1]) * (of[0] - p[0]));
}

function cross(p: GeoPoint, q: GeoPoint, r: GeoPoint, s: GeoPoint): boolean {
  const boxes = [0, 1].every(
    (i) =>
      Math.max(p[i] ?? 0, q[i] ?? 0) >= Math.min(r[i] ?? 0, s[i] ?? 0) &&
      Math.max(r[i] ?? 0, s[i] ?? 0) >= Math.min(p[i] ?? 0, q[i] ?? 0),
  );
  return boxes && side(p, q, r) * side(p, q, s) <= 0 && side(r, s, p) * side(r, s, q) <= 0;
}

const KILOMETRES_A_DEGREE = 111.195;

/** Kilometres from a point to the nearest edge, on a flat map around the point. */
function distanceToRing(point: GeoPoint, ring: readonly GeoPoint[]): number {
  const narrow = Math.cos((point[0] * Math.PI) / 180);
  const flat = ([latitude, longitude]: GeoPoint): readonly [number, number] => [
    (latitude - point[0]) * KILOMETRES_A_DEGREE,
    (longitude - point[1]) * KILOMETRES_A_DEGREE * narrow,
  ];
  const distances = edges(ring).map(([from, to]) => {
    const [[y1, x1], [y2, x2]] = [flat(from), flat(to)];
    const [dy, dx] = [y2 - y1, x2 - x1];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / length));
    return Math.hypot(x1 + along * dx, y1 + along * dy);
  });
  return Math.min(Number.POSITIVE_INFINITY, ...distances);
}
