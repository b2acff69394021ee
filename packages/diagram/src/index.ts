export { drawnLayout, layOutGraph, pathwayDiagram, type Diagram, type DiagramOptions } from './pathway-diagram.js';
export type { DrawingWords } from './graph/words.js';
export { pathwayGraph } from './graph/pathway-graph.js';
export { startNodeId } from './graph/flow-ends.js';
export type { LaneChoice } from './graph/lanes.js';
export type { GraphEdge, GraphNode, HoldRegion, Lane, Mark, NodeKind, PathwayGraph, Sheet } from './graph/graph.js';
export { layOut, LARGEST_FOR_ELK } from './layout/lay-out.js';
export { layOutSimply } from './layout/simple-layout.js';
export type {
  Direction,
  Layout,
  PlacedEdge,
  PlacedLabel,
  PlacedLane,
  PlacedNode,
  PlacedRegion,
  TextLine,
} from './layout/layout.js';
export type { Point, Rectangle } from './layout/geometry.js';
export { drawSvg, type SvgOptions } from './drawing/svg.js';
export { charactersOf, type FontFace, withFonts } from './drawing/fonts.js';
export type { ThemeName } from './drawing/theme.js';
export { LEAST_PIXELS, LEAST_POINTS, legibilityOf, type PaperName, pointsOn, smallestText } from './legibility.js';
export { legibleSheets, type PrintedLayout } from './parts/legible-sheets.js';
export { measureQuality, type Quality } from './quality.js';
export { differenceGraph } from './graph/difference-graph.js';
export { differenceDiagram, differenceMermaid, drawingsDiffer } from './difference-diagram.js';
export { mapDiagram, mapsOf, MAP_NAMES, type MapFacts, type MapName } from './map-diagram.js';
export type { OrganisationFlow } from './graph/territory-map.js';
export { sheetsOf, stagesOfView, viewsOf, VIEW_NAMES, type View, type ViewName } from './views/view.js';
export { GroupError, parseGroup, type PatientGroup } from './views/patient-group.js';
export type { LoadFigures } from './views/load.js';
export { radarSvg } from './radar.js';
export { trendSvg } from './trend.js';
export { diagramText, type DiagramTextFormat } from './diagram-text.js';
export { type FollowedPatient, viewerPage, type ViewerSheet } from './viewer/viewer-page.js';
export { type SkillMatrix, skillMatrixDrawing } from './skills/skill-matrix.js';
export { skillMatrixPages } from './skills/skill-pages.js';
export { breaksDiagram, breaksGraph, type FoundWays, type WaysToDraw } from './breaks/breaks-diagram.js';
