// The types of index.mjs: those of index.js, and all of it as the default.
import * as dam from './index.js';

export * from './index.js';
export default dam;
