/** What `measureQuality` counts in a drawing in which nothing lies on anything else. */
export const FAULTLESS = {
  nodeOverlaps: 0,
  labelsOnNodes: 0,
  labelsOnLabels: 0,
  edgesThroughNodes: 0,
  nodesOutsideLane: 0,
  slantedSegments: 0,
};
