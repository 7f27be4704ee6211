// @ts-check

/**
 * Documents are `text` and not `jsonb`: a log line may hold NUL, which JSON
 * escapes and jsonb refuses. Times are epoch milliseconds.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runs', table => {
    table.text('id').primary();
    table
      .integer('slot')
      .nullable()
      .comment('1 while the run is active, null when nothing is left of it');
    table.text('phase').notNullable();
    table.text('engine').notNullable();
    table.integer('batch_count').notNullable();
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('ended_at').nullable();
    table.text('entity_ref').nullable();
    table.text('idempotency_key').nullable();
    table.text('cancel_asked_by').nullable();
    table.integer('event').notNullable().comment('Number of the last event');
    table.integer('last_line').notNullable().comment('Number of the last line');
    table.text('snapshot').notNullable().comment('The run after that event');
    table.text('owner').notNullable();
    table.integer('epoch').notNullable();
    table.bigInteger('lease_until').notNullable().comment('Database clock');

    table.index(['created_at', 'id'], 'runs_newest_idx');
    table.unique(['created_by', 'idempotency_key'], {
      indexName: 'runs_idempotency_uniq',
    });
  });
  // The single-run rule. Knex cannot say it, and both databases can.
  await knex.raw(
    'create unique index runs_slot_uniq on runs (slot) where slot is not null',
  );

  await knex.schema.createTable('run_events', table => {
    table.text('run_id').notNullable();
    table.integer('event').notNullable();
    table.text('body').notNullable();
    table.primary(['run_id', 'event']);
    table.foreign('run_id').references('runs.id').onDelete('CASCADE');
  });

  await knex.schema.createTable('resume_points', table => {
    table.text('run_id').notNullable();
    table.text('source_id').notNullable();
    table.text('point').notNullable();
    table.primary(['run_id', 'source_id']);
    table.foreign('run_id').references('runs.id').onDelete('CASCADE');
  });

  // No cascade: there may be millions of lines, which are deleted in small
  // steps after their run.
  await knex.schema.createTable('log_chunks', table => {
    table.text('run_id').notNullable();
    table.integer('first_line').notNullable();
    table.integer('last_line').notNullable();
    table.text('body').notNullable();
    table.primary(['run_id', 'first_line']);
  });

  await knex.schema.createTable('pruned_runs', table => {
    table
      .text('run_id')
      .primary()
      .comment('Deleted runs whose lines are still to be deleted');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pruned_runs');
  await knex.schema.dropTable('log_chunks');
  await knex.schema.dropTable('resume_points');
  await knex.schema.dropTable('run_events');
  await knex.schema.dropTable('runs');
};
