import type { Plugin } from 'esbuild';

export declare const packedHere: Plugin;
