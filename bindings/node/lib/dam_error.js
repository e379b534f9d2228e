'use strict';
// What a call throws, or a promise is rejected with, when libdam answers anything but success.

class DamError extends Error {
  /** @param {string} code 'DAM_NOT_FOUND' and so on, after the codes of dam.h */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
Object.defineProperty(DamError.prototype, 'name',
  { value: 'DamError', configurable: true, writable: true });

module.exports = { DamError };
