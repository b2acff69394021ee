/** What `measureQuality` counts in a simpler drawing in which nothing lies on anything else. */
export const FAULTLESS_SIMPLY = {
  nodeOverlaps: 0,
  labelsOnNodes: 0,
  labelsOnLabels: 0,
  edgesThroughNodes: 0,
  nodesOutsideLane: 0,
  slantedSegments: 0,
  titlesCovered: 0,
  textsOutside: 0,
  beyondPage: 0,
};

/** What `measureQuality` counts in a drawing in which nothing lies on anything else, ways and holds included. */
export const FAULTLESS = {
  ...FAULTLESS_SIMPLY,
  strangersInAreas: 0,
  edgesOnEdges: 0,
  labelsOnEdges: 0,
  underlinedTexts: 0,
  cutTexts: 0,
};
