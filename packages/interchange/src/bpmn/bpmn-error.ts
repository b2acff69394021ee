import { FileError } from '../file-error.js';

/** Why a file of BPMN cannot be read, and what to do about it. */
export class BpmnError extends FileError {
  override readonly name = 'BpmnError';
}
