export { agreement } from './agreement.js';
export { batchRatios } from './batches.js';
export { crisisRatios } from './crises.js';
export { measure } from './measure.js';
