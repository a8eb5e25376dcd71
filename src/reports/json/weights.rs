//! Weights by method as JSON.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::criteria::elicit::{Consistency, Elicited, Method};
use crate::exact::{Fraction, fixed, unrounded_sum_gap};

use super::number::Rounded;
use super::write_pretty;

/// The decimals of weights and of what is said about them.
const PLACES: usize = 4;

/// Writes the weights that a method gives as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn weights_json(elicited: &Elicited, out: &mut dyn Write) -> io::Result<()> {
    let shares: Vec<&Fraction> = elicited.weights.iter().map(|(_, share)| share).collect();
    let texts: Vec<String> = shares.iter().map(|share| fixed(share, PLACES)).collect();
    let parts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let points = elicited.points();
    let consistency = elicited.consistency.as_ref();
    let json = WeightsJson {
        method: elicited.method.code(),
        weights: Named::new(elicited, texts.iter().cloned()),
        exact: (elicited.method != Method::Ahp)
            .then(|| Named::new(elicited, shares.iter().map(ToString::to_string))),
        rounding: unrounded_sum_gap("1.0000", &parts),
        points: Named::new(elicited, points.iter().map(|points| fixed(points, 2))),
        warnings: elicited
            .warning()
            .map(|message| WarningJson {
                code: "inconsistent",
                message,
            })
            .into_iter()
            .collect(),
        ahp: consistency.map(|consistency| AhpJson::new(elicited, consistency)),
    };
    write_pretty(&json, out)
}

#[derive(Serialize)]
struct WeightsJson<'a> {
    method: &'static str,
    weights: Named<'a>,
    /// The principal eigenvector is no fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<Named<'a>>,
    /// What the printed weights miss of 1.
    rounding: Option<String>,
    /// The weights as points that add up to exactly 100, as a criteria set wants them.
    points: Named<'a>,
    /// What does not refuse the weights and is to be looked at first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<WarningJson>,
    #[serde(flatten)]
    ahp: Option<AhpJson<'a>>,
}

#[derive(Serialize)]
struct WarningJson {
    code: &'static str,
    message: String,
}

/// A text for each criterion, in the order of the file.
struct Named<'a>(Vec<(&'a str, String)>);

impl<'a> Named<'a> {
    fn new(elicited: &'a Elicited, texts: impl Iterator<Item = String>) -> Self {
        let names = elicited.weights.iter().map(|(name, _)| name.as_str());
        Self(names.zip(texts).collect())
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(entries) = self;
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        for (name, text) in entries {
            map.serialize_entry(name, text)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct AhpJson<'a> {
    lambda_max: Rounded<'a>,
    consistency_index: Rounded<'a>,
    consistency_ratio: Rounded<'a>,
    random_index: &'static str,
    geometric_mean: Named<'a>,
    revisit: Option<RevisitJson<'a>>,
}

impl<'a> AhpJson<'a> {
    fn new(elicited: &'a Elicited, consistency: &'a Consistency) -> Self {
        let name = |at: usize| elicited.weights.get(at).map_or("", |(name, _)| name);
        let means = consistency.geometric_means.iter();
        Self {
            lambda_max: rounded(&consistency.lambda_max),
            consistency_index: rounded(&consistency.index),
            consistency_ratio: rounded(&consistency.ratio),
            random_index: consistency.random.name(),
            geometric_mean: Named::new(elicited, means.map(|mean| fixed(mean, PLACES))),
            revisit: consistency.revisit.as_ref().map(|revisit| RevisitJson {
                row: name(revisit.row),
                column: name(revisit.column),
                judged: fixed(&revisit.judged, 2),
                implied: fixed(&revisit.implied, 2),
            }),
        }
    }
}

/// The comparison that the weights contradict most.
#[derive(Serialize)]
struct RevisitJson<'a> {
    row: &'a str,
    column: &'a str,
    judged: String,
    implied: String,
}

fn rounded(value: &Fraction) -> Rounded<'_> {
    Rounded {
        value,
        places: PLACES,
    }
}
