//! One score cell: the words and numbers that are answers, and for everything else the reason why it is none.

use rust_decimal::Decimal;

use crate::criteria::{Criterion, Kind, Priced, Rated, Scale};
use crate::evaluation::{Answer, Entry};
use crate::exact;
use crate::table::name::fold;

use super::number::{NoNumber, Number, Writing, read_number};
use super::{CostRule, Rule, Wanted};
use super::{amount, mistakes};

/// What a cell says, and what is odd about how it says it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub entry: Entry,
    /// The decimal sign of its number, if any.
    pub sign: Option<char>,
    pub notices: Vec<Rule>,
    /// The second reading of its number, if its point may stand for thousands.
    pub doubt: Option<Rule>,
    /// Whether its number shows that points stand before decimals.
    pub shows_decimal_point: bool,
}

/// Reads a score cell of a criterion.
pub(super) fn read_cell(raw: &str, criterion: &Criterion, writing: Writing) -> Result<Cell, Rule> {
    let mut notices = Vec::new();
    let text = bare(raw, &mut notices);
    if let Some(entry) = word(text, criterion)? {
        return Ok(Cell {
            entry,
            sign: None,
            notices,
            doubt: None,
            shows_decimal_point: false,
        });
    }
    let number = match criterion.kind() {
        Kind::PassFail => return Err(mistakes::of(text, Wanted::PassFail)),
        Kind::Rated(rated) => rated_score(text, rated, writing, Wanted::by(criterion))?,
        Kind::Priced(priced) => price(text, priced, writing, &mut notices, Wanted::by(criterion))?,
    };
    let shows_decimal_point = number.shows_decimal_point();
    notices.extend(number.notice);
    let entry = Entry::Answer(Answer::Scored(number.value));
    Ok(Cell {
        entry,
        sign: number.sign,
        notices,
        doubt: number.doubt,
        shows_decimal_point,
    })
}

/// Reads the amount of a cost line: an amount, nothing yet, or a word that says there is nothing to pay for it.
pub(super) fn read_cost(raw: &str, currency: Option<&str>, writing: Writing) -> Result<Cell, Rule> {
    let wanted = Wanted::Amount { zero: true };
    let mut notices = Vec::new();
    let text = bare(raw, &mut notices);
    let word = match fold(text).as_str() {
        "" | "-" | "tbc" | "tbd" | "?" => Some(Entry::NotScored),
        "included" | "incl." | "incl" | "inklusive" | "inkl." | "enthalten" => {
            Some(Entry::Answer(Answer::Scored(Decimal::ZERO)))
        }
        _ => None,
    };
    if let Some(entry) = word {
        return Ok(Cell {
            entry,
            sign: None,
            notices,
            doubt: None,
            shows_decimal_point: false,
        });
    }
    let number = amount(text, currency, writing, wanted, |_| true)?;
    if number.value < Decimal::ZERO {
        return Err(CostRule::Negative.into());
    }
    let shows_decimal_point = number.shows_decimal_point();
    notices.extend(number.notice);
    Ok(Cell {
        entry: Entry::Answer(Answer::Scored(number.value)),
        sign: number.sign,
        notices,
        doubt: number.doubt,
        shows_decimal_point,
    })
}

/// The text of a cell without what spreadsheets put around it, which is noticed.
fn bare<'r>(raw: &'r str, notices: &mut Vec<Rule>) -> &'r str {
    let text = raw.trim();
    if text.len()
        < raw
            .trim_matches(|letter: char| letter.is_ascii_whitespace())
            .len()
        && !text.is_empty()
    {
        notices.push(Rule::UnusualSpace);
    }
    match text.strip_prefix('\'') {
        Some(rest) if !rest.trim().is_empty() => {
            notices.push(Rule::TextMarker);
            rest.trim()
        }
        _ => text,
    }
}

/// Whether a folded word means the same in every sheet, whatever the criterion.
pub(super) fn is_fixed_word(folded: &str) -> bool {
    matches!(
        folded,
        "" | "-"
            | "tbc"
            | "tbd"
            | "?"
            | "not scored"
            | "clear"
            | "n/a"
            | "n.a."
            | "n.a"
            | "na"
            | "not applicable"
            | "no response"
            | "not answered"
    )
}

/// Whether a cell is one of the words of a pass-fail criterion.
pub(super) fn is_pass_fail(text: &str) -> bool {
    matches!(fold(text.trim()).as_str(), "pass" | "yes" | "fail" | "no")
}

/// The entry a word stands for; `None` if the text is none of the words.
fn word(text: &str, criterion: &Criterion) -> Result<Option<Entry>, Rule> {
    let begins_like_a_number = |byte: &u8| byte.is_ascii_digit();
    if text.as_bytes().first().is_some_and(begins_like_a_number) {
        return Ok(None);
    }
    let answer = match fold(text).as_str() {
        "" | "-" | "tbc" | "tbd" | "?" | "not scored" => return Ok(Some(Entry::NotScored)),
        "clear" => return Ok(Some(Entry::Clear)),
        "n/a" | "n.a." | "n.a" | "na" | "not applicable" => not_applicable(criterion)?,
        "no response" | "not answered" => Answer::NoResponse,
        "pass" | "yes" => pass_fail(criterion, Answer::Passed)?,
        "fail" | "no" => pass_fail(criterion, Answer::Failed)?,
        _ => return Ok(None),
    };
    Ok(Some(Entry::Answer(answer)))
}

