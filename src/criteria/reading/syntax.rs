//! Lines that are not TOML.

use std::collections::HashSet;

use super::context::Context;
use super::field::Span;
use crate::criteria::FormMistake;

/// Reports what the TOML reader could not read, each line once.
pub(super) fn report(ctx: &Context<'_>, errors: &[toml::de::Error]) {
    let mut lines = HashSet::new();
    for error in errors {
        let span = error.span().map_or(Span { start: 0, end: 0 }, Span::from);
        let line = ctx.line(span);
        if !lines.insert(line) {
            continue;
        }
        let mistake = FormMistake::Syntax {
            message: error.message().to_owned(),
            hint: hint(error.message(), ctx.line_text(span)),
        };
        ctx.report(span, mistake);
    }
}

/// What to write instead, for the slips that spreadsheets and word processors bring.
fn hint(message: &str, line: &str) -> &'static str {
    if line.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}'])
        && !message.contains("duplicate")
    {
        "; write straight quotes, like \"text\""
    } else if has_decimal_comma(line) {
        "; write decimals with a point, like 4.5"
    } else if message.contains("duplicate key") {
        "; the same key stands twice in one table, so delete one of the two"
    } else if message.contains("string values must be quoted") {
        "; write texts in quotes, like \"text\""
    } else {
        "; write one key = value in a line, texts in quotes, lists in [ ] and tables in { }"
    }
}

fn has_decimal_comma(line: &str) -> bool {
    let value = line.split_once('=').map_or("", |(_, value)| value);
    let value = value.split('#').next().unwrap_or_default().trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    value
        .split_once(',')
        .is_some_and(|(whole, part)| digits(whole.trim_start_matches('-')) && digits(part))
}
