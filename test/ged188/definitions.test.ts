import assert from 'node:assert/strict';
import { Field } from '../../src/ged188/definition/field.js';
import { type Fields, List } from '../../src/ged188/definition/list.js';
import type { MessageDefinition } from '../../src/ged188/definition/message.js';
import { definitionOf, messageName, messages, NAME_ONLY, services } from '../../src/ged188/index.js';

const definitions: MessageDefinition[] = Object.values(messages);
const allNames = new Set([...definitions.map(({ name }) => name), ...NAME_ONLY.map(({ name }) => name)]);

const partsOf = ({ facts }: MessageDefinition): Fields[] =>
  [facts.fixed, facts.orFixed, { ...facts.floating, ...facts.extra }].filter((part) => part !== undefined);

const fieldsOf = (fields: Fields): [string, Field<unknown>][] =>
  Object.entries(fields).flatMap(([name, field]) =>
    field instanceof Field ? [[name, field] as [string, Field<unknown>]] : fieldsOf(field.fields),
  );

describe('GED-188 definitions', () => {
  it('are 167 with a layout and 76 with only a name, each number and name once', () => {
    assert.equal(definitions.length, 167);
    assert.equal(NAME_ONLY.length, 76);
    assert.equal(allNames.size, 243);
    assert.equal(new Set([...definitions, ...NAME_ONLY].map(({ number }) => number)).size, 243);
  });

  it('are stored under their own name, in their service', () => {
    for (const [name, definition] of Object.entries(messages)) assert.equal(definition.name, name);
    const inServices = Object.values(services).flatMap((service) => Object.keys(service));
    assert.deepEqual(inServices.sort(), Object.keys(messages).sort());
  });

  it('are found by name and by number', () => {
    assert.equal(definitionOf(9)?.name, 'CALL_DELIVERED_EVENT');
    assert.equal(definitionOf('CALL_DELIVERED_EVENT')?.number, 9);
    assert.equal(definitionOf(151), undefined);
    assert.equal(messageName(151), 'MEDIA_LOGIN_REQ');
    assert.equal(messageName(4711), undefined);
  });

  it('name a confirmation that exists', () => {
    for (const { name, facts } of definitions) {
      if (facts.reply !== undefined) assert.ok(allNames.has(facts.reply), `${name} -> ${facts.reply}`);
    }
    for (const { name, reply } of NAME_ONLY) if (reply !== undefined) assert.ok(allNames.has(reply), name);
  });

  it('use each tag once in a message, and no tag in the fixed part', () => {
    for (const definition of definitions) {
      const [fixed = {}, ...rest] = partsOf(definition);
      for (const [name, { facts }] of fieldsOf(fixed)) assert.equal(facts.tag, undefined, `${definition.name}.${name}`);
      const tags = rest.flatMap(fieldsOf).flatMap(([, { facts }]) => (facts.tag == null ? [] : [facts.tag]));
      assert.equal(new Set(tags).size, tags.length, definition.name);
    }
  });

  it('count existing lists', () => {
    for (const definition of definitions) {
      const floating: Fields = { ...definition.facts.floating };
      const check = (fields: Fields, owner: Fields): void => {
        for (const [name, field] of Object.entries(fields)) {
          if (field instanceof List) check(field.fields, field.fields);
          else if (field.facts.counts !== undefined) {
            assert.ok(owner[field.facts.counts] instanceof List, `${definition.name}.${name}`);
          }
        }
      };
      check(definition.facts.fixed, floating);
      check(floating, floating);
    }
  });

  it('have names that are valid in code', () => {
    for (const definition of definitions) {
      assert.match(definition.name, /^[A-Z][A-Z0-9_]*$/);
      for (const part of partsOf(definition)) {
        for (const name of Object.keys(part)) assert.match(name, /^[A-Z][A-Za-z0-9_]*$/, definition.name);
        for (const [name] of fieldsOf(part)) assert.match(name, /^[A-Z][A-Za-z0-9_]*$/, definition.name);
      }
    }
  });
});
