//! The page of a file that was looked at.

use actix_web::http::StatusCode;
use askama::Template;

use crate::criteria::NotATerm;
use crate::exact::fixed;
use crate::record::EvaluationId;
use crate::reports::filters;
use crate::service::{FieldProblem, OwnCriterion, OwnLook, OwnProblem};
use crate::web::Layout;
use crate::web::held::HeldFile;

use super::ask::{Ask, Control};
use super::said::Said;

/// The most problems or remarks that are listed.
const LISTED: usize = 100;

#[derive(Template)]
#[template(path = "pages/own.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the page shows or not, each on its own"
)]
pub(super) struct Page {
    layout: Layout,
    /// Where a file for this is sent; going on with it is below.
    action: String,
    /// The page to go back to.
    back: String,
    is_new: bool,
    is_gone: bool,
    is_stale: bool,
    /// Whether somebody wanted to take it while something was wrong or open.
    is_refused: bool,
    file_name: String,
    held: String,
    title: String,
    is_tender: bool,
    set_title: String,
    mistakes: Vec<String>,
    problems: Vec<String>,
    more_problems: usize,
    questions: Vec<Ask>,
    /// What was said, as a form carries it on.
    said: Vec<(String, String)>,
    /// The same, to be changed; without what is asked.
    again: Vec<Ask>,
    criteria: Vec<Row>,
    has_weights: bool,
    vendors: String,
    evaluators: String,
    answers: usize,
    warnings: Vec<String>,
    more_warnings: usize,
    is_clear: bool,
    seen: String,
}

struct Row {
    id: String,
    title: String,
    category: String,
    judged: String,
    typed: String,
    share: String,
}

/// What there is to show.
pub(super) enum Shown {
    Look(Box<OwnLook>),
    Mistakes(Vec<FieldProblem>),
}

impl Page {
    fn empty(layout: Layout, id: Option<&EvaluationId>) -> Self {
        Self {
            layout,
            action: id.map_or_else(
                || "/own".to_owned(),
                |id| format!("/evaluations/{id}/method/own"),
            ),
            back: id.map_or_else(|| "/".to_owned(), |id| format!("/evaluations/{id}/method")),
            is_new: id.is_none(),
            is_gone: false,
            is_stale: false,
            is_refused: false,
            file_name: String::new(),
            held: String::new(),
            title: String::new(),
            is_tender: false,
            set_title: String::new(),
            mistakes: Vec::new(),
            problems: Vec::new(),
            more_problems: 0,
            questions: Vec::new(),
            said: Vec::new(),
            again: Vec::new(),
            criteria: Vec::new(),
            has_weights: false,
            vendors: String::new(),
            evaluators: String::new(),
            answers: 0,
            warnings: Vec::new(),
            more_warnings: 0,
            is_clear: false,
            seen: String::new(),
        }
    }

    /// The file is no longer at hand.
    /// The file is to be chosen again; what was said about it stays.
    pub(super) fn gone(layout: Layout, id: Option<&EvaluationId>, said: &Said) -> Self {
        Self {
            is_gone: true,
            ..Self::with(layout, id, said)
        }
    }

    fn with(layout: Layout, id: Option<&EvaluationId>, said: &Said) -> Self {
        Self {
            title: said.text("title").to_owned(),
            is_tender: said.text("kind") == "tender",
            set_title: said.text("set_title").to_owned(),
            said: said.statements(),
            ..Self::empty(layout, id)
        }
    }

    pub(super) fn new(
        layout: Layout,
        id: Option<&EvaluationId>,
        said: &Said,
        file: &HeldFile,
        shown: Shown,
        status: StatusCode,
    ) -> Self {
        let mut page = Self {
            is_stale: status == StatusCode::CONFLICT,
            is_refused: status == StatusCode::UNPROCESSABLE_ENTITY,
            file_name: file.name.clone(),
            held: said.text("held").to_owned(),
            ..Self::with(layout, id, said)
        };
        match shown {
            Shown::Mistakes(mistakes) => page.mistakes = mistakes.iter().map(mistake).collect(),
            Shown::Look(look) => page.show(&look, said),
        }
        let asked: Vec<&str> = page
            .questions
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        let said = page.said.iter();
        let said = said.filter(|(field, _)| !asked.contains(&field.as_str()));
        page.again = said.map(|(field, text)| Ask::again(field, text)).collect();
        page
    }

    fn show(&mut self, look: &OwnLook, said: &Said) {
        (self.problems, self.more_problems) = listed(&look.problems);
        (self.warnings, self.more_warnings) = listed(&look.warnings);
        self.questions = look
            .questions
            .iter()
            .map(|one| Ask::new(one, said))
            .collect();
        // While something is open, shares would be those of a set that nobody meant.
        self.is_clear = look.is_clear();
        if self.is_clear {
            self.criteria = look.criteria.iter().map(Row::new).collect();
            self.has_weights = look.criteria.iter().any(|one| !one.typed.is_empty());
            self.vendors = look.vendors.join(", ");
            self.evaluators = look.evaluators.join(", ");
            self.answers = look.answers;
            self.seen = look.seen.to_string();
        }
    }
}

impl Row {
    fn new(one: &OwnCriterion) -> Self {
        Self {
            id: one.id.clone(),
            title: one.title.clone(),
            category: one.category.clone(),
            judged: one.judged.clone(),
            typed: one.typed.clone(),
            share: format!("{} ({})", fixed(&one.share.percent(), 2), one.share),
        }
    }
}

fn listed(problems: &[OwnProblem]) -> (Vec<String>, usize) {
    let shown = problems.iter().take(LISTED).map(told).collect();
    (shown, problems.len().saturating_sub(LISTED))
}

/// `Tab Ana, row 4, Weight: "x": what is wrong`.
fn told(problem: &OwnProblem) -> String {
    let tab = problem.tab.as_ref().map(|tab| format!("tab {tab}"));
    let row = problem.row.map(|row| format!("row {row}"));
    let places: Vec<String> = [tab, row, problem.column.clone()]
        .into_iter()
        .flatten()
        .collect();
    let value = problem.value.as_ref().map(|value| format!("“{value}”: "));
    let place = if places.is_empty() {
        String::new()
    } else {
        format!("{}: ", places.join(", "))
    };
    format!("{place}{}{}", value.unwrap_or_default(), problem.message)
}

fn mistake(problem: &FieldProblem) -> String {
    // A form asks for the parts of a price one by one, so what is to be written in one field helps nobody.
    if let Some(title) = problem.field.strip_prefix("price:")
        && problem.message == NotATerm::NoPrice.to_string()
    {
        return format!(
            "how “{title}” scores is not clear: it takes two amounts without signs for thousands, the first the lower one, or \
             another way; and three letters for the currency, like EUR"
        );
    }
    let value = problem.value.as_ref().map(|value| format!("“{value}”: "));
    format!(
        "{}: {}{}",
        problem.field,
        value.unwrap_or_default(),
        problem.message
    )
}
