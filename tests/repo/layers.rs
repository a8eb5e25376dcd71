//! The layering: which room may know which, and which library belongs to which room.

/// The rooms from left to right. A room may know what stands in the rows above it; rooms in one row do not know each other.
const ROOMS: [&[&str]; 11] = [
    &["exact"],
    &["table"],
    &["criteria"],
    &["evaluation"],
    &["sheets", "scoring"],
    &["reports"],
    &["accounts"],
    &["record"],
    &["store"],
    &["service"],
    &["web", "cli"],
];

/// What only some rooms may name. `main` may name everything.
const KEPT_IN: [(&str, &[&str]); 13] = [
    ("actix", &["web"]),
    ("askama", &["reports", "web"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("rusqlite", &["store"]),
    ("rust_xlsxwriter", &["table"]),
    ("calamine", &["table"]),
    ("quick_xml", &["table"]),
    ("zip", &["table"]),
    ("sqlx", &["store"]),
    ("std::env", &["cli"]),
    ("std::fs", &["store", "service", "web", "cli"]),
    ("std::net", &["web", "cli"]),
];

/// The room a source file stands in; `None` for `src/lib.rs` and `src/main.rs`.
pub fn room_of(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    if inner == "lib.rs" || inner == "main.rs" {
        return None;
    }
    let first = inner.split('/').next().unwrap_or(inner);
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

/// Everything a room's source text names that it must not know.
pub fn breaches(room: &str, text: &str) -> Vec<String> {
    let Some(row) = row_of(room) else {
        return vec![format!("`{room}` is none of the rooms")];
    };
    let code = without_comment_lines(text);
    let foreign = rooms_named(&code)
        .into_iter()
        .filter(|named| *named != room && row_of(named).is_some_and(|named_row| named_row >= row));
    let mut found: Vec<String> = foreign
        .map(|named| format!("`{room}` knows the room `{named}`"))
        .collect();
    for (name, rooms) in KEPT_IN {
        if !rooms.contains(&room) && names(&code, name) {
            found.push(format!("`{room}` knows `{name}`"));
        }
    }
    found
}

fn row_of(room: &str) -> Option<usize> {
    ROOMS.iter().position(|row| row.contains(&room))
}

/// Comments may point to any room, code may not.
fn without_comment_lines(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms named right behind `crate::`, `scorecard::` or `super::`, alone or in braces.
fn rooms_named(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for root in ["crate::", "scorecard::", "super::"] {
        for (at, _) in code.match_indices(root) {
            let rest = code[at..].strip_prefix(root).unwrap_or_default();
            match rest.strip_prefix('{') {
                Some(group) => found.extend(heads_of_group(group)),
                None => found.push(first_word(rest)),
            }
        }
    }
    found
}

/// The first word of each item of a `{…}` group: of `a::B, c::{d, e}}` these are `a` and `c`.
fn heads_of_group(group: &str) -> Vec<&str> {
    let mut heads = Vec::new();
    let mut depth = 0_usize;
    let mut item = 0;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth = depth.saturating_add(1),
            '}' if depth > 0 => depth = depth.saturating_sub(1),
            ',' | '}' if depth == 0 => {
                heads.push(first_word(group[item..at].trim_start()));
                if letter == '}' {
                    break;
                }
                item = at.saturating_add(1);
            }
            _ => {}
        }
    }
    heads
}

fn first_word(text: &str) -> &str {
    let end = text.find(|letter: char| !is_word(letter));
    &text[..end.unwrap_or(text.len())]
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether a path that starts with `name` stands in the code: `name::`, `name_web::`, `use name;`.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let rest = code[at..].strip_prefix(name).unwrap_or_default();
        let word = first_word(rest);
        let starts_a_word = before.is_none_or(|letter| !is_word(letter));
        let is_a_path = rest[word.len()..].starts_with("::") || rest.starts_with(';');
        starts_a_word && is_a_path && (word.is_empty() || word.starts_with('_'))
    })
}
