import type { HostProject } from './host.js';

/** Whether an address is that of a text that an editor holds before it is saved anywhere. */
export function isUnsaved(uri: string): boolean {
  return uri.startsWith('untitled:');
}

/**
 * A text that is not saved yet is a project of its own: it can import the shipped library, and finds nothing beside it.
 * @param address in the one spelling
 */
export function loneText(address: string): HostProject {
  const name = decodeURIComponent(address.slice(address.search(/[^/:]*$/)));
  return {
    rootUri: address,
    config: {},
    lone: name.endsWith('.pathway') ? name : `${name}.pathway`,
    entryFiles: [],
    kept: new Set(),
    read: () => Promise.resolve(undefined),
  };
}
