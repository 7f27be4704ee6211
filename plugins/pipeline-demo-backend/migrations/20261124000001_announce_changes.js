// @ts-check

/**
 * On PostgreSQL every change of a run is announced to all replicas, in the
 * transaction that makes it and with the run's id only. A trigger cannot be
 * forgotten by a new statement, and costs no round trip.
 *
 * The columns are those that somebody waits for: not `lease_until`, which
 * moves with every heartbeat of the owner.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.dialect !== 'postgresql') {
    return;
  }
  await knex.raw(`
    create function announce_run_change() returns trigger language plpgsql as $$
    begin
      perform pg_notify('pipeline_demo', new.id);
      return null;
    end
    $$
  `);
  await knex.raw(`
    create trigger runs_announce_change
    after insert or update of event, last_line, cancel_asked_by, owner, epoch
    on runs for each row execute function announce_run_change()
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (knex.client.dialect !== 'postgresql') {
    return;
  }
  await knex.raw('drop trigger runs_announce_change on runs');
  await knex.raw('drop function announce_run_change()');
};
