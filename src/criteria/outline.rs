//! A criteria set from the spreadsheet that an office already has: criteria as rows or as columns, and perhaps weights,
//! categories, scales, what scores mean, and the scores of vendors beside them.
//!
//! What comes out is the text of a criteria set, to be read, changed and kept like any other, and what a score sheet has to be
//! told to read the scores of the same file. Nothing is guessed: what the file leaves open is a [`Question`], answered by a
//! declaration ([`Terms`]). Weights are taken as they are written: those that add up to 100 are points, others are relative.

mod anchors;
mod by_vendor;
mod columns;
mod draft;
mod grid;
mod headings;
mod prices;
mod problem;
mod question;
mod role;
mod rows;
mod scale;
mod tables;
mod terms;
mod tree;
mod weights;
mod written;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::table::Limits;

pub use columns::ScoreLayout;
pub use grid::outline_tabs;
pub use problem::{OutlineProblem, OutlineRule};
pub use question::{Choice, Question};
pub use terms::{NotATerm, Terms};

use columns::Columns;
use draft::{Draft, Findings, Kind, Weight};
use grid::Grid;
use role::Role;
use scale::SaidScale;
use written::{Written, own_id};

/// What a spreadsheet does not say about its criteria.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The id of the set.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The tab with the criteria, if the file is a workbook and one is named.
    pub tab: Option<String>,
    /// What is declared.
    pub terms: Terms,
}

/// What a spreadsheet says about its criteria, and what is wrong with it or open.
#[derive(Debug, Clone)]
pub struct Outlined {
    /// The criteria set (TOML); `None` if there is a problem. While questions are open it only serves to look further: an open
    /// scale is then a very wide one.
    pub toml: Option<String>,
    /// The weight of each criterion as it is typed, in the order of the set; empty where none is.
    pub weights: Vec<String>,
    /// How the scores are laid out.
    pub layout: ScoreLayout,
    /// What a score sheet has to be told of the columns, as declarations.
    pub told: Vec<(String, String)>,
    /// The text of the table alone, if the file holds others.
    pub cut: Option<String>,
    /// Whether it is the sheet of our own workbooks that says a whole set, whatever else lies in the file.
    pub is_whole: bool,
    /// Everything that is wrong.
    pub problems: Vec<OutlineProblem>,
    /// Everything that is open.
    pub questions: Vec<Question>,
}

impl Outlined {
    fn refused(problems: Vec<OutlineProblem>, questions: Vec<Question>) -> Self {
        Self {
            toml: None,
            weights: Vec::new(),
            layout: ScoreLayout::None,
            told: Vec::new(),
            cut: None,
            is_whole: false,
            problems,
            questions,
        }
    }
}

/// Reads the criteria of a spreadsheet.
#[must_use]
pub fn outline(bytes: &[u8], outline: &Outline, limits: &Limits) -> Outlined {
    match Grid::read(bytes, outline.tab.as_deref(), &outline.terms, limits) {
        Ok(grid) if tree::is_tree(&grid) => of_tree(&grid, outline),
        Ok(grid) => of_table(&grid, outline),
        Err(problem) => Outlined::refused(vec![problem], Vec::new()),
    }
}

fn of_tree(grid: &Grid, outline: &Outline) -> Outlined {
    let mut findings = Findings::default();
    let tree = tree::read(grid, &outline.terms, &mut findings);
    if tree.drafts.is_empty() && findings.problems.is_empty() {
        findings.problems.push(OutlineRule::NoCriteria.of_file());
    }
    let drafts: Vec<Draft> = tree.drafts.iter().map(|(draft, _)| draft.clone()).collect();
    let written = Written {
        id: &outline.id,
        title: &outline.title,
        rules: &tree.rules,
        scale: usual_scale(&drafts),
        branches: tree.branches,
        criteria: tree
            .drafts
            .iter()
            .map(|(draft, category)| (draft, draft.id.clone(), category.clone()))
            .collect(),
    };
    let toml = written.text();
    Outlined {
        toml: findings.problems.is_empty().then_some(toml),
        weights: typed(&drafts),
        layout: ScoreLayout::None,
        told: Vec::new(),
        cut: None,
        is_whole: true,
        problems: findings.problems,
        questions: findings.questions,
    }
}