fn not_applicable(criterion: &Criterion) -> Result<Answer, Rule> {
    match criterion.kind() {
        Kind::Rated(rated) if rated.allows_not_applicable() => Ok(Answer::NotApplicable),
        _ => Err(Rule::NotApplicableRefused(Wanted::by(criterion))),
    }
}

fn pass_fail(criterion: &Criterion, answer: Answer) -> Result<Answer, Rule> {
    match criterion.kind() {
        Kind::PassFail => Ok(answer),
        Kind::Rated(_) | Kind::Priced(_) => {
            Err(Rule::PassFailInsteadOfNumber(Wanted::by(criterion)))
        }
    }
}

fn rated_score(
    text: &str,
    rated: &Rated,
    writing: Writing,
    wanted: Wanted,
) -> Result<Number, Rule> {
    let scale = rated.scale();
    let number = match read_number(text, writing, |value| scale.contains(value)) {
        Ok(number) => number,
        Err(NoNumber::TooLarge) => return Err(too_large(text, wanted)),
        Err(NoNumber::TooFine(kept)) => return Err(too_fine(kept, scale, wanted)),
        Err(NoNumber::Ambiguous(rule)) => return Err(rule),
        Err(NoNumber::OtherText) => return Err(mistakes::of(text, wanted)),
    };
    if let Some(doubt) = &number.doubt
        && !scale.is_on_step(number.value)
    {
        return Err(doubt.clone());
    }
    if !scale.contains(number.value) {
        return Err(Rule::OutOfRange(wanted));
    }
    if !scale.is_on_step(number.value) {
        return Err(Rule::OffStep(wanted, steps_around(number.value, scale)));
    }
    Ok(number)
}

fn price(
    text: &str,
    priced: &Priced,
    writing: Writing,
    notices: &mut Vec<Rule>,
    wanted: Wanted,
) -> Result<Number, Rule> {
    let zero = priced.rule().allows_zero();
    let possible = |amount: Decimal| amount > Decimal::ZERO || (zero && amount.is_zero());
    let number = amount(text, priced.currency(), writing, wanted, possible)?;
    if !possible(number.value) {
        return Err(Rule::OutOfRange(wanted));
    }
    if let Some(range) = priced.range()
        && !priced.rule().is_relative()
        && !(range.floor()..=range.ceiling()).contains(&number.value)
    {
        notices.push(Rule::PriceOutsideRange(range.floor(), range.ceiling()));
    }
    Ok(number)
}

fn amount(
    text: &str,
    currency: Option<&str>,
    writing: Writing,
    wanted: Wanted,
    possible: impl Fn(Decimal) -> bool,
) -> Result<Number, Rule> {
    let digits = amount::digits(text, currency)?;
    read_number(&digits, writing, possible).map_err(|why| match why {
        NoNumber::TooLarge => too_large(text, wanted),
        NoNumber::TooFine(_) => Rule::TooManyDigits(exact::NotANumber::TooFine, wanted),
        NoNumber::Ambiguous(rule) => rule,
        NoNumber::OtherText => mistakes::of(text, wanted),
    })
}

/// A number too large to be read is outside every scale, unless only zeros in front make it long.
fn too_large(text: &str, wanted: Wanted) -> Rule {
    let digits = text.trim_start_matches(['-', '0']);
    let whole = digits.split(['.', ',']).next().unwrap_or_default();
    if whole.len() > exact::MAX_INTEGER_DIGITS {
        Rule::OutOfRange(wanted)
    } else {
        Rule::TooManyDigits(exact::NotANumber::TooLarge, wanted)
    }
}

/// A number with more decimals than are read lies a little further from 0 than what is left without them.
fn too_fine(kept: Decimal, scale: &Scale, wanted: Wanted) -> Rule {
    let beyond = kept >= scale.max()
        || kept < scale.min()
        || (kept == scale.min() && kept.is_sign_negative());
    if beyond {
        Rule::OutOfRange(wanted)
    } else if scale.step().is_some() {
        Rule::OffStep(wanted, steps_around(kept, scale))
    } else {
        Rule::TooManyDigits(exact::NotANumber::TooFine, wanted)
    }
}

/// The scores on the scale just below and just above.
fn steps_around(score: Decimal, scale: &Scale) -> Option<(Decimal, Decimal)> {
    let step = scale.step()?;
    let over = score.checked_sub(scale.min())?.checked_rem(step)?;
    let below = score.checked_sub(over)?;
    let above = below.checked_add(step)?;
    scale.contains(above).then_some((below, above))
}
