//! The tables: which version a file has, how an older one becomes a newer one, and whether they are what they should be.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::store::{OpenError, StoreError};

/// `SCOR`: says that a file is a database of this program.
const APPLICATION_ID: u32 = u32::from_be_bytes(*b"SCOR");
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER_BYTES: usize = 100;

/// Each brings the tables from the version that is its place to the next. Never changed once released.
pub(super) const MIGRATIONS: [&str; 4] = [
    include_str!("../migrations/0001-record.sql"),
    include_str!("../migrations/0002-house.sql"),
    include_str!("../migrations/0003-drafts.sql"),
    include_str!("../migrations/0004-tombstones.sql"),
];

/// The version of tables that this program makes.
pub(super) fn newest() -> u32 {
    version(MIGRATIONS.len())
}

fn version(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Refuses a file that is foreign or newer, only by reading its first bytes, so that it stays as it is.
pub(super) fn prove_header(database: &Path) -> Result<(), OpenError> {
    let mut header = [0_u8; HEADER_BYTES];
    let unreadable = |source: io::Error| OpenError::Unusable {
        path: database.to_owned(),
        source,
    };
    let mut file = File::open(database).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() == 0 {
        return Ok(());
    }
    let foreign = || OpenError::Foreign {
        path: database.to_owned(),
        why: "it does not begin as an SQLite database does",
    };
    file.read_exact(&mut header).map_err(|_| foreign())?;
    if !header.starts_with(MAGIC) {
        return Err(foreign());
    }
    let word = |at: usize| {
        let bytes = header.get(at..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map_or(0, |bytes| u32::from_be_bytes(*bytes))
    };
    match (word(68), word(60)) {
        // A first start that was killed: what makes it ours may stand in the log only.
        (0, 0) => Ok(()),
        (application, found) => accept(database, application, found),
    }
}

fn accept(database: &Path, application: u32, found: u32) -> Result<(), OpenError> {
    let path = database.to_owned();
    if application != APPLICATION_ID {
        return Err(OpenError::Foreign {
            path,
            why: "it belongs to another program",
        });
    }
    let known = newest();
    if found > known {
        return Err(OpenError::Newer { path, found, known });
    }
    Ok(())
}

/// Brings the tables to the newest version, and proves that they are what they should be.
pub(super) fn bring_up(connection: &mut Connection, database: &Path) -> Result<(), OpenError> {
    let failed = |source| OpenError::of(database, source);
    let found = prove_origin(connection, database)?;
    let from = usize::try_from(found).unwrap_or(usize::MAX);
    migrate(connection, from, &MIGRATIONS).map_err(failed)?;
    if is_as_made(connection, newest()).map_err(failed)? {
        return Ok(());
    }
    Err(OpenError::Foreign {
        path: database.to_owned(),
        why: "its tables or the triggers that guard them were changed",
    })
}

/// Refuses a database that is foreign or newer before anything is written to it; the version of its tables, 0 before the first.
pub(super) fn prove_origin(connection: &Connection, database: &Path) -> Result<u32, OpenError> {
    let failed = |source| OpenError::of(database, source);
    let (application, found) = numbers(connection).map_err(failed)?;
    let is_new =
        (application, found) == (0, 0) && described(connection).map_err(failed)?.is_empty();
    if !is_new {
        accept(database, application, found)?;
    }
    Ok(found)
}

/// Whether a database has tables of an older version, which will be brought up.
pub(super) fn is_older(connection: &Connection, database: &Path) -> Result<bool, OpenError> {
    let found = prove_origin(connection, database)?;
    Ok(found > 0 && found < newest())
}

fn numbers(connection: &Connection) -> Result<(u32, u32), StoreError> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get(0));
    Ok((number("application_id")?, number("user_version")?))
}

/// Applies what is missing of a list of migrations, each in one transaction: killed in between, the file is of one version
/// or of the next.
pub(super) fn migrate(
    connection: &mut Connection,
    from: usize,
    migrations: &[&str],
) -> Result<(), StoreError> {
    for (place, migration) in migrations.iter().enumerate().skip(from) {
        let write = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        write.execute_batch(migration)?;
        write.pragma_update(None, "application_id", APPLICATION_ID)?;
        write.pragma_update(None, "user_version", version(place.saturating_add(1)))?;
        write.commit()?;
    }
    Ok(())
}

/// The tables as their SQL, which is the same for all databases of one version.
fn described(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut select = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")?;
    let rows = select.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether the tables, and the triggers that guard them, are what the migrations up to a version make.
pub(super) fn is_as_made(connection: &Connection, version: u32) -> Result<bool, StoreError> {
    let upto = usize::try_from(version).unwrap_or(usize::MAX);
    let made = MIGRATIONS.get(..upto).unwrap_or(&MIGRATIONS);
    let mut fresh = Connection::open_in_memory()?;
    migrate(&mut fresh, 0, made)?;
    Ok(described(connection)? == described(&fresh)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: &str =
        "ALTER TABLE evaluations ADD COLUMN colour TEXT; CREATE TABLE more (x INTEGER) STRICT;";

    fn old() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(folder.path().join("old.db")).unwrap();
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .unwrap();
        migrate(&mut connection, 0, &MIGRATIONS[..1]).unwrap();
        connection
            .execute("INSERT INTO evaluations (id) VALUES ('abcdefghjkmn')", [])
            .unwrap();
        (folder, connection)
    }

    fn evaluations(connection: &Connection) -> i64 {
        connection
            .query_row("SELECT count(*) FROM evaluations", [], |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn an_older_file_is_brought_up_and_keeps_what_it_holds() {
        let (_folder, mut connection) = old();
        migrate(&mut connection, 1, &[MIGRATIONS[0], NEXT]).unwrap();
        assert_eq!(numbers(&connection).unwrap(), (APPLICATION_ID, 2));
        assert_eq!(evaluations(&connection), 1);
        connection
            .execute("INSERT INTO more VALUES (1)", [])
            .unwrap();
    }

    #[test]
    fn a_migration_that_ends_in_the_middle_leaves_the_old_file() {
        let (folder, mut connection) = old();
        let before = described(&connection).unwrap();
        let halfway = format!("{NEXT} INSERT INTO nowhere VALUES (1);");
        migrate(&mut connection, 1, &[MIGRATIONS[0], &halfway]).unwrap_err();
        drop(connection);
        let connection = Connection::open(folder.path().join("old.db")).unwrap();
        assert_eq!(numbers(&connection).unwrap(), (APPLICATION_ID, 1));
        assert_eq!(described(&connection).unwrap(), before);
        assert_eq!(evaluations(&connection), 1);
    }

    #[test]
    fn killed_at_any_moment_of_a_migration_the_file_is_of_one_version_or_the_other() {
        // As after a kill: the files as they lie there while the migration is under way.
        let (folder, mut connection) = old();
        let before = described(&connection).unwrap();
        let write = connection.transaction().unwrap();
        write.execute_batch(NEXT).unwrap();
        write.cache_flush().unwrap();
        let killed = tempfile::tempdir().unwrap();
        for name in ["old.db", "old.db-wal"] {
            std::fs::copy(folder.path().join(name), killed.path().join(name)).unwrap();
        }
        let connection = Connection::open(killed.path().join("old.db")).unwrap();
        assert_eq!(numbers(&connection).unwrap(), (APPLICATION_ID, 1));
        assert_eq!(evaluations(&connection), 1);
        assert_eq!(described(&connection).unwrap(), before);
        assert!(is_as_made(&connection, 1).unwrap());
    }
}