fn of_table(grid: &Grid, outline: &Outline) -> Outlined {
    let terms = &outline.terms;
    let mut findings = Findings::default();
    let Some(table) = tables::choose(grid, terms, &mut findings) else {
        return Outlined::refused(findings.problems, findings.questions);
    };
    let mut columns = Columns::new(&table.header, terms);
    if columns.has_no_criteria() {
        return Outlined::refused(vec![OutlineRule::NotAuditable.of_file()], Vec::new());
    }
    if columns.first(Role::Criterion).is_none() && columns.first(Role::Vendor).is_none() {
        return Outlined::refused(vec![OutlineRule::NoCriteria.of_file()], Vec::new());
    }
    columns.find_rubric(&table.body);
    let layout = columns.layout();
    let weight = weights::column(&columns, terms, &mut findings);
    let column = weight.unwrap_or_default();
    let mut drafts = match layout {
        ScoreLayout::ByVendor => {
            let header_row = grid.rows.get(grid.header).map_or(1, |(row, _)| *row);
            by_vendor::read(&table, &columns, header_row, terms, &mut findings)
        }
        _ => rows::read(&table, &columns, column, terms, &mut findings),
    };
    if drafts.is_empty() && findings.problems.is_empty() {
        findings.problems.push(OutlineRule::NoCriteria.of_file());
    }
    let heading = column.map_or("", |at| columns.heading(at));
    weights::compare_percents(&drafts, heading, &mut findings);
    weights::ask_priority(&drafts, heading, terms, &mut findings);
    if let Some(at) = column {
        for (row, cells) in &table.body {
            if let Some(over) = grid.merged.over(*row, at) {
                let text = cells.get(at).map_or("", String::as_str);
                let rule = OutlineRule::MergedWeight(over.to_string());
                findings.refuse(rule, *row, heading, text);
            }
        }
    }
    let scale = settle_scales(&mut drafts, terms, &mut findings);
    let are_numbers = drafts.iter().all(|draft| match &draft.weight {
        Weight::Typed(text, _) => text.bytes().any(|byte| byte.is_ascii_digit()),
        Weight::Unsaid | Weight::Open | Weight::PassFail => false,
    });
    let are_numbers = are_numbers && !weights::is_order(heading, terms);
    let told = columns.told_to_sheets(column.filter(|_| are_numbers));
    let toml = toml_of(&drafts, scale, outline, &mut findings);
    Outlined {
        toml: toml.filter(|_| findings.problems.is_empty()),
        weights: typed(&drafts),
        layout,
        told,
        cut: table.cut,
        is_whole: false,
        problems: findings.problems,
        questions: findings.questions,
    }
}

fn toml_of(
    drafts: &[Draft],
    scale: Option<SaidScale>,
    outline: &Outline,
    findings: &mut Findings,
) -> Option<String> {
    let mut taken = BTreeSet::from(["total".to_owned()]);
    let ids: Vec<String> = (1_usize..)
        .zip(drafts)
        .map(|(count, one)| own_id(&one.id, count, &mut taken))
        .collect();
    let branches = match written::branches(drafts, &mut taken) {
        Ok(branches) => branches,
        Err(at) => {
            let draft = drafts.get(at)?;
            findings.refuse(OutlineRule::NoWeight, draft.row, "", &draft.title);
            return None;
        }
    };
    let category = |draft: &Draft| {
        let mut branches = branches.iter();
        let found = branches.find(|one| {
            crate::table::name::fold(&one.title) == crate::table::name::fold(&draft.category)
        });
        found.map_or_else(String::new, |one| one.id.clone())
    };
    let criteria = drafts
        .iter()
        .zip(ids)
        .map(|(draft, id)| (draft, id, category(draft)))
        .collect();
    let written = Written {
        id: &outline.id,
        title: &outline.title,
        rules: &[],
        scale,
        branches: branches.clone(),
        criteria,
    };
    Some(written.text())
}

