//! A case written down as people would: criteria as TOML, answers as CSV sheets.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{Ans, Case, Criterion, Kind, Rule, Scale, Set, Weights};

/// How the answers are spread over sheets.
#[derive(Debug, Clone)]
pub struct Layout {
    pub shape: Shape,
    /// Earlier answers by vendor, criterion and evaluator, in a sheet of their own; later sheets replace or clear them.
    pub drafts: BTreeMap<(usize, usize, usize), Ans>,
    /// Rows from the last to the first.
    pub backwards: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One long sheet with an evaluator column.
    LongTogether,
    /// One long sheet for each evaluator, who is named on uploading.
    LongEach,
    /// One wide sheet for each evaluator, who is named on uploading.
    WideEach,
}

/// One long sheet, rows in order.
pub const PLAIN: Layout = Layout {
    shape: Shape::LongTogether,
    drafts: BTreeMap::new(),
    backwards: false,
};

/// One file to upload.
#[derive(Debug, Clone)]
pub struct Upload {
    pub name: String,
    pub text: String,
    /// The evaluator named on uploading.
    pub evaluator: Option<String>,
}

/// The criteria set as TOML.
pub fn toml(set: &Set) -> String {
    let mut out = String::new();
    toml_into(&mut out, set).expect("writing to memory");
    out
}

fn toml_into(out: &mut String, set: &Set) -> std::fmt::Result {
    let weights = match set.weights {
        Weights::Points => "points",
        Weights::Shares => "shares",
        Weights::Relative => "relative",
    };
    writeln!(out, "id = \"oracle\"\ntitle = \"Oracle\"\nversion = \"1\"")?;
    writeln!(out, "weights = \"{weights}\"\n\n[scale]")?;
    writeln!(out, "min = {}\nmax = {}", set.scale.min, set.scale.max)?;
    if let Some(step) = set.scale.step {
        writeln!(out, "step = {step}")?;
    }
    let evaluators = if set.median { "median" } else { "mean" };
    let points = if set.of_max { "of-max" } else { "from-min" };
    writeln!(out, "\n[rules]\nevaluators = \"{evaluators}\"")?;
    writeln!(out, "points = \"{points}\"")?;
    if let Some(minimum) = set.total_minimum {
        writeln!(out, "total_minimum = {minimum}")?;
    }
    for category in &set.categories {
        let id = &category.id;
        writeln!(out, "\n[[category]]\nid = \"{id}\"\ntitle = \"The {id}\"")?;
        if let Some(parent) = category.parent {
            writeln!(out, "parent = \"{}\"", set.categories[parent].id)?;
        }
        if set.weights != Weights::Points {
            writeln!(out, "weight = {}", category.weight)?;
        }
        if let Some(minimum) = category.minimum {
            writeln!(out, "minimum = {minimum}")?;
        }
    }
    for criterion in &set.criteria {
        criterion_into(out, set, criterion)?;
    }
    for lens in &set.lenses {
        let weighted = set.criteria.iter().zip(&lens.weights);
        let weights: Vec<String> = weighted
            .filter(|(criterion, _)| !matches!(criterion.kind, Kind::PassFail))
            .map(|(criterion, weight)| format!("\"{}\" = {weight}", criterion.id))
            .collect();
        let (id, weights) = (&lens.id, weights.join(", "));
        writeln!(
            out,
            "\n[[lens]]\nid = \"{id}\"\ntitle = \"{id}\"\nweights = {{ {weights} }}"
        )?;
        for (id, criteria) in &lens.metrics {
            let ids: Vec<String> = criteria
                .iter()
                .map(|&at| format!("\"{}\"", set.criteria[at].id))
                .collect();
            let ids = ids.join(", ");
            writeln!(
                out,
                "[[lens.metric]]\nid = \"{id}\"\ntitle = \"{id}\"\ncriteria = [{ids}]"
            )?;
        }
    }
    Ok(())
}

fn criterion_into(out: &mut String, set: &Set, criterion: &Criterion) -> std::fmt::Result {
    let id = &criterion.id;
    writeln!(
        out,
        "\n[[criterion]]\nid = \"{id}\"\ntitle = \"How {id} does\""
    )?;
    writeln!(
        out,
        "category = \"{}\"",
        set.categories[criterion.category].id
    )?;
    if !matches!(criterion.kind, Kind::PassFail) {
        writeln!(out, "weight = {}", criterion.weight)?;
    }
    match &criterion.kind {
        Kind::Rated {
            scale,
            lower,
            gate,
            not_applicable,
        } => {
            if let Some(Scale { min, max, step }) = scale {
                let step = step.map_or_else(String::new, |step| format!(", step = {step}"));
                writeln!(out, "scale = {{ min = {min}, max = {max}{step} }}")?;
            }
            if *lower {
                writeln!(out, "direction = \"lower\"")?;
            }
            if let Some(limit) = gate {
                let key = if *lower { "maximum" } else { "minimum" };
                writeln!(out, "{key} = {limit}")?;
            }
            if *not_applicable {
                writeln!(out, "not_applicable = true")?;
            }
        }
        Kind::Priced { rule, maximum } => {
            let rule = match rule {
                Rule::FixedRange { floor, ceiling } => {
                    format!("\"fixed-range\", floor = {floor}, ceiling = {ceiling}")
                }
                Rule::LowestRatio => "\"lowest-ratio\"".to_owned(),
                Rule::LinearToLowest => "\"linear-to-lowest\"".to_owned(),
                Rule::LinearRange => "\"linear-range\"".to_owned(),
            };
            writeln!(out, "price = {{ rule = {rule}, currency = \"EUR\" }}")?;
            if let Some(maximum) = maximum {
                writeln!(out, "maximum = {maximum}")?;
            }
        }
        Kind::PassFail => writeln!(out, "kind = \"pass-fail\"")?,
    }
    Ok(())
}

