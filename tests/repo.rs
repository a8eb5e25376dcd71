//! What the repository holds itself to: the layering of its rooms, escaping in templates, and a README that tells the truth.
//!
//! These are searches in text: they catch slips, not intent.

#[path = "repo/contrast.rs"]
mod contrast;
#[path = "repo/files.rs"]
mod files;
#[path = "repo/layers.rs"]
mod layers;

use std::collections::BTreeSet;

use files::TextFile;
use layers::{breaches, room_of};
use scorecard::criteria::{CriteriaSet, SetLimits};

/// The most lines a source file may have before its tests.
const MAX_LINES: usize = 400;

fn sources() -> Vec<TextFile> {
    let sources = files::with_extension("src", "rs");
    assert!(sources.len() > 10, "the search for sources finds too few");
    sources
}

/// The templates that are filled in; what lies in `templates/static/` is served as it is.
fn templates() -> Vec<TextFile> {
    let mut templates = files::below("templates");
    templates.retain(|file| !file.path.starts_with("templates/static/"));
    templates
}

fn without_blanks(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

#[test]
fn every_room_knows_only_what_stands_to_its_left() {
    for file in sources() {
        if let Some(room) = room_of(&file.path) {
            assert_eq!(breaches(room, &file.text), [""; 0], "in {}", file.path);
        }
    }
}

#[test]
fn the_layer_check_catches_a_planted_breach() {
    for (room, text, named) in [
        ("scoring", "use crate::sheets::read;", "sheets"),
        (
            "exact",
            "use crate::{\n    exact::Fraction,\n    web::{self, cli},\n};",
            "web",
        ),
        (
            "table",
            "let set = crate::criteria::CriteriaSet::parse(text);",
            "criteria",
        ),
        ("criteria", "use super::evaluation::Answer;", "evaluation"),
        ("sheets", "use scorecard::scoring;", "scoring"),
        ("scoring", "use askama::Template;", "askama"),
        ("service", "use actix_web::HttpResponse;", "actix"),
        (
            "reports",
            "let db = rusqlite::Connection::open(path);",
            "rusqlite",
        ),
        ("evaluation", "use clap;", "clap"),
        (
            "reports",
            "let sheet = rust_xlsxwriter::Worksheet::new();",
            "rust_xlsxwriter",
        ),
        ("sheets", "std::fs::read(path)", "std::fs"),
        ("lobby", "", "none of the rooms"),
    ] {
        let found = breaches(room, text);
        assert_eq!(found.len(), 1, "{text} in {room} gives {found:?}");
        assert!(found[0].contains(named), "{text} in {room} gives {found:?}");
    }
}

#[test]
fn the_layer_check_lets_honest_code_pass() {
    for (room, text) in [
        (
            "scoring",
            "use crate::{criteria::{Lens, Kind}, exact::Fraction};",
        ),
        (
            "reports",
            "use askama::Template;\nuse crate::scoring::rank;",
        ),
        (
            "exact",
            "// crate::web prints this, through askama::Template\nuse super::Fraction;",
        ),
        (
            "cli",
            "use clap::Parser;\nuse std::fs;\nuse crate::reports;",
        ),
        ("table", "let collapse = 1; let unclap::x = 2;"),
    ] {
        assert_eq!(breaches(room, text), [""; 0], "{text} in {room}");
    }
}

#[test]
fn no_source_file_has_grown_into_two_rooms() {
    let grown: Vec<String> = sources()
        .iter()
        .filter(|file| file.lines_before_tests() > MAX_LINES)
        .map(|file| format!("{}: {} lines", file.path, file.lines_before_tests()))
        .collect();
    assert_eq!(grown, [""; 0], "more than {MAX_LINES} lines without tests");
}

#[test]
fn no_lint_is_switched_off_without_a_reason() {
    // `expect` complains once it is no longer needed, and the lints make it give a reason.
    let switch = ["#[allow", "("].concat();
    let inner_switch = ["#![allow", "("].concat();
    for folder in ["src", "tests", "benches"] {
        for file in files::with_extension(folder, "rs") {
            let off = file.text.contains(&switch) || file.text.contains(&inner_switch);
            assert!(!off, "{} switches a lint off", file.path);
        }
    }
}

#[test]
fn numbers_from_outside_are_read_by_the_one_strict_grammar() {
    let lenient = [
        "Decimal::from_str",
        "parse::<Decimal>",
        "Decimal::from_scientific",
        "Decimal::from_f64",
        "Decimal::from_f32",
    ];
    for file in sources() {
        let found = lenient.iter().find(|name| file.text.contains(**name));
        let allowed = room_of(&file.path) == Some("exact");
        assert!(found.is_none() || allowed, "{} uses {found:?}", file.path);
    }
}

#[test]
fn no_template_and_no_page_switches_escaping_off() {
    let off = ["|safe", "escape=\"none\"", "|escape(\"none", "|e(\"none"];
    let trusted = ["HtmlSafe", "filters::Safe", "filters::MaybeSafe"];
    for file in templates().iter().chain(&sources()) {
        let text = without_blanks(&file.text);
        let found = off.iter().find(|switch| text.contains(**switch));
        assert_eq!(found, None, "in {}", file.path);
    }
    for file in sources() {
        let found = trusted.iter().find(|name| file.text.contains(**name));
        assert_eq!(found, None, "in {}", file.path);
    }
}

#[test]
fn every_template_is_reached_from_the_code() {
    let templates = templates();
    let sources = sources();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = templates
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| sources.iter().any(|file| is_filled_in(&file.text, path)))
        .collect();
    while let Some(path) = open.pop() {
        if reached.insert(path) {
            let from = templates.iter().find(|file| file.path == path);
            let text = from.map_or("", |file| file.text.as_str());
            let next = templates
                .iter()
                .filter(|file| is_built_in(text, &file.path));
            open.extend(next.map(|file| file.path.as_str()));
        }
    }
    let all: BTreeSet<&str> = templates.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(reached, all);
}

