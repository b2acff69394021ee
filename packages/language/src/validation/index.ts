export { applyAllowances } from './allowances.js';
export { createValidationContext, type DataFileAccess, type ValidationContext } from './context.js';
export { applySeverities, OPT_IN, type SeverityConfiguration, type SeveritySetting } from './severities.js';
export { validateNames } from './linking.js';
export { findingsIn, validateDocument, withoutAbsent } from './validate.js';
