//! Texts in cells to vendors, evaluators and criteria.

use std::collections::HashMap;

use crate::criteria::{CriteriaSet, Criterion, CriterionIndex, Kind};
use crate::evaluation::CONSENSUS;
use crate::table::name::{fold, nearest};
use crate::table::{Name, NameError, NameList, NotListed, write};

use super::characters::Described;
use super::role::{SaidScale, is_price, said_scale};
use super::{Declared, Odd, Rule};

/// How often a sheet may ask for the nearest known name: comparing is costly, and so many mistakes have one cause.
const SUGGESTIONS: usize = 200;

/// The people or tools a sheet names, checked against those that are known.
#[derive(Debug)]
pub(super) struct Named<'a> {
    known: &'a NameList,
    declared: &'a Declared,
    /// Names with a meaning of their own, which no other may look like.
    reserved: NameList,
    /// Whether others than the known ones may appear.
    open: bool,
    unknown: fn(Option<String>) -> Rule,
    suggestions_left: usize,
    /// Those of this sheet, in the order they come.
    own: NameList,
}

impl<'a> Named<'a> {
    pub(super) fn new(
        known: &'a NameList,
        declared: &'a Declared,
        open: bool,
        unknown: fn(Option<String>) -> Rule,
    ) -> Self {
        Self {
            known,
            declared,
            reserved: NameList::default(),
            open,
            unknown,
            suggestions_left: SUGGESTIONS,
            own: NameList::default(),
        }
    }

    pub(super) fn reserving(mut self, names: &[&str]) -> Self {
        for name in names.iter().filter_map(|name| Name::parse(name).ok()) {
            // Reserved names do not look like each other.
            let _added = self.reserved.find_or_add(&name);
        }
        self
    }

    /// The name that a cell means, if it is one.
    pub(super) fn meant(&self, cell: &str) -> Option<Name> {
        Name::parse(self.declared.name(write::restore(cell.trim()))).ok()
    }

    /// The position in this sheet's own list of the name in a cell.
    pub(super) fn resolve(&mut self, cell: &str) -> Result<usize, Rule> {
        let name =
            Name::parse(self.declared.name(write::restore(cell.trim()))).map_err(Rule::NotAName)?;
        self.resolve_name(&name)
    }

    pub(super) fn resolve_name(&mut self, name: &Name) -> Result<usize, Rule> {
        match self.known.find(name) {
            Ok(_) => {}
            Err(NotListed::Confusable(like)) => return Err(confusable(name, self.known, like)),
            Err(NotListed::Unknown) => match self.reserved.find(name) {
                Err(NotListed::Confusable(like)) => {
                    return Err(confusable(name, &self.reserved, like));
                }
                found if !self.open && (found.is_err() || name.key() != CONSENSUS) => {
                    return Err((self.unknown)(self.suggestion(name)));
                }
                Ok(_) | Err(NotListed::Unknown) => {}
            },
        }
        self.admit(name)
    }

    /// The position in this sheet's own list of a name that may appear whoever is known.
    pub(super) fn admit(&mut self, name: &Name) -> Result<usize, Rule> {
        self.own
            .find_or_add(name)
            .map_err(|like| confusable(name, &self.own, like))
    }

    /// The names of this sheet with those of another part of it, and where these stand then; `None` if one of them looks like
    /// another.
    pub(super) fn joined_with(&self, part: &Self) -> Option<(NameList, Vec<usize>)> {
        let mut own = self.own.clone();
        let names = part.own.names().iter();
        let places: Result<_, _> = names.map(|name| own.find_or_add(name)).collect();
        Some((own, places.ok()?))
    }

    /// Takes such a list for its own.
    pub(super) fn join(&mut self, joined: NameList) {
        self.own = joined;
    }

    fn suggestion(&mut self, name: &Name) -> Option<String> {
        self.suggestions_left = self.suggestions_left.checked_sub(1)?;
        self.known
            .nearest(name.shown())
            .map(|near| near.shown().to_owned())
    }

    /// Whether a name is one of those that were known before.
    pub(super) fn knows(&self, name: &Name) -> bool {
        self.known.find(name).is_ok()
    }

