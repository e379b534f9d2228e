// libdam for Node.js, as import gives it: what index.js has, by name.
import dam from './index.js';

export const {
  Batch, DamError, Document, DocumentArray, Results, Snapshot, open, quantize, salvage, verify,
  version,
} = dam;
export default dam;
