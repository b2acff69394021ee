/** Requests beyond the protocol's own, for editors that can show more than text. */

/** What a request about a file sends. */
export interface FileParams {
  readonly uri: string;
}

/** The model of a file's project as its texts last had one; `pathway/model`. */
export interface ModelAnswer {
  /** The model as JSON; absent where the texts have never had one. */
  readonly model?: string;
  /** True while the model is that of texts from before a mistake. */
  readonly isStale: boolean;
  readonly rootUri: string;
  readonly language?: string;
}

/** Where in the pathways a position is; `pathway/place`. */
export interface PlaceParams extends FileParams {
  readonly line: number;
  readonly character: number;
}

/** A declaration that can be drawn, and what of it stands at the position. */
export interface PlaceAnswer {
  readonly kind: 'pathway' | 'crisis' | 'response';
  /** Id in the model. */
  readonly id: string;
  /** First line of the innermost activity around the position, from 1, as drawings link to it. */
  readonly line: number;
  readonly file: string;
}

export const MODEL_REQUEST = 'pathway/model';
export const PLACE_REQUEST = 'pathway/place';
/** The text of a file of the shipped library by its address. */
export const LIBRARY_REQUEST = 'pathway/libraryText';
/** Sent after each whole check of a project, with its root. */
export const CHECKED_NOTIFICATION = 'pathway/checked';
/** Asked of an editor in a browser: the addresses of files below a folder, the text of one. */
export const LIST_REQUEST = 'pathway/listFiles';
export const READ_REQUEST = 'pathway/readFile';
