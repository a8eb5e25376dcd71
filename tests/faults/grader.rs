//! The grades that the HTTP Observatory of Mozilla and MDN gives for headers, by its published rules.

use reqwest::header::HeaderMap;

/// How a page is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Over TLS: everything counts.
    Tls,
    /// Over the loopback address, where what needs TLS cannot be had: strict transport, and cookies marked as secure.
    Loopback,
}

/// What one rule adds or takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub rule: &'static str,
    pub score: i32,
}

/// The sum of all marks; bonuses count only where the rest is at least 90.
pub fn score(marks: &[Mark]) -> i32 {
    let lost: i32 = marks.iter().map(|mark| mark.score.min(0)).sum();
    let won: i32 = marks.iter().map(|mark| mark.score.max(0)).sum();
    let rest = 100 + lost;
    if rest >= 90 { rest + won } else { rest.max(0) }
}

/// The grade of a score.
pub fn grade(score: i32) -> &'static str {
    match score {
        100.. => "A+",
        90.. => "A",
        85.. => "A-",
        80.. => "B+",
        70.. => "B",
        65.. => "B-",
        60.. => "C+",
        50.. => "C",
        45.. => "C-",
        40.. => "D+",
        30.. => "D",
        25.. => "D-",
        _ => "F",
    }
}

/// Goes through the rules for one answer. `foreign_scripts` is how many scripts of other hosts its page runs.
pub fn marks(headers: &HeaderMap, way: Way, foreign_scripts: usize) -> Vec<Mark> {
    let all = [
        ("content-security-policy", policy(headers)),
        ("cookies", cookies(headers, way)),
        ("strict-transport-security", transport(headers, way)),
        ("x-content-type-options", kinds(headers)),
        ("x-frame-options", framing(headers)),
        ("referrer-policy", referrer(headers)),
        (
            "cross-origin-resource-policy",
            bonus(headers, "cross-origin-resource-policy", "same-origin"),
        ),
        (
            "cross-origin-embedder-policy",
            bonus(headers, "cross-origin-embedder-policy", "require-corp"),
        ),
        (
            "cross-origin-opener-policy",
            bonus(headers, "cross-origin-opener-policy", "same-origin"),
        ),
        (
            "subresource-integrity",
            if foreign_scripts == 0 { 0 } else { -50 },
        ),
        ("cross-origin-resource-sharing", sharing(headers)),
    ];
    all.map(|(rule, score)| Mark { rule, score }).to_vec()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The sources of a directive, and whether it is there.
fn directive<'a>(policy: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let parts = policy.split(';').map(str::split_whitespace);
    for mut part in parts {
        if part.next() == Some(name) {
            return Some(part.collect());
        }
    }
    None
}

fn policy(headers: &HeaderMap) -> i32 {
    let policy = text(headers, "content-security-policy");
    if policy.is_empty() {
        return -25;
    }
    let default = directive(policy, "default-src").unwrap_or_else(|| vec!["*"]);
    let of = |name| directive(policy, name).unwrap_or_else(|| default.clone());
    let unsafe_sources = [
        "'unsafe-inline'",
        "'unsafe-eval'",
        "*",
        "data:",
        "http:",
        "https:",
    ];
    let is_unsafe = |sources: &[&str]| sources.iter().any(|one| unsafe_sources.contains(one));
    if is_unsafe(&of("script-src")) || is_unsafe(&of("object-src")) {
        return -20;
    }
    if of("style-src").contains(&"'unsafe-inline'") {
        return 0;
    }
    let closed = |name| {
        directive(policy, name)
            .is_some_and(|sources| sources == ["'none'"] || sources == ["'self'"])
    };
    let has_no_default = default == ["'none'"];
    let sandboxed = directive(policy, "sandbox").is_some_and(|allowed| allowed.is_empty());
    let closes_the_rest = ["base-uri", "form-action", "frame-ancestors"]
        .iter()
        .all(|name| closed(name));
    if has_no_default && (closes_the_rest || sandboxed) {
        10
    } else {
        5
    }
}

fn cookies(headers: &HeaderMap, way: Way) -> i32 {
    let mut worst = 5;
    let set: Vec<&str> = headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    for cookie in &set {
        let has = |attribute: &str| {
            cookie
                .split(';')
                .any(|part| part.trim().to_lowercase().starts_with(attribute))
        };
        let lost = match (
            has("secure") || way == Way::Loopback,
            has("httponly"),
            has("samesite="),
        ) {
            (false, _, _) => -40,
            (true, false, _) => -30,
            (true, true, false) => -20,
            (true, true, true) => 5,
        };
        worst = worst.min(lost);
    }
    if set.is_empty() { 0 } else { worst }
}

fn transport(headers: &HeaderMap, way: Way) -> i32 {
    if way == Way::Loopback {
        return 0;
    }
    let strict = text(headers, "strict-transport-security");
    let age = strict
        .split(';')
        .find_map(|part| part.trim().strip_prefix("max-age="));
    match age.and_then(|seconds| seconds.parse::<u64>().ok()) {
        None => -20,
        Some(seconds) if seconds < 15_768_000 => -10,
        Some(_) => 0,
    }
}

fn kinds(headers: &HeaderMap) -> i32 {
    if text(headers, "x-content-type-options") == "nosniff" {
        0
    } else {
        -5
    }
}

fn framing(headers: &HeaderMap) -> i32 {
    let ancestors = directive(text(headers, "content-security-policy"), "frame-ancestors");
    match ancestors {
        Some(_) => 5,
        None if matches!(text(headers, "x-frame-options"), "DENY" | "SAMEORIGIN") => 0,
        None => -20,
    }
}

fn referrer(headers: &HeaderMap) -> i32 {
    match text(headers, "referrer-policy") {
        "no-referrer" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" => 5,
        "" => 0,
        _ => -5,
    }
}

fn bonus(headers: &HeaderMap, name: &str, wanted: &str) -> i32 {
    if text(headers, name) == wanted { 10 } else { 0 }
}

fn sharing(headers: &HeaderMap) -> i32 {
    match text(headers, "access-control-allow-origin") {
        "" => 0,
        _ => -50,
    }
}
