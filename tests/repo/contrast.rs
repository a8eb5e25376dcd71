//! Colours that people can tell from their ground: those of the style sheet, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11).
#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "the contrast of two colours is defined with floats"
)]

use std::collections::HashMap;

use super::files;

type Tokens = HashMap<String, String>;

/// The colours of a block of the style sheet, by name.
fn tokens(block: &str) -> Tokens {
    let parts = block.split(';').filter_map(|part| {
        let (name, value) = part.split_once(": ")?;
        let name = name.rsplit("--").next()?;
        value
            .starts_with('#')
            .then(|| (name.to_owned(), value.to_owned()))
    });
    parts.collect()
}

fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let wide = if digits.len() == 3 { 1 } else { 2 };
    let parts = digits.as_bytes().chunks(wide).map(|part| {
        let text = String::from_utf8_lossy(part).repeat(if wide == 1 { 2 } else { 1 });
        let value = f64::from(u8::from_str_radix(&text, 16).expect("a hexadecimal number")) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    let weights = [0.2126, 0.7152, 0.0722];
    parts.zip(weights).map(|(part, weight)| part * weight).sum()
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn letters_and_shapes_stand_out_from_their_ground_in_light_and_dark() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    let sheet = files::read("templates/static/style.css");
    let mut blocks = sheet.split(":root {").skip(1);
    for mode in ["light", "dark", "print"] {
        let block = blocks.next().unwrap().split('}').next().unwrap();
        let colours = tokens(block);
        let of = |name: &str| {
            colours
                .get(name)
                .unwrap_or_else(|| panic!("{mode}: {name}"))
        };
        let letters = [
            ("ink", "paper"),
            ("soft", "paper"),
            ("accent", "paper"),
            ("good", "paper"),
            ("bad", "paper"),
            ("wait", "paper"),
            ("ink", "raised"),
            ("soft", "raised"),
            ("ink", "wait-paper"),
            ("wait", "wait-paper"),
            ("ink", "h0"),
            ("ink", "h1"),
            ("ink", "h2"),
            ("on-deep", "h3"),
            ("on-deep", "h4"),
        ];
        for (on, ground) in letters {
            let found = contrast(of(on), of(ground));
            assert!(found >= 4.5, "{mode}: {on} on {ground} is {found:.2}");
        }
        for number in 0..8 {
            let colour = of(&format!("c{number}"));
            assert!(contrast(colour, of("bar-ink")) >= 4.5, "{mode}: c{number}");
            assert!(contrast(colour, of("paper")) >= 3.0, "{mode}: c{number}");
        }
        for (on, ground) in [
            ("mark-line", "paper"),
            ("band", "bar-paper"),
            ("bad", "bar-paper"),
            ("accent", "paper"),
        ] {
            let found = contrast(of(on), of(ground));
            assert!(found >= 3.0, "{mode}: {on} on {ground} is {found:.2}");
        }
    }
}
