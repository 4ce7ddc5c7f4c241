/** Validates each screen pop body in a test against the published schema. */
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import { popSchema } from '../../scripts/schemas/pop-schema.js';
import type { Ended, Pop, Update } from '../../src/screenpop/index.js';

const isValid = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(popSchema());

export function checkBody(body: Pop | Update | Ended): void {
  // As it arrives at a CRM.
  const received: unknown = JSON.parse(JSON.stringify(body));
  assert.ok(isValid(received), JSON.stringify([isValid.errors, received]));
}
