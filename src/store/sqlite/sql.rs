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
pub(super) const ATTACHMENTS: &str = "SELECT digest, bytes FROM attachments";

// Of what is purged: the digest stays, and the event that names it.
pub(super) const BURY: &str =
    "INSERT INTO tombstones (digest, evaluation, seq) VALUES (?1, ?2, ?3)";
pub(super) const REMOVE: &str = "DELETE FROM attachments WHERE digest = ?1";
/// Every event whose text has a digest in it, log by log.
pub(super) const NAMING: &str =
    "SELECT evaluation, payload FROM events WHERE instr(payload, ?1) > 0 ORDER BY evaluation, seq";
pub(super) const DROP_DRAFTS: &str = "DELETE FROM drafts WHERE evaluation = ?1";
pub(super) const OWE_SWEEP: &str = "INSERT INTO sweeps (due) VALUES (NULL)";
pub(super) const SWEEPS: &str = "SELECT count(*) FROM sweeps";
pub(super) const SWEPT: &str = "DELETE FROM sweeps";

// Of what is typed and not filed: the revision that was read is replaced, or nothing is.
pub(super) const DRAFT: &str =
    "SELECT revision, content FROM drafts WHERE evaluation = ?1 AND evaluator = ?2";
pub(super) const BEGIN_DRAFT: &str = "INSERT INTO drafts (evaluation, evaluator, revision, content) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
pub(super) const KEEP_DRAFT: &str = "\
    UPDATE drafts SET revision = ?3, content = ?4 \
    WHERE evaluation = ?1 AND evaluator = ?2 AND revision = ?3 - 1";

pub(super) const HOUSE_HEAD: &str = "SELECT seq, hash FROM house_events ORDER BY seq DESC LIMIT 1";
pub(super) const HOUSE_APPEND: &str =
    "INSERT INTO house_events (seq, payload, hash) VALUES (?1, ?2, ?3)";
pub(super) const HOUSE_LOG: &str = "SELECT payload, hash FROM house_events ORDER BY seq";

pub(super) const PASSWORDS: &str = "SELECT login, phc FROM passwords";
pub(super) const SET_PASSWORD: &str = "INSERT INTO passwords (login, phc) VALUES (?1, ?2) \
    ON CONFLICT (login) DO UPDATE SET phc = excluded.phc";
pub(super) const SESSIONS: &str =
    "SELECT fingerprint, login, made, seen, confirmed, device FROM sessions";
pub(super) const KEEP_SESSION: &str = "INSERT INTO sessions (fingerprint, login, made, seen, confirmed, device) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
    ON CONFLICT (fingerprint) DO UPDATE SET seen = excluded.seen, confirmed = excluded.confirmed";
pub(super) const DROP_SESSION: &str = "DELETE FROM sessions WHERE fingerprint = ?1";
pub(super) const DROP_SESSIONS: &str =
    "DELETE FROM sessions WHERE login = ?1 AND fingerprint IS NOT ?2";
pub(super) const TOKENS: &str = "SELECT fingerprint, login, used FROM tokens";
pub(super) const KEEP_TOKEN: &str = "INSERT INTO tokens (fingerprint, login, used) VALUES (?1, ?2, ?3) \
    ON CONFLICT (fingerprint) DO UPDATE SET used = excluded.used";
pub(super) const DROP_TOKEN: &str = "DELETE FROM tokens WHERE fingerprint = ?1";
pub(super) const DROP_TOKENS: &str = "DELETE FROM tokens WHERE login = ?1";
pub(super) const LINKS: &str = "SELECT fingerprint, login, until FROM links";
pub(super) const KEEP_LINK: &str =
    "INSERT INTO links (fingerprint, login, until) VALUES (?1, ?2, ?3)";
pub(super) const DROP_LINKS: &str = "DELETE FROM links WHERE login = ?1";
/// A copy lets in nobody who was in, and no link that was handed out.
pub(super) const FORGET_VISITS: &str = "DELETE FROM sessions; DELETE FROM links;";

// Of backups only: what the copy must add up to, and by which program it was made, written last.
pub(super) const MAKE_MANIFEST: &str = "\
    CREATE TABLE manifest (number INTEGER PRIMARY KEY, evaluation TEXT NOT NULL UNIQUE, head TEXT NOT NULL, \
    result BLOB NOT NULL) STRICT; \
    CREATE TABLE backup (program TEXT NOT NULL) STRICT; \
    CREATE TABLE backup_house (head TEXT NOT NULL) STRICT;";
pub(super) const KEEP: &str = "INSERT INTO manifest (evaluation, head, result) VALUES (?1, ?2, ?3)";
pub(super) const SEAL: &str = "INSERT INTO backup (program) VALUES (?1)";
pub(super) const SEAL_HOUSE: &str = "INSERT INTO backup_house (head) VALUES (?1)";
pub(super) const SEALED_HOUSE: &str = "SELECT head FROM backup_house";
pub(super) const PROGRAM: &str = "SELECT program FROM backup";
pub(super) const MANIFEST: &str = "SELECT evaluation, head, result FROM manifest ORDER BY number";
pub(super) const DROP_MANIFEST: &str =
    "BEGIN; DROP TABLE manifest; DROP TABLE backup; DROP TABLE IF EXISTS backup_house; COMMIT;";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::schema;

    #[test]
    fn every_statement_fits_the_tables_and_finds_its_rows_without_a_search() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection, 0, &schema::MIGRATIONS).unwrap();
        connection.execute_batch(MAKE_MANIFEST).unwrap();
        let whole = [
            EVALUATIONS,
            ATTACHMENTS,
            // These are for what happens once in years.
            NAMING,
            SWEEPS,
            SWEPT,
            PROGRAM,
            MANIFEST,
            SEALED_HOUSE,
            HOUSE_HEAD,
            HOUSE_LOG,
            PASSWORDS,
            SESSIONS,
            TOKENS,
            LINKS,
        ];
        for sql in [
            START,
            APPEND,
            ATTACH,
            HEAD,
            EVALUATIONS,
            LOG,
            ATTACHMENT,
            ATTACHMENTS,
            BURY,
            REMOVE,
            NAMING,
            DROP_DRAFTS,
            OWE_SWEEP,
            SWEEPS,
            SWEPT,
            DRAFT,
            BEGIN_DRAFT,
            KEEP_DRAFT,
            KEEP,
            SEAL,
            PROGRAM,
            MANIFEST,
            SEAL_HOUSE,
            SEALED_HOUSE,
            HOUSE_HEAD,
            HOUSE_APPEND,
            HOUSE_LOG,
            PASSWORDS,
            SET_PASSWORD,
            SESSIONS,
            KEEP_SESSION,
            DROP_SESSION,
            DROP_SESSIONS,
            TOKENS,
            KEEP_TOKEN,
            DROP_TOKEN,
            DROP_TOKENS,
            LINKS,
            KEEP_LINK,
            DROP_LINKS,
        ] {
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
                let is_sought = step.starts_with("SEARCH") || whole.contains(&sql);
                assert!(is_sought && !step.contains("TEMP B-TREE"), "{sql}: {step}");
            }
        }
        connection.execute_batch(DROP_MANIFEST).unwrap();
    }
}
