//! Every address of the service with its methods, out of the files that say which there are.

use std::collections::BTreeSet;

const FILES: [&str; 3] = [
    include_str!("../../src/web/routes.rs"),
    include_str!("../../src/web/exports.rs"),
    include_str!("../../src/web/api/mod.rs"),
];

const METHODS: [(&str, &str); 4] = [
    ("get()", "GET"),
    ("post()", "POST"),
    ("put()", "PUT"),
    ("delete()", "DELETE"),
];

/// The method and the address as the table has it, like `GET /evaluations/{id}/why`.
pub fn all() -> BTreeSet<(&'static str, String)> {
    let mut all = BTreeSet::new();
    for file in FILES {
        let names = constants(file);
        for function in file.split("\nfn ").chain(file.split("\npub(super) fn ")) {
            let function = function.split("\n}").next().unwrap();
            let base = base(function);
            for (path, rest) in resources(function, &base, &names) {
                let methods = METHODS.iter().filter(|(call, _)| rest.contains(call));
                let mut methods: Vec<&str> = methods.map(|(_, method)| *method).collect();
                if methods.is_empty() {
                    // Pictures get theirs from a function of their own.
                    methods.push("GET");
                }
                all.extend(methods.into_iter().map(|method| (method, path.clone())));
            }
        }
    }
    assert!(all.len() > 140, "{} {all:?}", all.len());
    all
}

/// `const SIGN_IN: &str = "/sign-in";` and the like.
fn constants(file: &'static str) -> Vec<(&'static str, &'static str)> {
    let found = file.lines().filter_map(|line| {
        let (name, rest) = line.split_once("const ")?.1.split_once(": &str = \"")?;
        Some((name, rest.split('"').next()?))
    });
    found.collect()
}

/// What the addresses of a function begin with that are written with `at`.
fn base(function: &str) -> String {
    let said = function.split_once("resource(format!(\"");
    let said = said.and_then(|(_, rest)| rest.split_once('"'));
    let said = said.map_or("/evaluations/{id}/", |(base, _)| base);
    let said = said.replace("{{", "{").replace("}}", "}");
    let parameters = ["{below}", "{name}", "{path}"];
    let cut = parameters.iter().find_map(|one| said.strip_suffix(one));
    cut.unwrap_or(&said).to_owned()
}

/// Each address of a function, with what is said of it.
fn resources<'a>(function: &'a str, base: &str, names: &[(&str, &str)]) -> Vec<(String, &'a str)> {
    let mut starts: Vec<usize> = ["at(", "resource("]
        .iter()
        .flat_map(|call| function.match_indices(call))
        .map(|(at, _)| at)
        .collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([function.len()]);
    let parts = starts.iter().zip(ends);
    let parts = parts.filter_map(|(start, end)| function.get(*start..end));
    let found = parts.filter_map(|part| {
        let (call, rest) = part.split_once('(')?;
        let path = if let Some(text) = rest.strip_prefix('"') {
            text.split('"').next()?.to_owned()
        } else {
            let name = rest.split(')').next()?;
            let (_, path) = names.iter().find(|(known, _)| *known == name)?;
            (*path).to_owned()
        };
        let base = if call == "at" { base } else { "" };
        Some((format!("{base}{path}"), rest))
    });
    found.collect()
}
