//! Every statement that is run on the tables, in one place.

pub(super) const START: &str = "INSERT INTO evaluations (id) VALUES (?1)";
pub(super) const APPEND: &str =
    "INSERT INTO events (evaluation, seq, payload, hash) VALUES (?1, ?2, ?3, ?4)";
pub(super) const ATTACH: &str =
    "INSERT INTO attachments (digest, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
pub(super) const HEAD: &str =
    "SELECT seq, hash FROM events WHERE evaluation = ?1 ORDER BY seq DESC LIMIT 1";
pub(super) const EVALUATIONS: &str = "SELECT id FROM evaluations ORDER BY number";
pub(super) const LOG: &str = "SELECT payload, hash FROM events WHERE evaluation = ?1 ORDER BY seq";
pub(super) const ATTACHMENT: &str = "SELECT bytes FROM attachments WHERE digest = ?1";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::schema;

    #[test]
    fn every_statement_fits_the_tables_and_finds_its_rows_without_a_search() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection, 0, &schema::MIGRATIONS).unwrap();
        for sql in [START, APPEND, ATTACH, HEAD, EVALUATIONS, LOG, ATTACHMENT] {
            connection.prepare(sql).unwrap();
            let mut explain = connection
                .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
                .unwrap();
            let given = explain.parameter_count();
            let nulls = rusqlite::params_from_iter((0..given).map(|_| rusqlite::types::Null));
            let steps = explain
                .query_map(nulls, |row| row.get::<_, String>(3))
                .unwrap();
            for step in steps.map(Result::unwrap) {
                let is_sought = step.starts_with("SEARCH") || sql == EVALUATIONS;
                assert!(is_sought && !step.contains("TEMP B-TREE"), "{sql}: {step}");
            }
        }
    }
}
