// @ts-check
const { randomUUID } = require('node:crypto');

/**
 * One row: what tells this database from every other one. A folder that
 * belongs to it (the local engine's work directory) is marked with it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('identity', table => {
    table.text('id').primary();
  });
  await knex('identity').insert({ id: randomUUID() });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('identity');
};
