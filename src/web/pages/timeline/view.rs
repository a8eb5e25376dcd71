//! The events as the page shows them.

use std::collections::BTreeSet;

use crate::criteria::Criterion;
use crate::record::Dossier;
use crate::reports::answer_text;
use crate::service::{Altered, Moment, Opened, Replaced, Stood, Timeline, Topic};

use super::asked::Asked;

/// The most events of one page.
const EVENTS: usize = 100;
/// The most answers that are listed under one event.
const ANSWERS: usize = 200;
/// As many digits of a hash tell events apart for people.
const SHORT: usize = 8;

/// What can be chosen to narrow the record.
pub(super) struct Choices<'a> {
    pub(super) people: BTreeSet<&'a str>,
    /// Word and title.
    pub(super) topics: Vec<(&'a str, &'a str)>,
    pub(super) vendors: BTreeSet<&'a str>,
    /// Id and title.
    pub(super) criteria: Vec<(&'a str, &'a str)>,
    /// Number and name of the file.
    pub(super) sheets: Vec<(String, &'a str)>,
}

/// Which page of how many.
pub(super) struct Leaf {
    pub(super) events: usize,
    pub(super) of: usize,
    pub(super) page: usize,
    pub(super) pages: usize,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// One event.
pub(super) struct MomentView {
    pub(super) seq: u64,
    /// `12:9f86d081`.
    pub(super) head: String,
    pub(super) full_head: String,
    pub(super) at: String,
    pub(super) clock_went_back: bool,
    pub(super) actor: String,
    pub(super) way_in: Option<&'static str>,
    pub(super) request: Option<String>,
    pub(super) what: String,
    pub(super) reason: Option<String>,
    pub(super) altered: Vec<AlteredView>,
    pub(super) replaced: Vec<ReplacedView>,
    pub(super) more_replaced: usize,
    /// The pages it is about.
    pub(super) links: Vec<(String, String)>,
}

pub(super) struct AlteredView {
    pub(super) what: String,
    pub(super) before: String,
    pub(super) after: String,
}

pub(super) struct ReplacedView {
    pub(super) criterion: String,
    pub(super) vendor: String,
    /// The page of the cell, while there is one.
    pub(super) href: Option<String>,
    pub(super) evaluator: String,
    pub(super) before: String,
    pub(super) before_why: Option<String>,
    pub(super) after: String,
    pub(super) after_why: Option<String>,
}

impl<'a> Choices<'a> {
    pub(super) fn new(opened: &'a Opened, timeline: &'a Timeline) -> Self {
        let dossier = opened.dossier();
        let moments = timeline.moments();
        let actors = moments.iter().map(|moment| moment.actor.as_str());
        let about = moments.iter().flat_map(|moment| &moment.about.evaluators);
        let vendors = moments.iter().flat_map(|moment| &moment.about.vendors);
        let set = dossier.set().criteria().iter();
        let mut criteria: Vec<(&str, &str)> = set.map(|one| (one.id(), one.title())).collect();
        let gone = moments.iter().flat_map(|moment| &moment.about.criteria);
        let gone: BTreeSet<&str> = gone.map(String::as_str).collect();
        let known: BTreeSet<&str> = criteria.iter().map(|(id, _)| *id).collect();
        criteria.extend(
            gone.difference(&known)
                .map(|id| (*id, "no longer in the set")),
        );
        let filings = dossier.filings().iter();
        Self {
            people: actors.chain(about.map(String::as_str)).collect(),
            topics: Topic::ALL
                .iter()
                .map(|one| (one.code(), one.title()))
                .collect(),
            vendors: vendors.map(String::as_str).collect(),
            criteria,
            sheets: filings
                .map(|filing| (filing.number.to_string(), filing.file_name.as_str()))
                .collect(),
        }
    }

    pub(super) fn has_person(&self, name: &str) -> bool {
        self.people.contains(name)
    }

    pub(super) fn has_vendor(&self, name: &str) -> bool {
        self.vendors.contains(name)
    }

    pub(super) fn has_criterion(&self, id: &str) -> bool {
        self.criteria.iter().any(|(known, _)| *known == id)
    }

    pub(super) fn has_sheet(&self, number: &str) -> bool {
        self.sheets.iter().any(|(known, _)| known == number)
    }
}

/// The page that is asked for.
pub(super) fn told(
    opened: &Opened,
    timeline: &Timeline,
    asked: &Asked,
    shows: bool,
) -> (Leaf, Vec<MomentView>) {
    let mut wanted: Vec<&Moment> = timeline.wanted(&asked.wanted).collect();
    if !asked.oldest_first {
        wanted.reverse();
    }
    let pages = wanted.len().div_ceil(EVENTS).max(1);
    let page = asked.page.min(pages);
    let skipped = page.saturating_sub(1).saturating_mul(EVENTS);
    let of_page = wanted.iter().skip(skipped).take(EVENTS);
    let places = Places::new(opened.dossier(), shows);
    let moments = of_page.map(|moment| MomentView::new(moment, asked, &places));
    let leaf = Leaf {
        events: wanted.len(),
        of: timeline.moments().len(),
        page,
        pages,
        before: (page > 1).then(|| asked.address(page.saturating_sub(1))),
        after: (page < pages).then(|| asked.address(page.saturating_add(1))),
    };
    (leaf, moments.collect())
}

/// Where the pages are that events are about.
struct Places<'a> {
    dossier: &'a Dossier,
    here: String,
    shows: bool,
}

