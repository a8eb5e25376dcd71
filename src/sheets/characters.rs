//! Characters that look like others, in words a person can search for.

use std::fmt;

use crate::table::name_of_invisible;

/// A character that is not what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described(pub char);

/// Runs of ten digits that are not 0 to 9: where they start, and what they are called.
const DIGITS: [(u32, &str); 8] = [
    (0x660, "ARABIC-INDIC"),
    (0x6f0, "EXTENDED ARABIC-INDIC"),
    (0x966, "DEVANAGARI"),
    (0x9e6, "BENGALI"),
    (0xe50, "THAI"),
    (0xff10, "FULLWIDTH"),
    (0x1d7ce, "MATHEMATICAL BOLD"),
    (0x1d7f6, "MATHEMATICAL MONOSPACE"),
];

/// Blocks of letters that are mistaken for Latin ones.
const SCRIPTS: [(u32, u32, &str); 6] = [
    (0x370, 0x3ff, "a Greek letter"),
    (0x400, 0x52f, "a Cyrillic letter"),
    (0x530, 0x58f, "an Armenian letter"),
    (0x2150, 0x218f, "a Roman numeral or fraction"),
    (0xff00, 0xffef, "a full-width form"),
    (0x1d400, 0x1d7ff, "a mathematical letter"),
];

const NUMERALS: [&str; 10] = [
    "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE",
];

impl Described {
    /// The digit 0 to 9, the sign or the point that a character looks like.
    #[must_use]
    pub fn looks_like(self) -> Option<char> {
        let sign = match self.0 {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\u{66b}' | '\u{ff0e}' => '.',
            _ => {
                return self
                    .digit()
                    .and_then(|(_, digit)| char::from_digit(digit, 10));
            }
        };
        Some(sign)
    }

    fn digit(self) -> Option<(&'static str, u32)> {
        let code = u32::from(self.0);
        DIGITS.iter().find_map(|(start, script)| {
            let digit = code.checked_sub(*start)?;
            (digit < 10).then_some((*script, digit))
        })
    }
}

/// `'٣' (U+0663 ARABIC-INDIC DIGIT THREE)`.
impl fmt::Display for Described {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = u32::from(self.0);
        write!(out, "'{}' (U+{code:04X}", self.0.escape_debug())?;
        let within = |(from, to, _): &&(u32, u32, &str)| (*from..=*to).contains(&code);
        if let Some((script, digit)) = self.digit() {
            let numeral = usize::try_from(digit)
                .ok()
                .and_then(|digit| NUMERALS.get(digit));
            write!(out, " {script} DIGIT {}", numeral.unwrap_or(&""))?;
        } else if self.0.is_ascii_alphanumeric() {
            write!(out, " {}", ascii_name(self.0))?;
        } else if let Some(name) = named(self.0) {
            write!(out, " {name}")?;
        } else if let Some((_, _, script)) = SCRIPTS.iter().find(within) {
            write!(out, ", {script}")?;
        }
        out.write_str(")")
    }
}

/// `LATIN SMALL LETTER L`, `DIGIT ONE`.
fn ascii_name(letter: char) -> String {
    let numeral = letter.to_digit(10).and_then(|digit| {
        let at = usize::try_from(digit).ok()?;
        NUMERALS.get(at)
    });
    match numeral {
        Some(numeral) => format!("DIGIT {numeral}"),
        None if letter.is_ascii_uppercase() => format!("LATIN CAPITAL LETTER {letter}"),
        None => format!("LATIN SMALL LETTER {}", letter.to_ascii_uppercase()),
    }
}

fn named(letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{2010}' | '\u{2011}' => "HYPHEN",
        '\u{2012}' => "FIGURE DASH",
        '\u{2013}' => "EN DASH",
        '\u{2014}' => "EM DASH",
        '\u{2015}' => "HORIZONTAL BAR",
        '\u{2212}' => "MINUS SIGN",
        '\u{fe63}' => "SMALL HYPHEN-MINUS",
        '\u{ff0d}' => "FULLWIDTH HYPHEN-MINUS",
        '\u{ff0e}' => "FULLWIDTH FULL STOP",
        '\u{66b}' => "ARABIC DECIMAL SEPARATOR",
        '\u{430}' => "CYRILLIC SMALL LETTER A",
        '\u{435}' => "CYRILLIC SMALL LETTER IE",
        '\u{43e}' => "CYRILLIC SMALL LETTER O",
        '\u{440}' => "CYRILLIC SMALL LETTER ER",
        '\u{441}' => "CYRILLIC SMALL LETTER ES",
        '\u{456}' => "CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I",
        '\u{410}' => "CYRILLIC CAPITAL LETTER A",
        '|' => "VERTICAL LINE",
        other => return name_of_invisible(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_called_by_their_name() {
        for (letter, name) in [
            ('٣', "'٣' (U+0663 ARABIC-INDIC DIGIT THREE)"),
            ('４', "'４' (U+FF14 FULLWIDTH DIGIT FOUR)"),
            ('−', "'−' (U+2212 MINUS SIGN)"),
            ('а', "'а' (U+0430 CYRILLIC SMALL LETTER A)"),
            ('ж', "'ж' (U+0436, a Cyrillic letter)"),
            ('l', "'l' (U+006C LATIN SMALL LETTER L)"),
            ('I', "'I' (U+0049 LATIN CAPITAL LETTER I)"),
            ('1', "'1' (U+0031 DIGIT ONE)"),
        ] {
            assert_eq!(Described(letter).to_string(), name);
        }
        assert_eq!(Described('４').looks_like(), Some('4'));
        assert_eq!(Described('−').looks_like(), Some('-'));
        assert_eq!(Described('x').looks_like(), None);
    }
}
