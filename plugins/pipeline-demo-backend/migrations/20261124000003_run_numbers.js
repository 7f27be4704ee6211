// @ts-check

/**
 * Which run is the newest is decided by the order in which they were stored:
 * `created_at` is the clock of whichever replica was asked, and clocks differ.
 * Not unique: the slot already lets one run in at a time.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .integer('number')
      .notNullable()
      .defaultTo(0)
      .comment('Grows with each run');
  });
  await knex.raw(`
    update runs set number = (
      select count(*) from runs as other
      where (other.created_at, other.id) <= (runs.created_at, runs.id)
    )
  `);
  await knex.schema.alterTable('runs', table => {
    table.index(['number', 'id'], 'runs_number_idx');
    table.dropIndex(['created_at', 'id'], 'runs_newest_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.index(['created_at', 'id'], 'runs_newest_idx');
    table.dropIndex(['number', 'id'], 'runs_number_idx');
  });
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('number');
  });
};