impl<'a> Places<'a> {
    fn new(dossier: &'a Dossier, shows: bool) -> Self {
        let here = format!("/evaluations/{}", dossier.id());
        Self {
            dossier,
            here,
            shows,
        }
    }

    /// The page of a vendor, while it is on the list and its scores may be seen.
    fn vendor(&self, name: &str) -> Option<String> {
        let evaluation = self.dossier.evaluation();
        let mut vendors = evaluation.vendor_indices().filter(|_| self.shows);
        let found = vendors.find(|&one| evaluation.vendor_name(one) == name)?;
        let number = found.position().saturating_add(1);
        Some(format!("{}/vendors/{number}", self.here))
    }

    fn cell(&self, replaced: &Replaced) -> Option<String> {
        self.dossier.set().criterion_index(&replaced.criterion)?;
        let page = self.vendor(&replaced.vendor)?;
        Some(format!("{page}#{}", replaced.criterion))
    }

    fn title(&self, id: &str) -> String {
        let mut criteria = self.dossier.set().criteria().iter();
        let found = criteria.find(|criterion| criterion.id() == id);
        found.map_or_else(String::new, |one| Criterion::title(one).to_owned())
    }

    fn links(&self, moment: &Moment) -> Vec<(String, String)> {
        let here = &self.here;
        let mut links = Vec::new();
        if let Some(number) = moment.about.sheet {
            links.push((format!("{here}/sheets/{number}"), format!("sheet {number}")));
        }
        let page = match moment.topic {
            Topic::Method => Some(("/method", "method")),
            Topic::Lists => Some(("/people", "vendors and people")),
            Topic::HandedOut => Some(("/handout", "sheets handed out")),
            Topic::Settled | Topic::Scoring => Some(("/settle", "settling")),
            Topic::Decision => Some(("/decide", "decision")),
            Topic::Sheets | Topic::Refused | Topic::Whole => None,
        };
        links.extend(page.map(|(page, name)| (format!("{here}{page}"), name.to_owned())));
        if moment.about.sheet.is_none() {
            let vendors = moment.about.vendors.iter();
            links.extend(vendors.filter_map(|name| Some((self.vendor(name)?, name.clone()))));
        }
        links
    }
}

impl MomentView {
    fn new(moment: &Moment, asked: &Asked, places: &Places<'_>) -> Self {
        let hash = moment.head.hash().to_string();
        let short: String = hash.chars().take(SHORT).collect();
        let seq = moment.head.seq();
        let wanted = |one: &&Replaced| asked.wanted.takes(one);
        let replaced: Vec<&Replaced> = moment.replaced.iter().filter(wanted).collect();
        let listed = if places.shows { ANSWERS } else { 0 };
        let more = replaced.len().saturating_sub(listed);
        Self {
            seq,
            head: format!("{seq}:{short}"),
            full_head: moment.head.to_string(),
            at: moment.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
            clock_went_back: moment.clock_went_back,
            actor: moment.actor.clone(),
            way_in: moment.way_in,
            request: moment.request.clone(),
            what: if places.shows {
                moment.what.clone()
            } else {
                moment.what_kept_back.clone()
            },
            reason: moment.reason.clone(),
            altered: moment.differences.iter().map(AlteredView::new).collect(),
            replaced: replaced
                .iter()
                .take(listed)
                .map(|one| ReplacedView::new(one, places))
                .collect(),
            more_replaced: if places.shows { more } else { 0 },
            links: places.links(moment),
        }
    }
}

impl AlteredView {
    fn new(altered: &Altered) -> Self {
        let text = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
        Self {
            what: altered.what.clone(),
            before: text(&altered.before),
            after: text(&altered.after),
        }
    }
}

impl ReplacedView {
    fn new(replaced: &Replaced, places: &Places<'_>) -> Self {
        let why = |stood: &Stood| stood.comment.as_deref().map(str::to_owned);
        let title = places.title(&replaced.criterion);
        let after = replaced.after.as_ref();
        Self {
            criterion: format!("{title} {}", replaced.criterion).trim().to_owned(),
            vendor: replaced.vendor.to_string(),
            href: places.cell(replaced),
            evaluator: replaced.evaluator.to_string(),
            before: answer_text(replaced.before.answer),
            before_why: why(&replaced.before),
            after: after.map_or_else(|| "no answer".to_owned(), |stood| answer_text(stood.answer)),
            after_why: after.and_then(why),
        }
    }
}
