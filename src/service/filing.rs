//! Filing a sheet, looking at one without filing it, and taking one back.

use std::sync::Arc;

use crate::accounts::{Action, Actor, may};
use crate::evaluation::{Changes, PANEL, Prices};
use crate::record::{Attached, Change, Digest, Dossier, EvaluationId, Filing, pack};
use crate::sheets::{self, Context, Form, Marked, Problem, ReadSheet, Rule};
use crate::table::xlsx::NotAWorkbook;
use crate::table::{Limits, Name, NotText};

use super::opened::Opened;
use super::own_rows::{demand_assigned, for_own};
use super::receipt::{Filed, Receipt, criteria, seen, sums};
use super::{Entry, Error, File, Service};

pub(super) use super::upload::{Came, Upload};

impl Service {
    /// Files a sheet: as a whole, or not at all.
    ///
    /// # Errors
    /// [`Error::Sheet`] with everything that is wrong with it, [`Error::Refused`] if it does not go with what is there. The
    /// record tells of a file that was refused for what is in it.
    pub fn file_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        upload: &Upload,
    ) -> Result<Receipt, Error> {
        let before = self.open(actor, id)?;
        self.ask(actor, Action::FileSheet, before.dossier())?;
        let upload = &for_own(before.dossier(), actor, upload)?;
        let evaluator = evaluator_of(upload)?;
        let mut looked = match read(before.dossier(), upload, evaluator.as_ref(), &self.limits) {
            Ok(read) => Some(read),
            Err(refused) => return Err(self.refused(actor, id, upload, refused)),
        };
        let original = Digest::of(&upload.bytes);
        let mut told = None;
        let after = self.change(actor, Action::FileSheet, id, |dossier| {
            // Between reading and filing, somebody else may have changed what the sheet was read against.
            let read = match looked.take() {
                Some(read) if reads_the_same(before.dossier(), dossier) => read,
                _ => read(dossier, upload, evaluator.as_ref(), &self.limits)?,
            };
            demand_assigned(actor, dossier, &read.sheet)?;
            let again = same(dossier, upload, original).map(|filing| filing.number);
            let number = again.unwrap_or_else(|| next_number(dossier));
            let filed = again.map_or(Filed::New(number), Filed::Again);
            let answers = File::new(pack(&read.sheet, dossier.set())?);
            let sheet = read.sheet.clone();
            if again.is_none()
                && let Some(before) = upload.seen
            {
                let mut trial = dossier.clone();
                trial.try_sheet(sheet.clone())?;
                if seen(trial.evaluation(), answers.digest, self.pepper()?) != before {
                    return Err(Error::PreviewStale);
                }
            }
            told = Some((read, filed));
            if again.is_some() {
                return Ok(Vec::new());
            }
            let change = Change::SheetFiled {
                sheet: number,
                file_name: upload.file_name.clone(),
                original,
                bytes: u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX),
                answers: answers.digest,
                evaluator: evaluator.as_ref().map(|name| name.shown().to_owned()),
                new_vendors: upload.new_vendors,
                new_evaluators: upload.new_evaluators,
                tab: upload.tab.clone(),
                declared: upload.declared.clone(),
                salt: None,
            };
            let file = File {
                digest: original,
                bytes: upload.bytes.clone(),
            };
            Ok(vec![Entry {
                change,
                attached: Attached::Sheet(sheet),
                files: vec![file, answers],
            }])
        })?;
        let (read, filed) = told.ok_or(Error::NoSheet)?;
        let changes = match filed {
            Filed::New(number) => after
                .dossier()
                .filing(number)
                .map_or_else(Changes::default, |filing| filing.changes),
            Filed::Again(_) | Filed::Checked => unchanged(&read),
        };
        let keeps_back = keeps_back(actor, after.dossier());
        let receipt = Receipt {
            keeps_back,
            ..receipt(upload, read, filed, changes, after)
        };
        if upload.came == Came::Typed {
            self.empty_drafts(&receipt.after, &receipt.evaluators);
        }
        Ok(receipt)
    }

    /// Looks at a sheet as if it were filed. Nothing is kept.
    ///
    /// # Errors
    /// As [`Service::file_sheet`].
    pub fn check_sheet(
        &self,
        actor: Actor,
        id: &EvaluationId,
        upload: &Upload,
    ) -> Result<Receipt, Error> {
        let before = self.open(actor, id)?;
        self.ask(actor, Action::FileSheet, before.dossier())?;
        let upload = &for_own(before.dossier(), actor, upload)?;
        let evaluator = evaluator_of(upload)?;
        let read = read(before.dossier(), upload, evaluator.as_ref(), &self.limits)?;
        demand_assigned(actor, before.dossier(), &read.sheet)?;
        let answers = File::new(pack(&read.sheet, before.dossier().set())?);
        let mut dossier = before.dossier().clone();
        let changes = dossier.try_sheet(read.sheet.clone())?;
        let after = Arc::new(Opened::new(dossier));
        let seen = seen(after.dossier().evaluation(), answers.digest, self.pepper()?);
        let again = same(before.dossier(), upload, Digest::of(&upload.bytes));
        // That the same file is filed already would tell whoever guesses a sealed price.
        let is_sealed = before.dossier().prices() == Prices::Sealed;
        let keeps_back = keeps_back(actor, before.dossier());
        let receipt = receipt(upload, read, Filed::Checked, changes, after);
        Ok(Receipt {
            seen: Some(seen),
            again: again
                .filter(|_| !keeps_back && !is_sealed)
                .map(|filing| filing.number),
            keeps_back,
            ..receipt
        })
    }

    /// The file of a sheet as it came: for whoever may see results, since it holds the scores.
    ///
    /// # Errors
    /// [`Error::NoSheet`] if there is none of this number, [`Error::Denied`] while results are hidden.
    pub fn original(
        &self,
        actor: Actor,
        id: &EvaluationId,
        number: u32,
    ) -> Result<(Filing, Vec<u8>), Error> {
        let opened = self.results(actor, id)?;
        let filing = opened.dossier().filing(number).ok_or(Error::NoSheet)?;
        if opened.dossier().seals(filing) {
            self.ask(actor, Action::SeePrices, opened.dossier())?;
        }
        let bytes = self.kept(&filing.original)?;
        Ok((filing.clone(), bytes))
    }

    /// The sheet in its own kind of file with its problems in a column of their own, and how many there are: 0 if it can be filed.
    ///
    /// # Errors
    /// As [`Service::file_sheet`]; the problems of the sheet only if nothing of it can be shown in rows.
    pub fn mark_problems(
        &self,
        actor: Actor,
        id: &EvaluationId,
        upload: &Upload,
    ) -> Result<(Marked, usize), Error> {
        let (problems, refused) = match self.check_sheet(actor, id, upload) {
            Ok(_) => (Vec::new(), None),
            Err(Error::Sheet(problems)) => (problems.clone(), Some(Error::Sheet(problems))),
            Err(Error::NotASheet(problems)) => (problems.clone(), Some(Error::NotASheet(problems))),
            Err(other) => return Err(other),
        };
        let (tab, declared) = (upload.tab.as_deref(), &upload.declared);
        match sheets::marked(&upload.bytes, tab, declared, &problems) {
            Some(marked) => Ok((marked, problems.len())),
            None => Err(refused.unwrap_or(Error::NoSheet)),
        }
    }
}