/// Gives every rated criterion a scale: its own, the declared one, or the one that its scores with a meaning span; else asks.
fn settle_scales(
    drafts: &mut [Draft],
    terms: &Terms,
    findings: &mut Findings,
) -> Option<SaidScale> {
    let meant: Vec<(Decimal, String)> = drafts
        .iter()
        .flat_map(|draft| draft.anchors.clone())
        .collect();
    let fallback = terms.scale.or_else(|| anchors::spanned(&meant));
    let is_open = |draft: &Draft| draft.kind == Kind::Rated && draft.scale.is_none();
    let fallback = if fallback.is_none() && drafts.iter().any(is_open) {
        let message = "on which scale are the scores? Write the lowest and the highest score, like 1..5 or 0..10";
        findings.ask(Question::typed("scale", "scale-needed", message));
        SaidScale::up_to(Decimal::from(999_999_999))
    } else {
        fallback
    };
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::Rated) {
        // A maximum alone leaves open where the scale begins; a declared scale that ends there says it.
        let completes = |said: &SaidScale| {
            draft
                .scale
                .is_some_and(|scale| scale.max == said.max && scale.min.is_zero())
        };
        draft.scale = terms.scale.filter(completes).or(draft.scale).or(fallback);
        if let Some(scale) = &mut draft.scale {
            scale.step = scale.step.or(terms.step);
        }
    }
    usual_scale(drafts)
}

/// The scale that most rated criteria have.
fn usual_scale(drafts: &[Draft]) -> Option<SaidScale> {
    let rated = drafts.iter().filter(|draft| draft.kind == Kind::Rated);
    let scales: Vec<SaidScale> = rated.filter_map(|draft| draft.scale).collect();
    let count = |scale: &SaidScale| scales.iter().filter(|other| *other == scale).count();
    scales
        .iter()
        .rev()
        .max_by_key(|scale| count(scale))
        .copied()
}