/// The sheets, in the order they are to be filed.
pub fn sheets(case: &Case, layout: &Layout) -> Vec<Upload> {
    let mut uploads = Vec::new();
    if !layout.drafts.is_empty() {
        let text = long(case, None, layout.backwards, &|cell| {
            layout.drafts.get(&cell).map(|&draft| written(draft, cell))
        });
        uploads.push(upload("drafts", text, None));
    }
    let cell = |cell: (usize, usize, usize)| match case.answers.get(&cell) {
        Some(&answer) => Some(written(answer, cell)),
        None if layout.drafts.contains_key(&cell) => Some("clear".to_owned()),
        None => None,
    };
    if layout.shape == Shape::LongTogether || case.evaluators.is_empty() {
        let text = long(case, None, layout.backwards, &cell);
        uploads.push(upload("answers", text, None));
        return uploads;
    }
    for evaluator in 0..case.evaluators.len() {
        let name = &case.evaluators[evaluator];
        let text = match layout.shape {
            Shape::WideEach => wide(case, evaluator, layout.backwards, &cell),
            _ => long(case, Some(evaluator), layout.backwards, &cell),
        };
        uploads.push(upload(name, text, Some(name.clone())));
    }
    uploads
}

fn upload(name: &str, text: String, evaluator: Option<String>) -> Upload {
    Upload {
        name: format!("{name}.csv"),
        text,
        evaluator,
    }
}

type CellText<'a> = &'a dyn Fn((usize, usize, usize)) -> Option<String>;

fn long(case: &Case, only: Option<usize>, backwards: bool, cell: CellText) -> String {
    let mut rows = Vec::new();
    for vendor in 0..case.vendors.len() {
        for criterion in 0..case.set.criteria.len() {
            let (name, id) = (&case.vendors[vendor], &case.set.criteria[criterion].id);
            // Without anyone to score, the vendors are still to be known.
            if case.evaluators.is_empty() {
                rows.push(format!("{name},{id},,Nobody,"));
            }
            for evaluator in 0..case.evaluators.len() {
                if only.is_some_and(|only| only != evaluator) {
                    continue;
                }
                let who = &case.evaluators[evaluator];
                let said = cell((vendor, criterion, evaluator));
                let why = reason(who, said.as_deref());
                let said = said.unwrap_or_else(|| not_yet(vendor, criterion).to_owned());
                rows.push(match only {
                    Some(_) => format!("{name},How {id} does,{said},{why}"),
                    None => format!("{name},{id},{said},{who},{why}"),
                });
            }
        }
    }
    if backwards {
        rows.reverse();
    }
    let header = match only {
        Some(_) => "vendor,criterion,score,comment",
        None => "vendor,criterion,score,evaluator,comment",
    };
    rows.insert(0, header.to_owned());
    rows.join("\n")
}

fn wide(case: &Case, evaluator: usize, backwards: bool, cell: CellText) -> String {
    let who = &case.evaluators[evaluator];
    let mut rows: Vec<String> = (0..case.set.criteria.len())
        .map(|criterion| {
            let cells = (0..case.vendors.len()).map(|vendor| {
                let said = cell((vendor, criterion, evaluator));
                let why = reason(who, said.as_deref());
                let said = said.unwrap_or_else(|| not_yet(vendor, criterion).to_owned());
                format!("{said},{why}")
            });
            let cells: Vec<String> = cells.collect();
            format!("{},{}", case.set.criteria[criterion].id, cells.join(","))
        })
        .collect();
    if backwards {
        rows.reverse();
    }
    let vendors: Vec<String> = case
        .vendors
        .iter()
        .map(|name| format!("{name},{name} comment"))
        .collect();
    rows.insert(0, format!("criterion,{}", vendors.join(",")));
    rows.join("\r\n")
}

/// The moderated score is given with a reason.
fn reason(who: &str, said: Option<&str>) -> &'static str {
    if who == "consensus" && said.is_some() {
        "agreed in the meeting"
    } else {
        ""
    }
}

fn written(answer: Ans, (vendor, criterion, evaluator): (usize, usize, usize)) -> String {
    let turn = vendor.saturating_add(criterion).saturating_add(evaluator);
    let word = |words: &[&str]| words[turn.checked_rem(words.len()).unwrap_or(0)].to_owned();
    match answer {
        Ans::Number(number) => number.to_string(),
        Ans::Pass => word(&["pass", "yes", "Pass"]),
        Ans::Fail => word(&["fail", "no", "NO"]),
        Ans::Silent => word(&["no response", "not answered", "No Response"]),
        Ans::NotApplicable => word(&["N/A", "n.a.", "NA"]),
    }
}

fn not_yet(vendor: usize, criterion: usize) -> &'static str {
    let words = ["", "", "-", "TBC", "?", "tbd"];
    let turn = vendor.saturating_mul(3).saturating_add(criterion);
    words[turn.checked_rem(words.len()).unwrap_or(0)]
}
