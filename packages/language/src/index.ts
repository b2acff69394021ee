export * from './compilation.js';
export * from './module.js';