fn typed(drafts: &[Draft]) -> Vec<String> {
    let of = |draft: &Draft| match &draft.weight {
        Weight::Typed(text, _) => text.clone(),
        Weight::Unsaid | Weight::Open | Weight::PassFail => String::new(),
    };
    drafts.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{CriteriaSet, SetLimits};
    use super::*;
    use crate::exact::plain;

    fn asked() -> Outline {
        Outline {
            id: "own".to_owned(),
            title: "Our \"own\" set".to_owned(),
            tab: None,
            terms: Terms::parse([("scale", "1..5")]).unwrap(),
        }
    }

    fn toml_of(text: &str) -> String {
        let outlined = outline(text.as_bytes(), &asked(), &Limits::default());
        assert_eq!((outlined.problems, outlined.questions), (vec![], vec![]));
        outlined.toml.unwrap()
    }

    /// Category, id, title and percent of the whole of every criterion.
    fn set_of(text: &str) -> Vec<String> {
        let toml = toml_of(text);
        let set = CriteriaSet::parse(&toml, &SetLimits::default()).unwrap();
        assert_eq!(set.title(), "Our \"own\" set");
        let criteria = set.criteria().iter();
        criteria
            .map(|one| format!("{} {} {}", one.id(), one.title(), plain(one.weight())))
            .collect()
    }

    fn codes(text: &str) -> Vec<(Option<u32>, &'static str)> {
        let outlined = outline(text.as_bytes(), &asked(), &Limits::default());
        outlined
            .problems
            .iter()
            .map(|one| (one.row, one.code))
            .collect()
    }

    #[test]
    fn a_matrix_with_vendors_and_a_wrong_total_gives_its_criteria() {
        let text = "Criterion;Weight;Acme;Bolt\nSpeed;25%;4;3\nEase;12,5;5;2\nTotal;99;9;9\n";
        assert_eq!(set_of(text), ["C01 Speed 25", "C02 Ease 12.5"]);
    }

    #[test]
    fn title_rows_ids_and_headings_between_are_understood() {
        let text = "Our choice,,\n,,\nid,requirement,weight\n,Service desk,\nA-1,Tickets,3\nA-2,Mail,1\n,Platform,\nB-1,Sign-on,2\n";
        assert_eq!(
            set_of(text),
            ["A-1 Tickets 3", "A-2 Mail 1", "B-1 Sign-on 2"]
        );
        let toml = toml_of(text);
        assert!(toml.contains("id = \"service-desk\"") && toml.contains("title = \"Platform\""));
    }

    #[test]
    fn without_weights_all_weigh_the_same() {
        let text = "criterion,description\nSpeed,\"how fast\nit is\"\nEase,how easy\n";
        assert_eq!(set_of(text), ["C01 Speed 1", "C02 Ease 1"]);
    }

    #[test]
    fn a_declared_scale_says_where_one_begins_that_only_ends() {
        let toml = toml_of("criterion,weight,max\nSpeed,1,5\nEase,1,10\n");
        let set = CriteriaSet::parse(&toml, &SetLimits::default()).unwrap();
        let ends = |at: usize| match set.criteria()[at].kind() {
            crate::criteria::Kind::Rated(rated) => {
                (plain(rated.scale().min()), plain(rated.scale().max()))
            }
            kind => panic!("{kind:?}"),
        };
        assert_eq!(ends(0), ("1".to_owned(), "5".to_owned()));
        assert_eq!(ends(1), ("0".to_owned(), "10".to_owned()));
    }

    #[test]
    fn a_part_of_one_among_percents_is_no_weight() {
        let mixed = "criterion,weight\nSpeed,50%\nEase,0.5\nDesk,1\nMail,12\n";
        assert_eq!(
            codes(mixed),
            [(Some(3), "ambiguous-number"), (Some(4), "ambiguous-number")]
        );
        assert_eq!(codes("criterion,weight\nSpeed,0.5\nEase,0.25\n"), []);
    }

    #[test]
    fn numbers_under_priority_are_asked_about_unless_only_one_reading_is_left() {
        let open = |text: &str, said: &[(&str, &str)]| {
            let terms = [("scale", "1..5")].iter().chain(said).copied();
            let terms = Terms::parse(terms).unwrap();
            let asked = Outline { terms, ..asked() };
            let outlined = outline(text.as_bytes(), &asked, &Limits::default());
            let fields = outlined.questions.iter().map(|one| one.field.clone());
            (fields.collect::<Vec<String>>(), outlined.toml.unwrap())
        };
        let text = "criterion,Priority\nSpeed,1\nEase,2\nDesk,2\n";
        for heading in [
            "Priority",
            "Prio (1-3)",
            "Importance (1 = highest)",
            "Weight rank",
        ] {
            let text = text.replace("Priority", heading);
            assert_eq!(open(&text, &[]).0, ["priority"], "{heading}");
        }
        let (fields, toml) = open(text, &[("priority", "weights")]);
        assert!(fields.is_empty() && toml.contains("weight = 2"));
        let order = [("priority", "order"), ("weight:1", "5")];
        assert_eq!(open(text, &order).0, ["weight:2"]);
        let (fields, toml) = open(text, &[order[0], order[1], ("weight:2", "3")]);
        assert!(fields.is_empty() && toml.contains("weight = 5"));
        for clear in [
            "criterion,Priority\nSpeed,60\nEase,40\n",
            "criterion,Prio\nSpeed,3\nEase,3\n",
            "criterion,Priority\nSpeed,30%\nEase,20%\n",
            "criterion,Weight\nSpeed,1\nEase,2\n",
        ] {
            assert!(open(clear, &[]).0.is_empty(), "{clear}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once_in_their_rows() {
        let text = "criterion,weight\nSpeed,0\nEase,\nspeed,3\nMail,1.000\nDesk,0\n";
        assert_eq!(
            codes(text),
            [
                (Some(2), "not-a-weight"),
                (Some(4), "duplicate-criterion"),
                (Some(5), "ambiguous-number"),
                (Some(6), "not-a-weight"),
            ]
        );
        let bare = "criterion,weight\nSpeed,2\nEase,\nDesk,\nMail,1\nLast,\n";
        assert_eq!(
            codes(bare),
            [(Some(3), "nothing-under"), (Some(6), "nothing-under")]
        );
        assert_eq!(codes("a,b\n1,2\n"), [(None, "missing-column")]);
        assert_eq!(codes("%PDF-1.7"), [(None, "not-text")]);
    }
}
