/** A place in a drawing, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

/** Where everything of one process stands, drawn to the right. */
export interface DrawnProcess {
  readonly width: number;
  readonly height: number;
  /** By the index of the lane. */
  readonly lanes: readonly Box[];
  /** By the id of the node: what is drawn, and room for its text beside it. Boundary events stand where their ways leave. */
  readonly nodes: ReadonlyMap<string, { readonly shape: Box; readonly box: Box }>;
  /** By the id of the way. */
  readonly ways: ReadonlyMap<string, { readonly points: readonly Place[]; readonly label?: Box }>;
  readonly regions: readonly { readonly hold: string; readonly title: string; readonly box: Box }[];
}

/** Sizes in pixels that tools for BPMN draw gateways and events with. */
export const GATEWAY_SIZE = 50;
export const EVENT_SIZE = 36;
