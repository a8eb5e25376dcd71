//! The log of the house, and what lets people in.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::accounts::{Fingerprint, Login, Session};
use crate::record::{Digest, Head, HouseSealed};
use crate::store::{KeyChange, Keys, LinkKey, StoreError, TokenKey};

use super::connect::begin;
use super::sql;

/// What is to be appended to the log of the house, and the keys that change with it.
pub(super) struct HouseAppend {
    /// The place and the hash that the log must end with; `None` if nothing is appended.
    after: Option<(u64, Digest)>,
    events: Vec<(u64, String, Digest)>,
    keys: Vec<KeyChange>,
}

impl HouseAppend {
    pub(super) fn new(events: &[HouseSealed], keys: &[KeyChange]) -> Self {
        let after = events
            .first()
            .map(|first| (first.event().seq.saturating_sub(1), first.prev()));
        let row = |sealed: &HouseSealed| {
            let payload = sealed.payload().to_owned();
            (sealed.event().seq, payload, sealed.hash())
        };
        Self {
            after,
            events: events.iter().map(row).collect(),
            keys: keys.to_vec(),
        }
    }

    /// Writes all of it in one transaction.
    pub(super) fn write(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let write = begin(connection)?;
        if let Some(after) = self.after {
            let last = write
                .prepare_cached(sql::HOUSE_HEAD)?
                .query_row([], |row| Ok((row.get(0)?, Digest::from_bytes(row.get(1)?))))
                .optional()?
                .unwrap_or((0, Digest::ZERO));
            if last != after {
                return Err(StoreError::Stale);
            }
        }
        let mut append = write.prepare_cached(sql::HOUSE_APPEND)?;
        for (seq, payload, hash) in &self.events {
            append.execute(params![seq, payload, hash.as_bytes()])?;
        }
        drop(append);
        for key in &self.keys {
            change(&write, key)?;
        }
        Ok(write.commit()?)
    }
}

fn change(write: &Connection, key: &KeyChange) -> Result<(), StoreError> {
    match key {
        KeyChange::SetPassword(login, phc) => write
            .prepare_cached(sql::SET_PASSWORD)?
            .execute(params![login.as_str(), phc]),
        KeyChange::KeepSession(session) => {
            write.prepare_cached(sql::KEEP_SESSION)?.execute(params![
                session.fingerprint.as_bytes(),
                session.login.as_str(),
                session.made.as_millisecond(),
                session.seen.as_millisecond(),
                session.confirmed.as_millisecond(),
                session.device
            ])
        }
        KeyChange::DropSession(fingerprint) => write
            .prepare_cached(sql::DROP_SESSION)?
            .execute(params![fingerprint.as_bytes()]),
        KeyChange::DropSessions(login, but) => {
            write.prepare_cached(sql::DROP_SESSIONS)?.execute(params![
                login.as_str(),
                but.as_ref().map(Fingerprint::as_bytes)
            ])
        }
        KeyChange::KeepToken(token) => write.prepare_cached(sql::KEEP_TOKEN)?.execute(params![
            token.fingerprint.as_bytes(),
            token.login.as_str(),
            token.used.map(Timestamp::as_millisecond)
        ]),
        KeyChange::DropToken(fingerprint) => write
            .prepare_cached(sql::DROP_TOKEN)?
            .execute(params![fingerprint.as_bytes()]),
        KeyChange::DropTokens(login) => write
            .prepare_cached(sql::DROP_TOKENS)?
            .execute(params![login.as_str()]),
        KeyChange::KeepLink(link) => write.prepare_cached(sql::KEEP_LINK)?.execute(params![
            link.fingerprint.as_bytes(),
            named(link.login.as_ref()),
            link.until.as_millisecond()
        ]),
        KeyChange::DropLinks(login) => write
            .prepare_cached(sql::DROP_LINKS)?
            .execute(params![named(login.as_ref())]),
    }?;
    Ok(())
}

/// A link without a name sets up the first administrator.
fn named(login: Option<&Login>) -> &str {
    login.map_or("", Login::as_str)
}

/// The whole log of the house, its chain proven.
pub(super) fn log(connection: &Connection) -> Result<Vec<HouseSealed>, StoreError> {
    let mut select = connection.prepare_cached(sql::HOUSE_LOG)?;
    let rows = select.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 32]>(1)?))
    })?;
    let mut log: Vec<HouseSealed> = Vec::new();
    for row in rows {
        let (payload, hash) = row?;
        let after = log.last().map_or(Head::NONE, HouseSealed::head);
        let sealed = HouseSealed::read(&after, payload, Digest::from_bytes(hash));
        log.push(sealed.map_err(StoreError::BrokenHouse)?);
    }
    Ok(log)
}

/// Everything that lets people in.
pub(super) fn keys(connection: &Connection) -> Result<Keys, StoreError> {
    Ok(Keys {
        passwords: all(connection, sql::PASSWORDS, |row| {
            Ok((login(row, 0)?, row.get(1)?))
        })?,
        sessions: all(connection, sql::SESSIONS, |row| {
            Ok(Session {
                fingerprint: fingerprint(row)?,
                login: login(row, 1)?,
                made: at(row.get(2)?)?,
                seen: at(row.get(3)?)?,
                confirmed: at(row.get(4)?)?,
                device: row.get(5)?,
            })
        })?,
        tokens: all(connection, sql::TOKENS, |row| {
            Ok(TokenKey {
                fingerprint: fingerprint(row)?,
                login: login(row, 1)?,
                used: row.get::<_, Option<i64>>(2)?.map(at).transpose()?,
            })
        })?,
        links: all(connection, sql::LINKS, |row| {
            let is_set_up = row.get_ref(1)?.as_str().is_ok_and(str::is_empty);
            Ok(LinkKey {
                fingerprint: fingerprint(row)?,
                login: if is_set_up {
                    None
                } else {
                    Some(login(row, 1)?)
                },
                until: at(row.get(2)?)?,
            })
        })?,
    })
}

fn all<T>(
    connection: &Connection,
    sql: &str,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn fingerprint(row: &Row<'_>) -> Result<Fingerprint, StoreError> {
    Ok(Fingerprint::from_bytes(row.get(0)?))
}

fn login(row: &Row<'_>, place: usize) -> Result<Login, StoreError> {
    let text: String = row.get(place)?;
    Login::parse(&text).map_err(|why| StoreError::Corrupt(Arc::new(why)))
}

fn at(milliseconds: i64) -> Result<Timestamp, StoreError> {
    let at = Timestamp::from_millisecond(milliseconds);
    at.map_err(|why| StoreError::Corrupt(Arc::new(why)))
}