/// Whether code fills a template in: `path = "name.html"`.
fn is_filled_in(code: &str, template: &str) -> bool {
    let name = template.trim_start_matches("templates/");
    without_blanks(code).contains(&format!("path=\"{name}\""))
}

/// Whether a template builds on another: `extends`, `include` or `import`, by the path from `templates/` or by file name.
fn is_built_in(text: &str, template: &str) -> bool {
    let name = template.trim_start_matches("templates/");
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let text = without_blanks(text);
    ["extends", "include", "import"].iter().any(|word| {
        [name, file_name]
            .iter()
            .any(|name| text.contains(&format!("{word}\"{name}\"")))
    })
}

#[test]
fn every_shipped_criteria_set_is_read_without_a_problem() {
    let shipped = files::with_extension("criteria", "toml");
    assert!(!shipped.is_empty(), "no criteria set is shipped");
    for file in shipped {
        let set = CriteriaSet::parse(&file.text, &SetLimits::default())
            .unwrap_or_else(|problems| panic!("{}: {problems:?}", file.path));
        assert_eq!(file.path, format!("criteria/{}.toml", set.id()));
    }
}

#[test]
fn the_project_speaks_only_of_itself() {
    // Put together here so that this file does not contain them.
    let foreign = [
        ["crates", ".io"],
        ["static.", "crates"],
        ["/work", "/"],
        ["/root", "/"],
        ["DESIGN", ".md"],
        ["ROBUSTNESS", ".md"],
        ["EXAMPLES", ".md"],
        ["CRATES", ".md"],
        ["COMMON", ".md"],
        ["itsm-criteria", ".csv"],
    ]
    .map(|parts| parts.concat());
    for folder in ["src", "criteria", "templates", "tests", "benches", ".ci"] {
        for file in files::below(folder) {
            speaks_only_of_itself(&file.path, &file.text, &foreign);
        }
    }
    for path in [
        "Cargo.toml",
        "README.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "deny.toml",
    ] {
        speaks_only_of_itself(path, &files::read(path), &foreign);
    }
}

fn speaks_only_of_itself(path: &str, text: &str, foreign: &[String]) {
    let found = foreign.iter().find(|name| text.contains(name.as_str()));
    assert_eq!(found, None, "in {path}");
}

/// Every `SCORECARD_…` variable that a text names.
fn variables(text: &str) -> BTreeSet<String> {
    let start = "SCORECARD_";
    let named = text.split(start).skip(1).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
        format!("{start}{}", &rest[..end.unwrap_or(rest.len())])
    });
    named.collect()
}

#[test]
fn the_table_of_settings_names_the_variables_of_the_code_and_no_other() {
    let readme = files::read("README.md");
    let table = readme
        .split("\n## Settings\n")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .unwrap_or_default();
    let code: String = files::with_extension("src/cli", "rs")
        .into_iter()
        .map(|file| file.text)
        .collect();
    assert_eq!(variables(table), variables(&code));
    for row in table.lines().filter(|line| line.starts_with("| `--")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let flag = cells[1].trim_matches('`').trim_start_matches("--");
        let variable = format!("`SCORECARD_{}`", flag.replace('-', "_").to_uppercase());
        assert_eq!(cells[2], variable, "the variable of --{flag}");
    }
}

#[test]
fn the_readme_gives_the_two_commands_and_the_checks_run_the_same_test_command() {
    let readme = files::read("README.md");
    let tests = ".ci/test";
    for command in ["cargo run --release\n", tests] {
        assert!(readme.contains(&format!("\n$ {command}")), "{command}");
    }
    assert!(files::read(".ci/run").contains(&format!("\nstep {tests}\n")));
}

#[test]
fn the_worked_example_of_the_readme_is_the_one_that_is_run() {
    let readme = files::read("README.md");
    for path in ["criteria.toml", "scores.csv"] {
        let text = files::read(&format!("tests/data/worked-example/{path}"));
        assert!(readme.contains(&text), "{path}");
    }
}