/// Whether what stood before a sheet is kept back: from whoever may not see scores, unless they hand in their own.
fn keeps_back(actor: Actor, dossier: &Dossier) -> bool {
    may(actor, Action::SeeResults, dossier.object()).is_err()
        && dossier.members().own_evaluator(actor).is_none()
}

/// Reads a file as a sheet of an evaluation, as it stands before the sheet.
pub(super) fn read(
    dossier: &Dossier,
    upload: &Upload,
    evaluator: Option<&Name>,
    limits: &Limits,
) -> Result<ReadSheet, Error> {
    let evaluation = dossier.evaluation();
    let form = Form {
        file_name: upload.file_name.clone(),
        evaluator: evaluator.cloned(),
        tab: upload.tab.clone(),
        declared: upload.declared.clone(),
    };
    let context = Context {
        set: evaluation.set(),
        vendors: evaluation.vendors(),
        evaluators: evaluation.evaluators(),
        new_vendors: upload.new_vendors || !dossier.lists_vendors(),
        new_evaluators: upload.new_evaluators || !dossier.lists_evaluators(),
        consensus_needs_reason: true,
        limits,
        progress: None,
    };
    let read = sheets::read(&upload.bytes, &form, &context).map_err(|problems| {
        let is_other_kind = |rule: &Rule| {
            matches!(
                rule,
                Rule::NotText(NotText::WrongFileType(_) | NotText::Binary)
                    | Rule::Workbook(NotAWorkbook::OtherKind(_))
            )
        };
        if problems.iter().any(|problem| is_other_kind(problem.rule())) {
            Error::NotASheet(problems)
        } else {
            Error::Sheet(problems)
        }
    })?;
    if upload.demands_name && is_nameless(&read, dossier) {
        let needed = Problem::of_file(Rule::EvaluatorNeeded);
        return Err(Error::Sheet(vec![match &read.told_evaluator {
            Some(told) => needed.with_value(told),
            None => needed,
        }]));
    }
    Ok(read)
}

