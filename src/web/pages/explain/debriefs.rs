//! The debrief of every vendor: a page that leads to them, each as HTML and as text, and all of them at once.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;

use crate::evaluation::VendorIndex;
use crate::record::{Dossier, EvaluationId};
use crate::reports::{self, Award, Debrief, Detail, Published};
use crate::table::bundle::{ZIP, bundle};
use crate::web::download::{download, file_stem};
use crate::web::pages::Address;
use crate::web::pages::results::{Awaits, Frame, Looked};
use crate::web::{Caller, Error, Layout, State};

#[derive(Template)]
#[template(path = "pages/debriefs.html")]
struct Page<'a> {
    layout: Layout,
    frame: Frame<'a>,
    vendors: Vec<Row<'a>>,
    is_decided: bool,
    /// Whether a price rule measures one vendor's price by another's.
    prices_compare: bool,
}

/// A vendor and its debrief.
struct Row<'a> {
    number: usize,
    name: &'a str,
    /// How many reasons its debrief leaves out.
    withheld: usize,
}

/// The address of a debrief: the vendor's number in the list, from 1, and `html` or `txt`.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct FileAddress {
    id: String,
    number: usize,
    kind: String,
}

pub(in crate::web) async fn show(
    state: web::Data<State>,
    caller: Caller,
    request: HttpRequest,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, None).await?;
    looked.demand_results()?;
    looked.page(&request, &state, "debriefs", || {
        let dossier = looked.opened.dossier();
        let papers = Papers::of(&looked, state.service().now());
        let evaluation = dossier.evaluation();
        let rows = (1..).zip(evaluation.vendor_indices());
        let rows = rows.map(|(number, vendor)| {
            Ok(Row {
                number,
                name: evaluation.vendor_name(vendor),
                withheld: papers.of_vendor(vendor)?.withheld(),
            })
        });
        looked.rendered(&Page {
            layout: state.layout(),
            frame: looked.frame("/debriefs"),
            vendors: rows.collect::<Result<_, Error>>()?,
            is_decided: dossier.decision().is_some(),
            prices_compare: dossier.set().compares_prices(),
        })
    })
}

pub(in crate::web) async fn file(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<FileAddress>,
) -> Result<HttpResponse, Error> {
    let id: EvaluationId = address.id.parse().map_err(|_| Error::NotFound)?;
    let looked = Looked::at(&state, caller, id, None).await?;
    let position = address.number.checked_sub(1).ok_or(Error::NotFound)?;
    let mut vendors = looked.opened.dossier().evaluation().vendor_indices();
    let vendor = vendors.nth(position).ok_or(Error::NotFound)?;
    looked.demand_results()?;
    let papers = Papers::of(&looked, state.service().now());
    let (content_type, text) = match address.kind.as_str() {
        "html" => (
            "text/html; charset=utf-8",
            papers.of_vendor(vendor)?.html()?,
        ),
        "txt" => (
            "text/plain; charset=utf-8",
            papers.of_vendor(vendor)?.text(),
        ),
        _ => return Err(Error::NotFound),
    };
    let name = papers.file_name(vendor, &address.kind);
    Ok(download(&name, content_type, text.into_bytes()))
}

pub(in crate::web) async fn all(
    state: web::Data<State>,
    caller: Caller,
    address: web::Path<Address>,
) -> Result<HttpResponse, Error> {
    let looked = Looked::at(&state, caller, address.id()?, None).await?;
    looked.demand_results()?;
    let papers = Papers::of(&looked, state.service().now());
    let mut files = Vec::new();
    for vendor in papers.dossier.evaluation().vendor_indices() {
        let debrief = papers.of_vendor(vendor)?;
        files.push((papers.file_name(vendor, "html"), debrief.html()?));
        files.push((papers.file_name(vendor, "txt"), debrief.text()));
    }
    let name = format!("{}-debriefs.zip", file_stem(papers.dossier.title()));
    let archive = bundle(&files).map_err(|_| Error::Broken)?;
    Ok(download(&name, ZIP, archive))
}

/// What debriefs are made of: always the record's weights.
struct Papers<'a> {
    dossier: &'a Dossier,
    published: Published<'a>,
    record: String,
    at: Timestamp,
}

impl<'a> Papers<'a> {
    fn of(looked: &'a Looked, at: Timestamp) -> Self {
        let dossier = looked.opened.dossier();
        Self {
            published: looked.publish(&looked.opened.scorecard(None), Detail::Full),
            record: dossier.head().to_string(),
            at,
            dossier,
        }
    }

    fn of_vendor(&self, vendor: VendorIndex) -> Result<Debrief<'_>, Error> {
        let about = (self.dossier.title(), self.record.as_str(), self.at);
        reports::debrief(&self.published, vendor, self.award(), about).ok_or(Error::NotFound)
    }

    /// What was decided.
    fn award(&self) -> Award {
        let Some(decision) = self.dossier.decision() else {
            return Award::Open;
        };
        let evaluation = self.dossier.evaluation();
        let mut vendors = evaluation.vendor_indices();
        let chosen = decision.vendor.as_deref();
        let chosen = vendors.find(|&one| Some(evaluation.vendor_name(one)) == chosen);
        chosen.map_or(Award::Nobody, Award::Vendor)
    }

    /// The number keeps the names of vendors apart that look alike without their punctuation.
    fn file_name(&self, vendor: VendorIndex, ending: &str) -> String {
        let stem = file_stem(self.dossier.evaluation().vendor_name(vendor));
        let number = vendor.position().saturating_add(1);
        format!("debrief-{number}-{stem}.{ending}")
    }
}
