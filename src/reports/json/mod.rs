//! The result as JSON.
//!
//! Numbers are strings, what is unknown is null, and the exact fraction stands beside every rounded number.

mod agreement;
mod costs;
mod explain;
mod explain_lenses;
mod explain_why;
mod firmness;
mod named;
mod number;
mod opinions;
mod vendor;
mod weights;
mod what_if;

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::criteria::Lens;
use crate::scoring::METHOD_VERSION;

use super::published::{Published, PublishedNotice};
use super::words;
use vendor::VendorJson;
use what_if::WhatIfJson;

pub use agreement::agreement_json;
pub use costs::{costs_json, price_quality_json};
pub use explain::{agenda_json, missing_json};
pub use explain_lenses::{lenses_json, mix_json};
pub use explain_why::why_json;
pub use firmness::firmness_json;
pub use weights::weights_json;
pub use what_if::{WhatIfAsked, what_if_json};

/// Writes a result as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn json(published: &Published<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_pretty(&result(published, None), out)
}

fn result<'a>(published: &'a Published<'a>, what_if: Option<WhatIfJson<'a>>) -> ResultJson<'a> {
    let set = published.evaluation.set();
    ResultJson {
        criteria: SetJson {
            id: set.id(),
            version: set.version(),
            title: set.title(),
            sha256: set.sha256(),
        },
        lens: published.lens.map(Lens::id),
        lens_title: published.lens.map(Lens::title),
        method: METHOD_VERSION,
        status: words::result_status(published.status),
        headline: published.story.headline.to_string(),
        notices: published.notices.iter().map(NoticeJson::new).collect(),
        what_if,
        vendors: Vendors(published),
    }
}

fn write_pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

#[derive(Serialize)]
struct ResultJson<'a> {
    criteria: SetJson<'a>,
    lens: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lens_title: Option<&'a str>,
    method: &'static str,
    status: &'static str,
    headline: String,
    notices: Vec<NoticeJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfJson<'a>>,
    vendors: Vendors<'a>,
}

#[derive(Serialize)]
struct SetJson<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct NoticeJson {
    code: &'static str,
    message: String,
}

impl NoticeJson {
    fn new(notice: &PublishedNotice) -> Self {
        Self {
            code: notice.code,
            message: notice.message.to_string(),
        }
    }
}

/// Vendors are turned into JSON one at a time, so a large result is never held twice.
struct Vendors<'a>(&'a Published<'a>);

impl Serialize for Vendors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(published) = self;
        let vendors = published.vendors.iter();
        serializer.collect_seq(vendors.map(|vendor| VendorJson::new(published, vendor)))
    }
}