/// Whether a sheet is read alike against an evaluation at two moments.
fn reads_the_same(one: &Dossier, other: &Dossier) -> bool {
    let read_against = |dossier: &Dossier| (dossier.lists_vendors(), dossier.lists_evaluators());
    let (first, second) = (one.evaluation(), other.evaluation());
    Arc::ptr_eq(one.set(), other.set())
        && read_against(one) == read_against(other)
        && first.vendors().names() == second.vendors().names()
        && first.evaluators().names() == second.evaluators().names()
}

/// Whether a sheet does not say who gave some of its scores; a price is nobody's.
fn is_nameless(read: &ReadSheet, dossier: &Dossier) -> bool {
    let sheet = &read.sheet;
    let is_unsigned = |position: usize| {
        let name = sheet.evaluators().get(position);
        name.is_some_and(|name| name.key() == PANEL)
    };
    !sheet.names_evaluator()
        && sheet.lines().iter().any(|line| {
            is_unsigned(line.evaluator)
                && dossier
                    .scored_criteria()
                    .any(|scored| scored == line.criterion)
        })
}

pub(super) fn evaluator_of(upload: &Upload) -> Result<Option<Name>, Error> {
    match upload.evaluator.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => match Name::parse(text) {
            Ok(name) => Ok(Some(name)),
            Err(error) => Err(Error::field(
                "evaluator",
                Some(text),
                "no-name",
                error.to_string(),
            )),
        },
    }
}

/// The filing of the same bytes with the same words beside them, if all of its answers still stand.
fn same<'a>(dossier: &'a Dossier, upload: &Upload, original: Digest) -> Option<&'a Filing> {
    let said = evaluator_of(upload).ok().flatten();
    let is_named_the_same = |filing: &Filing| {
        let named = filing.evaluator.as_deref();
        let named = named.and_then(|text| Name::parse(text).ok());
        named.as_ref().map(Name::key) == said.as_ref().map(Name::key)
    };
    let is_same = |filing: &&Filing| {
        filing.original == original
            && filing.withdrawn.is_none()
            && is_named_the_same(filing)
            && (filing.new_vendors, filing.new_evaluators)
                == (upload.new_vendors, upload.new_evaluators)
            && filing.file_name == upload.file_name
            && filing.tab == upload.tab
            && filing.declared == upload.declared
            && dossier.evaluation().stands_whole(filing.sheet)
    };
    dossier.filings().iter().rev().find(is_same)
}

fn next_number(dossier: &Dossier) -> u32 {
    let last = dossier.filings().last().map_or(0, |filing| filing.number);
    last.saturating_add(1)
}

fn unchanged(read: &ReadSheet) -> Changes {
    let lines = read.sheet.lines();
    let answers = lines
        .iter()
        .filter(|line| matches!(line.entry, crate::evaluation::Entry::Answer(_)))
        .count();
    Changes {
        unchanged: answers,
        not_scored: lines.len().saturating_sub(answers),
        ..Changes::default()
    }
}

fn receipt(
    upload: &Upload,
    read: ReadSheet,
    filed: Filed,
    changes: Changes,
    after: Arc<Opened>,
) -> Receipt {
    let shown = |names: &[Name]| names.iter().map(|name| name.shown().to_owned()).collect();
    let suggested_evaluator = read
        .told_evaluator
        .clone()
        .or_else(|| after.suggested_evaluator(read.tab.as_deref(), &upload.file_name));
    Receipt {
        sums: sums(&read.sheet),
        criteria: criteria(&read.sheet, after.dossier().set()),
        seen: None,
        again: None,
        keeps_back: true,
        filed,
        file_name: upload.file_name.clone(),
        evaluators: shown(read.sheet.evaluators()),
        vendors: shown(read.sheet.vendors()),
        names_evaluator: read.sheet.names_evaluator(),
        suggested_evaluator,
        changes,
        read_as: read.read_as,
        tab: read.tab,
        warnings: read.warnings,
        after,
    }
}
