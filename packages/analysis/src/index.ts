export * from './facts.js';
export * from './erlang.js';