    /// The names of this sheet that are new and nearly another, with that one.
    pub(super) fn near(&self) -> Vec<(&Name, &Name)> {
        const COMPARED: usize = 300;
        let own = self.own.names();
        if own.len().saturating_add(self.known.len()) > COMPARED {
            return Vec::new();
        }
        let others = |at: usize| own.iter().take(at).chain(self.known.names());
        let found = own.iter().enumerate().filter(|(_, name)| !self.knows(name));
        found
            .filter_map(|(at, name)| Some((name, others(at).find(|other| is_near(name, other))?)))
            .collect()
    }

    pub(super) fn name(&self, position: usize) -> Option<&Name> {
        self.own.get(position)
    }

    pub(super) fn len(&self) -> usize {
        self.own.len()
    }

    pub(super) fn into_names(self) -> Vec<Name> {
        self.own.names().to_vec()
    }
}

/// Whether two names differ in punctuation, in the form of the company, in one letter, or in what stands in brackets behind
/// them: `Acme.`, `Acme Inc.`, `Acmee`, `Acme (Ana)`.
fn is_near(one: &Name, other: &Name) -> bool {
    const FORMS: [&str; 12] = [
        "inc", "ltd", "llc", "plc", "corp", "co", "gmbh", "ag", "kg", "se", "sa", "bv",
    ];
    if one == other {
        return false;
    }
    if before_brackets(one.key()) == before_brackets(other.key()) {
        return true;
    }
    let bare = |name: &Name| {
        let words = name.key().split(|letter: char| !letter.is_alphanumeric());
        words
            .filter(|word| !FORMS.contains(word))
            .collect::<String>()
    };
    let (one, other) = (bare(one), bare(other));
    let has_digits = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let is_long = one.chars().count().min(other.chars().count()) >= 6;
    let is_typo = is_long
        && !has_digits(&one)
        && !has_digits(&other)
        && strsim::damerau_levenshtein(&one, &other) == 1;
    !one.is_empty() && (one == other || is_typo)
}

/// A name without what stands in brackets at its end.
fn before_brackets(name: &str) -> &str {
    let inside = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once('('));
    let before = inside.map(|(before, _)| before.trim_end());
    before.filter(|before| !before.is_empty()).unwrap_or(name)
}

fn confusable(name: &Name, list: &NameList, like: usize) -> Rule {
    let like = list.get(like).map_or("", Name::shown).to_owned();
    let strange = |letter: &char| !letter.is_ascii() && !like.contains(*letter);
    let odd = match name.shown().chars().find(strange) {
        Some(strange) => Some(Odd::Strange(Described(strange))),
        None => differing(name.shown(), &like),
    };
    Rule::ConfusableName { like, odd }
}

/// Where two texts of ordinary letters differ: `l` and `I`, `rn` and `m`.
fn differing(written: &str, like: &str) -> Option<Odd> {
    let written: Vec<char> = written.chars().collect();
    let like: Vec<char> = like.chars().collect();
    let same = |(one, other): &(&char, &char)| one.to_lowercase().eq(other.to_lowercase());
    let shorter = written.len().min(like.len());
    let start = written.iter().zip(&like).take_while(same).count();
    let backwards = written.iter().rev().zip(like.iter().rev());
    let end = backwards.take_while(same).count();
    let end = end.min(shorter.saturating_sub(start));
    let middle = |text: &[char]| -> Vec<Described> {
        let middle = text.get(start..text.len().saturating_sub(end));
        middle
            .unwrap_or_default()
            .iter()
            .copied()
            .map(Described)
            .collect()
    };
    let (here, there) = (middle(&written), middle(&like));
    (!here.is_empty() && !there.is_empty()).then_some(Odd::Instead(here, there))
}

/// The criteria of a set, found by id or title.
#[derive(Debug)]
pub(super) struct CriterionNames<'a> {
    set: &'a CriteriaSet,
    declared: &'a Declared,
    by_id: HashMap<&'a str, CriterionIndex>,
    /// By folded id and title; `Err` where several criteria share it. Made when a cell is no id.
    by_name: Option<ByName>,
    /// Ids and titles by look; made when a name is not found, since that is costly.
    by_look: Option<NameList>,
    suggestions_left: usize,
}

type ByName = HashMap<String, Result<CriterionIndex, CriterionIndex>>;

