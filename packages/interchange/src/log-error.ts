import { FileError } from './file-error.js';

/** Why a log cannot be read or calibrated, and what to do about it. Values of the log are never part of the message. */
export class LogError extends FileError {
  override readonly name = 'LogError';
}

/** The shape of a value without its content: letters become `a`, digits `9`; long values are cut. */
export function shapeOf(value: string): string {
  const shape = value.slice(0, 30).replace(/\p{L}/gu, 'a').replace(/\p{N}/gu, '9').replace(/\p{C}/gu, ' ');
  return value.length > 30 ? `${shape}…` : shape;
}
