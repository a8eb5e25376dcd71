//! A service over a directory of its own, and what it makes of a file.

use std::sync::Arc;

use scorecard::accounts::Actor;
use scorecard::reports::{Detail, publish};
use scorecard::service::{
    Error, Library, OsChance, OwnFile, OwnLook, OwnStart, Service, SystemClock,
};
use scorecard::store::Sqlite;
use scorecard::table::Limits;
use tempfile::TempDir;

pub struct House {
    pub service: Service,
    _data: TempDir,
}

impl House {
    pub fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let service = Service::new(
            Arc::new(Sqlite::open(data.path()).unwrap()),
            Arc::new(SystemClock),
            Arc::new(OsChance),
            Library::shipped(),
            Limits::default(),
        );
        Self {
            service,
            _data: data,
        }
    }

    pub fn look(&self, own: &OwnFile) -> OwnLook {
        self.service.look_at_own(own).unwrap()
    }

    /// Starts from a file; answers with rank, vendor and total in page order.
    pub fn ranking(&self, own: &OwnFile) -> Vec<String> {
        let start = OwnStart {
            title: "Tool".to_owned(),
            ..OwnStart::default()
        };
        let own = OwnFile {
            seen: Some(self.look(own).seen),
            ..own.clone()
        };
        let id = self.service.start_own(Actor::Local, &start, &own).unwrap();
        let opened = self.service.open(Actor::Local, &id).unwrap();
        let dossier = opened.dossier();
        for filing in dossier.filings() {
            let (_, bytes) = self
                .service
                .original(Actor::Local, &id, filing.number)
                .unwrap();
            assert_eq!(bytes, own.bytes);
        }
        let card = opened.scorecard(None);
        let published = publish(dossier.evaluation(), &card, Detail::Ranking);
        let csv = scorecard::reports::ranking_csv(&published, scorecard::table::Separator::Comma);
        let text = String::from_utf8(csv).unwrap();
        let rows = text.trim_start_matches('\u{feff}').lines().skip(1);
        rows.map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            format!("{} {} {}", cells[0], cells[1], cells[3])
        })
        .collect()
    }

    /// The fields of the questions that a file leaves open.
    pub fn open(&self, own: &OwnFile) -> Vec<String> {
        let refused = self.service.start_own(
            Actor::Local,
            &OwnStart {
                title: "Tool".to_owned(),
                ..OwnStart::default()
            },
            own,
        );
        assert!(matches!(refused, Err(Error::Own(_))), "{refused:?}");
        assert!(self.service.evaluations(Actor::Local).unwrap().is_empty());
        let look = self.look(own);
        assert_eq!(look.problems, []);
        look.questions.into_iter().map(|one| one.field).collect()
    }
}

pub fn own(name: &str, bytes: impl Into<Vec<u8>>, said: &[(&str, &str)]) -> OwnFile {
    let said = said
        .iter()
        .map(|(field, text)| ((*field).to_owned(), (*text).to_owned()));
    OwnFile {
        file_name: name.to_owned(),
        bytes: bytes.into(),
        title: "Own".to_owned(),
        statements: said.collect(),
        seen: None,
    }
}

/// Title, typed weight and exact share of every criterion.
pub fn criteria(look: &OwnLook) -> Vec<String> {
    assert_eq!(look.problems, []);
    assert_eq!(look.questions, []);
    let rows = look.criteria.iter();
    rows.map(|one| format!("{}|{}|{}|{}", one.title, one.typed, one.share, one.judged))
        .collect()
}
