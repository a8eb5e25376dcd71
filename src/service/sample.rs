//! The sample: an evaluation of invented vendors, two of three evaluators in.

use crate::accounts::Actor;
use crate::record::EvaluationId;

use super::method::PriceRange;
use super::start::Start;
use super::{Error, Service, Upload};

/// A sheet of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleSheet {
    /// The name of the file.
    pub file_name: &'static str,
    /// The file.
    pub bytes: &'static [u8],
    /// Whether the sample starts with it; the others are there to be uploaded by hand.
    pub is_filed: bool,
}

/// The sheets of the sample: those it starts with, the third evaluator's, and a broken one.
pub const SAMPLE_SHEETS: [SampleSheet; 5] = [
    SampleSheet {
        file_name: "ines-halloran.csv",
        bytes: include_bytes!("../../tests/data/sample/ines-halloran.csv"),
        is_filed: true,
    },
    SampleSheet {
        file_name: "tobias-okafor.csv",
        bytes: include_bytes!("../../tests/data/sample/tobias-okafor.csv"),
        is_filed: true,
    },
    SampleSheet {
        file_name: "prices.csv",
        bytes: include_bytes!("../../tests/data/sample/prices.csv"),
        is_filed: true,
    },
    SampleSheet {
        file_name: "mei-lindqvist.csv",
        bytes: include_bytes!("../../tests/data/sample/mei-lindqvist.csv"),
        is_filed: false,
    },
    SampleSheet {
        file_name: "broken.csv",
        bytes: include_bytes!("../../tests/data/sample/variants/broken.csv"),
        is_filed: false,
    },
];

impl Service {
    /// Starts the sample: four invented vendors, three evaluators, two of their sheets and the prices.
    ///
    /// # Errors
    /// [`Error`] if the store fails.
    pub fn start_sample(&self, actor: Actor) -> Result<EvaluationId, Error> {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        let evaluators = names(&["Ines Halloran", "Tobias Okafor", "Mei Lindqvist"]);
        let start = Start {
            title: "Sample: a service desk for 900 people".to_owned(),
            criteria: "itsm-mid-market".to_owned(),
            vendors: names(&[
                "Brindlewick Desk (fictional)",
                "Ostervane Service (fictional)",
                "Pellucor ITSM (fictional)",
                "Tamwick Flow (fictional)",
            ]),
            evaluators: evaluators.clone(),
            prices: vec![PriceRange {
                criterion: "CST-TCO".to_owned(),
                floor: "150000".to_owned(),
                ceiling: "650000".to_owned(),
                currency: "EUR".to_owned(),
            }],
            frozen: true,
            ..Start::default()
        };
        let id = self.start_with(actor, &start, true, Vec::new())?;
        self.hand_out(actor, &id, &evaluators)?;
        for sheet in SAMPLE_SHEETS.iter().filter(|sheet| sheet.is_filed) {
            let upload = Upload {
                file_name: sheet.file_name.to_owned(),
                bytes: sheet.bytes.to_vec(),
                ..Upload::default()
            };
            self.file_sheet(actor, &id, &upload)?;
        }
        Ok(id)
    }
}