impl<'a> CriterionNames<'a> {
    pub(super) fn new(set: &'a CriteriaSet, declared: &'a Declared) -> Self {
        let ids = set.indexed_criteria();
        Self {
            set,
            declared,
            by_id: ids
                .map(|(index, criterion)| (criterion.id(), index))
                .collect(),
            by_name: None,
            by_look: None,
            suggestions_left: SUGGESTIONS,
        }
    }

    pub(super) fn resolve(&mut self, cell: &str) -> Result<CriterionIndex, Rule> {
        let text = self.declared.name(write::restore(cell.trim()));
        if let Some(&index) = self.by_id.get(text) {
            return Ok(index);
        }
        let set = self.set;
        let by_name = self.by_name.get_or_insert_with(|| by_name(set));
        match by_name.get(&fold(text)).copied() {
            Some(Ok(index)) => Ok(index),
            Some(Err(first)) => Err(Rule::AmbiguousCriterion(self.id(first))),
            None if is_price(text) => self.price().unwrap_or_else(|| Err(self.unknown(text))),
            None => Err(self.unknown(text)),
        }
    }

    /// The criterion that is meant by "price": the only one there is. `None` if none is a price.
    fn price(&self) -> Option<Result<CriterionIndex, Rule>> {
        let is_priced = |criterion: &Criterion| matches!(criterion.kind(), Kind::Priced(_));
        let mut priced = self
            .set
            .indexed_criteria()
            .filter(|(_, criterion)| is_priced(criterion));
        let (only, _) = priced.next()?;
        let more: Vec<String> = priced.map(|(index, _)| self.id(index)).collect();
        if more.is_empty() {
            return Some(Ok(only));
        }
        let mut ids = vec![self.id(only)];
        ids.extend(more);
        Some(Err(Rule::SeveralPrices(ids)))
    }

    /// The criterion that heads a column, and what the heading says of its scale.
    pub(super) fn of_heading(
        &mut self,
        heading: &str,
    ) -> Result<(CriterionIndex, Option<SaidScale>), Rule> {
        let whole = match self.resolve(heading) {
            Ok(criterion) => return Ok((criterion, None)),
            Err(rule) => rule,
        };
        if let Some((name, said)) = said_scale(heading)
            && let Ok(criterion) = self.resolve(name)
        {
            return Ok((criterion, Some(said)));
        }
        Err(whole)
    }

    fn id(&self, index: CriterionIndex) -> String {
        let criterion = self.set.criteria().get(index.position());
        criterion.map_or_else(String::new, |criterion| criterion.id().to_owned())
    }

    fn unknown(&mut self, text: &str) -> Rule {
        let set = self.set;
        let by_look = self.by_look.get_or_insert_with(|| {
            let mut list = NameList::default();
            let names = set
                .criteria()
                .iter()
                .flat_map(|criterion| [criterion.id(), criterion.title()]);
            for name in names.filter_map(|name| Name::parse(name).ok()) {
                // Criteria that look like each other are the set's affair.
                let _added = list.find_or_add(&name);
            }
            list
        });
        match Name::parse(text) {
            Ok(name) => match by_look.find(&name) {
                Err(NotListed::Confusable(like)) => return confusable(&name, by_look, like),
                Ok(_) | Err(NotListed::Unknown) => {}
            },
            Err(error @ NameError::Invisible(_)) => return Rule::NotAName(error),
            Err(NameError::Empty | NameError::TooLong) => {}
        }
        Rule::UnknownCriterion(self.suggestion(text))
    }

    fn suggestion(&mut self, text: &str) -> Option<String> {
        // A text much longer than any name is not a misspelt one.
        if text.len() > 400 {
            return None;
        }
        self.suggestions_left = self.suggestions_left.checked_sub(1)?;
        let criteria = self.set.criteria().iter();
        let names = criteria.flat_map(|criterion| [criterion.id(), criterion.title()]);
        nearest(text, names, |name| name).map(str::to_owned)
    }
}

fn by_name(set: &CriteriaSet) -> ByName {
    let mut by_name = ByName::new();
    for (index, criterion) in set.indexed_criteria() {
        for name in [criterion.id(), criterion.title()] {
            let found = by_name.entry(fold(name)).or_insert(Ok(index));
            if *found != Ok(index) {
                *found = found.and_then(Err);
            }
        }
    }
    by_name
}
