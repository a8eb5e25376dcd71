//! Workbooks as they really arrive: each with one thing to notice, or one thing wrong.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the places and texts of small files that the tests make themselves"
)]

use crate::book::{
    ACCOUNTING, Book, DAY, DOLLARS, DURATION, FINE_PERCENT, FRACTION, MONEY, NO_DECIMALS, OF_TEN,
    OTHER_DIGITS, PERCENT, PERCENT_BEHIND, TEXT, THOUSANDS, TIME, TIMES_TEN, WHOLE, WITH_K,
    ZERO_IS_NOT_APPLICABLE, number, overwritten, rows, tab, table, text,
};

/// A workbook, and what is to come of it: the code of each problem or warning in order, and every score.
pub struct Case {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// `None` if it is to be refused.
    pub scores: Option<&'static [&'static str]>,
    pub codes: &'static [&'static str],
}

pub const GOOD: [&str; 4] = [
    "vendor,criterion,score,comment",
    "Acme,INC,4,solid",
    "Bolt,INC,3.5,",
    "Acme,CHG,2,slow",
];
const SCORES: &[&str] = &["Acme INC 4", "Bolt INC 3.5", "Acme CHG 2"];
const ONE: &[&str] = &["Acme INC 3"];

fn good() -> Book {
    Book::with(&table(&GOOD))
}

/// A sheet with one answer, whose score is this cell.
fn scored(cell: &str) -> Book {
    let head = ["vendor", "criterion", "score"]
        .iter()
        .zip(["A1", "B1", "C1"]);
    let head = head.map(|(name, at)| text(at, name)).collect();
    Book::with(&rows(&[
        head,
        vec![text("A2", "Acme"), text("B2", "INC"), cell.to_owned()],
    ]))
}

/// A sheet with one price, which is this cell.
fn priced(cell: &str) -> Book {
    scored(cell).replaced(">INC<", ">TCO<")
}

fn accepted(
    name: &'static str,
    bytes: Vec<u8>,
    scores: &'static [&'static str],
    codes: &'static [&'static str],
) -> Case {
    Case {
        name,
        bytes,
        scores: Some(scores),
        codes,
    }
}

fn refused(name: &'static str, bytes: Vec<u8>, codes: &'static [&'static str]) -> Case {
    Case {
        name,
        bytes,
        scores: None,
        codes,
    }
}

pub fn all() -> Vec<Case> {
    let mut all = cells();
    all.extend(tabs());
    all.extend(packages());
    all.extend(greedy());
    all
}

#[expect(clippy::too_many_lines, reason = "a list, one line for each workbook")]
fn cells() -> Vec<Case> {
    let cell = |xml: &str| scored(xml).bytes();
    let styled = |value: &str, style| scored(&number("C2", value, style)).bytes();
    let typed =
        |kind: &str, value: &str| cell(&format!("<c r=\"C2\" t=\"{kind}\"><v>{value}</v></c>"));
    let said = |value: &str| cell(&text("C2", value));
    vec![
        accepted("plain", good().bytes(), SCORES, &[]),
        accepted("text-format", styled("3", TEXT), ONE, &[]),
        accepted("sum-of-doubles", styled("2.9999999999999996", 0), ONE, &[]),
        accepted("exponent", styled("3E0", 0), ONE, &[]),
        accepted("number-as-text", said("3"), ONE, &[]),
        accepted("shared-string", typed("s", "2"), ONE, &[]),
        accepted(
            "result-of-a-text-formula",
            cell("<c r=\"C2\" t=\"str\"><f>A1</f><v>3</v></c>"),
            ONE,
            &["saved-formulas"],
        ),
        accepted(
            "saved-formula",
            cell("<c r=\"C2\"><f>1+2</f><v>3</v></c>"),
            ONE,
            &["saved-formulas"],
        ),
        accepted(
            "non-breaking-space",
            said("\u{a0}3"),
            ONE,
            &["unusual-space"],
        ),
        accepted("quote-mark", said("'3"), ONE, &["text-marker"]),
        accepted("decimal-comma", said("3,0"), ONE, &["decimal-comma"]),
        accepted("money", styled("3", MONEY), ONE, &[]),
        accepted("fraction-format", styled("3", FRACTION), ONE, &[]),
        accepted(
            "shown-rounded",
            styled("3.5", WHOLE),
            &["Acme INC 3.5"],
            &["shown-differs"],
        ),
        accepted(
            "shown-in-thousands",
            styled("3", THOUSANDS),
            ONE,
            &["shown-differs"],
        ),
        accepted(
            "shown-rounded-by-an-accounting-format",
            styled("3.5", ACCOUNTING),
            &["Acme INC 3.5"],
            &["shown-differs"],
        ),
        accepted(
            "whole-in-an-accounting-format",
            styled("3", ACCOUNTING),
            ONE,
            &[],
        ),
        accepted(
            "shown-rounded-by-a-number-sign",
            styled("3.5", NO_DECIMALS),
            &["Acme INC 3.5"],
            &["shown-differs"],
        ),
        refused("shown-ten-times", styled("3", TIMES_TEN), &["not-a-number"]),
        refused("shown-of-ten", styled("3", OF_TEN), &["not-a-number"]),
        refused(
            "zero-shown-as-not-applicable",
            styled("0", ZERO_IS_NOT_APPLICABLE),
            &["not-applicable-refused"],
        ),
        accepted(
            "format-unknown",
            styled("3", OTHER_DIGITS),
            ONE,
            &["format-unknown"],
        ),
        accepted(
            "price-in-money",
            priced(&number("C2", "250000", MONEY)).bytes(),
            &["Acme TCO 250000"],
            &[],
        ),
        accepted(
            "price-with-three-decimals",
            priced(&number("C2", "250000.125", 0)).bytes(),
            &["Acme TCO 250000.125"],
            &[],
        ),
        accepted(
            "small-price-with-three-decimals",
            priced(&number("C2", "250.125", 0)).bytes(),
            &["Acme TCO 250.125"],
            &["price-outside-range"],
        ),
        refused(
            "price-in-another-currency",
            priced(&number("C2", "250000", DOLLARS)).bytes(),
            &["other-currency"],
        ),
        refused(
            "price-in-thousands",
            priced(&number("C2", "250", WITH_K)).bytes(),
            &["not-a-number"],
        ),
        refused(
            "price-with-a-group-as-text",
            priced(&text("C2", "250.000")).bytes(),
            &["ambiguous-number"],
        ),
        refused(
            "price-with-a-group-and-a-currency-as-text",
            priced(&text("C2", "EUR 250.000")).bytes(),
            &["ambiguous-number"],
        ),
        refused(
            "percent-sign-behind",
            styled("4.5", PERCENT_BEHIND),
            &["percent"],
        ),
        refused("percent", styled("0.8", PERCENT), &["percent"]),
        refused("whole-percent", styled("1", PERCENT), &["percent"]),
        refused("fine-percent", styled("0.035", FINE_PERCENT), &["percent"]),
        refused("percent-as-text", said("80%"), &["percent"]),
        refused("day", styled("3", DAY), &["date-instead-of-number"]),
        refused(
            "day-of-today",
            styled("46350", DAY),
            &["date-instead-of-number"],
        ),
        refused("time", styled("0.125", TIME), &["date-instead-of-number"]),
        refused(
            "duration",
            styled("3", DURATION),
            &["date-instead-of-number"],
        ),
        refused(
            "iso-day",
            typed("d", "2026-05-04"),
            &["date-instead-of-number"],
        ),
        refused(
            "error-division",
            typed("e", "#DIV/0!"),
            &["spreadsheet-error"],
        ),
        refused(
            "error-reference",
            typed("e", "#REF!"),
            &["spreadsheet-error"],
        ),
        refused(
            "error-not-available",
            typed("e", "#N/A"),
            &["spreadsheet-error"],
        ),
        refused(
            "formula-never-computed",
            cell("<c r=\"C2\"><f>1+2</f></c>"),
            &["formula"],
        ),
        refused(
            "formula-with-an-empty-result",
            cell("<c r=\"C2\"><f>1+2</f><v/></c>"),
            &["formula"],
        ),
        refused(
            "formula-with-an-empty-text",
            cell("<c r=\"C2\"><f>1+2</f><v></v></c>"),
            &["formula"],
        ),
        refused("formula-as-text", said("=1+2"), &["formula"]),
        refused("true", typed("b", "1"), &["not-a-number"]),
        refused("thousands-as-text", said("1,000"), &["ambiguous-number"]),
        refused("off-step", styled("4.25", 0), &["off-step"]),
        refused("out-of-range", styled("1E+300", 0), &["out-of-range"]),
        refused("negative", styled("-1", 0), &["out-of-range"]),
        refused("not-a-number", styled("NaN", 0), &["not-a-number"]),
        refused("infinite", styled("inf", 0), &["not-a-number"]),
        refused("letters-as-a-number", styled("three", 0), &["not-a-number"]),
        refused(
            "shared-string-out-of-range",
            typed("s", "99"),
            &["damaged-workbook"],
        ),
        refused(
            "two-values",
            cell("<c r=\"C2\"><v>3</v><v>4</v></c>"),
            &["duplicate-part"],
        ),
        refused(
            "value-beside-text",
            cell("<c r=\"C2\" t=\"inlineStr\"><is><t>3</t></is><v>4</v></c>"),
            &["duplicate-part"],
        ),
        refused("unknown-type", typed("money", "3"), &["damaged-workbook"]),
        refused(
            "no-place-at-all",
            cell("<c r=\"3C\"><v>3</v></c>"),
            &["damaged-workbook"],
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a list, one line for each workbook")]
fn tabs() -> Vec<Case> {
    let scores = || table(&GOOD);
    let one = |before: &str, data: &str, after: &str| {
        Book::of(&[("Scores", "visible", tab(before, data, after))]).bytes()
    };
    let notes = || tab("", &table(&["Please fill in the next tab"]), "");
    let two = |first: &str, second: &str| {
        Book::of(&[
            ("Ana", first, tab("", &scores(), "")),
            ("Ben", second, tab("", &scores(), "")),
        ])
        .bytes()
    };
    let hidden_row = scores().replace("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">");
    let columns = "<cols><col min=\"3\" max=\"3\" hidden=\"true\"/></cols>";
    let merged = table(&["vendor,criterion,score", "Acme,INC,4", ",CHG,2"]);
    let far = format!(
        "{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        scores()
    );
    let styled_far = format!(
        "{}<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>",
        scores()
    );
    let twice = scores().replace("<row r=\"3\">", "<row r=\"3\"><c r=\"C2\"><v>1</v></c>");
    let row_twice = format!("{}<row r=\"2\"><c r=\"C2\"><v>1</v></c></row>", scores());
    let lower = scores().replace("r=\"C2\"", "r=\"c2\"");
    vec![
        accepted(
            "notes-beside-scores",
            Book::of(&[
                ("Read me", "visible", notes()),
                ("Scores", "visible", tab("", &scores(), "")),
            ])
            .bytes(),
            SCORES,
            &[],
        ),
        accepted(
            "hidden-tab",
            two("visible", "hidden"),
            SCORES,
            &["hidden-tabs"],
        ),
        accepted(
            "very-hidden-tab",
            two("visible", "veryHidden"),
            SCORES,
            &["hidden-tabs"],
        ),
        accepted(
            "hidden-row",
            one("", &hidden_row, ""),
            SCORES,
            &["hidden-cells"],
        ),
        accepted(
            "hidden-column",
            one(columns, &scores(), ""),
            SCORES,
            &["hidden-cells"],
        ),
        accepted(
            "merged-vendor",
            one(
                "",
                &merged,
                "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>",
            ),
            &["Acme INC 4", "Acme CHG 2"],
            &["merged-cells"],
        ),
        refused(
            "score-merged-over-two-vendors",
            merged_matrix("<mergeCell ref=\"B2:C2\"/>", "INC,4,"),
            &["merged-score"],
        ),
        refused(
            "score-merged-over-two-criteria",
            merged_matrix("<mergeCell ref=\"B2:B3\"/>", "INC,4,3"),
            &["merged-hides", "merged-score"],
        ),
        accepted(
            "heading-merged-over-a-row",
            merged_matrix("<mergeCell ref=\"A2:C2\"/>", "Practices,,"),
            &["Acme CHG 2", "Bolt CHG 3"],
            &["heading-row-ignored"],
        ),
        refused(
            "vendor-hidden-under-a-merged-one",
            one(
                "",
                &table(&["vendor,criterion,score", "Acme,INC,4", "Bolt,INC,2"]),
                "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>",
            ),
            &["merged-hides"],
        ),
        accepted(
            "vendors-merged-over-scores-and-comments",
            one(
                "",
                &table(&[
                    "Criterion,Acme,,Bolt,",
                    ",Score,Comment,Score,Comment",
                    "INC,4,good,3,slow",
                ]),
                "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/><mergeCell ref=\"A1:A2\"/></mergeCells>",
            ),
            &["Acme INC 4", "Bolt INC 3"],
            &["merged-cells", "two-header-rows"],
        ),
        refused(
            "scale-on-another-tab",
            beside_scores(&["Scores go from 1 to 10, 10 is best"]),
            &["scale-differs"],
        ),
        refused(
            "legend-on-another-tab",
            beside_scores(&[
                "Rating,Meaning",
                "1,poor",
                "2,fair",
                "3,good",
                "4,excellent",
            ]),
            &["scale-differs"],
        ),
        accepted(
            "legend-of-the-same-scale-on-another-tab",
            beside_scores(&[
                "Score,Meaning",
                "0,none",
                "1,poor",
                "2,weak",
                "3,fair",
                "4,good",
                "5,excellent",
            ]),
            SCORES,
            &[],
        ),
        accepted(
            "evaluator-on-a-cover",
            beside_scores(&["Tool choice", "Evaluator,Ana"]),
            SCORES,
            &["evaluator-told"],
        ),
        accepted(
            "wrong-extent",
            one("<dimension ref=\"A1:XFD1048576\"/>", &scores(), ""),
            SCORES,
            &[],
        ),
        accepted(
            "extent-too-small",
            one("<dimension ref=\"A1\"/>", &scores(), ""),
            SCORES,
            &[],
        ),
        accepted("style-far-away", one("", &styled_far, ""), SCORES, &[]),
        accepted(
            "no-cell-names",
            one(
                "",
                &without_names(&table(&["vendor,criterion,score", "Acme,INC,3"])),
                "",
            ),
            ONE,
            &[],
        ),
        accepted("lower-case-cell-name", one("", &lower, ""), SCORES, &[]),
        refused(
            "vendor-missing-not-merged",
            one("", &merged, ""),
            &["missing-vendor"],
        ),
        refused("several-tabs", two("visible", "visible"), &["several-tabs"]),
        refused(
            "only-hidden-tabs",
            two("hidden", "hidden"),
            &["empty-sheet"],
        ),
        refused("empty-tab", one("", "", ""), &["empty-sheet"]),
        refused("cell-far-away", one("", &far, ""), &["too-many-columns"]),
        refused("cell-twice", one("", &twice, ""), &["duplicate-part"]),
        refused("row-twice", one("", &row_twice, ""), &["duplicate-part"]),
        refused(
            "tab-cut-off",
            Book::with("")
                .replaced("</sheetData></worksheet>", "<row r=\"1\"><c r=\"A1\"><v>1")
                .bytes(),
            &["damaged-workbook"],
        ),
    ]
}

/// A matrix of two vendors with these merged cells and this row before that of CHG.
fn merged_matrix(merged: &str, row: &str) -> Vec<u8> {
    let data = table(&["criterion,Acme,Bolt", row, "CHG,2,3"]);
    let after = format!("<mergeCells>{merged}</mergeCells>");
    Book::of(&[("Scores", "visible", tab("", &data, &after))]).bytes()
}

/// The good sheet, and a tab before it with these rows.
fn beside_scores(rows: &[&str]) -> Vec<u8> {
    Book::of(&[
        ("Read me", "visible", tab("", &table(rows), "")),
        ("Scores", "visible", tab("", &table(&GOOD), "")),
    ])
    .bytes()
}

fn without_names(data: &str) -> String {
    let mut out = String::new();
    let mut rest = data;
    while let Some(at) = rest.find(" r=\"") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 4..];
        rest = &after[after.find('"').unwrap() + 1..];
    }
    out + rest
}

#[expect(clippy::too_many_lines, reason = "a list, one line for each workbook")]
fn packages() -> Vec<Case> {
    let good_bytes = good().bytes();
    let cut = good_bytes[..good_bytes.len() / 2].to_vec();
    let mut tail = good_bytes.clone();
    tail.truncate(tail.len() - 10);
    let corrupt = {
        let stored = zip_stored(&good());
        let at = stored
            .windows(8)
            .position(|part| part == b"<v>3.5</")
            .unwrap();
        let mut bytes = stored;
        bytes[at + 3] = b'4';
        bytes
    };
    let ole = |stream: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.extend([0; 504]);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(2048, 0);
        bytes
    };
    let strict = good()
        .replaced(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        .replaced(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        );
    let other_prefix = good()
        .replaced("xmlns:r=", "xmlns:rel=")
        .replaced("r:id=", "rel:id=");
    let absolute = good().replaced("Target=\"worksheets/", "Target=\"/xl/worksheets/");
    let doctype = good().replaced(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"4\">]>",
    );
    let wide_doctype = utf_16(&good(), "<!DOCTYPE a [<!ENTITY b \"4\">]>");
    let dates = scored(&number("C2", "3", DAY))
        .replaced("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    let bomb = good().plus("xl/media/image1.png", &vec![0; 101 * 1024 * 1024]);
    let parts = (0..1001).fold(good(), |book, at| {
        book.plus(&format!("xl/media/{at}.png"), b"x")
    });
    let doubled = overwritten(
        good()
            .plus("xl/worksheets/sheetX.xml", b"<worksheet/>")
            .bytes(),
        b"sheetX.xml",
        b"sheet1.xml",
    );
    let repeated = "<si><t>x</t></si>".repeat(200_000);
    vec![
        accepted("strict", strict.bytes(), SCORES, &[]),
        accepted("other-prefix", other_prefix.bytes(), SCORES, &[]),
        accepted("absolute-target", absolute.bytes(), SCORES, &[]),
        accepted(
            "many-shared-strings",
            good()
                .replaced("</sst>", &format!("{repeated}</sst>"))
                .bytes(),
            SCORES,
            &[],
        ),
        accepted(
            "remark-between-shared-strings",
            good()
                .replaced("</sst>", "<!-- made by hand --></sst>")
                .bytes(),
            SCORES,
            &[],
        ),
        refused(
            "marked-shared-string",
            good()
                .replaced("</sst>", "<si><t>3<![CDATA[5]]></t></si></sst>")
                .bytes(),
            &["damaged-workbook"],
        ),
        accepted(
            "no-styles",
            good().without("xl/styles.xml").bytes(),
            SCORES,
            &[],
        ),
        accepted("stored", zip_stored(&good()), SCORES, &[]),
        refused(
            "days-since-1904",
            dates.bytes(),
            &["date-instead-of-number"],
        ),
        refused(
            "macros",
            good().plus("xl/vbaProject.bin", b"x").bytes(),
            &["macros"],
        ),
        refused(
            "old-macros",
            good().plus("xl/macrosheets/sheet1.xml", b"<a/>").bytes(),
            &["macros"],
        ),
        refused("document-type", doctype.bytes(), &["document-type"]),
        refused(
            "document-type-in-utf-16",
            wide_doctype.bytes(),
            &["damaged-workbook"],
        ),
        refused("unpacks-to-much", bomb.bytes(), &["workbook-too-large"]),
        refused("very-many-parts", parts.bytes(), &["workbook-too-large"]),
        refused("part-twice", doubled, &["duplicate-part"]),
        refused(
            "part-twice-in-other-letters",
            good().plus("XL/Worksheets/Sheet1.xml", b"<a/>").bytes(),
            &["duplicate-part"],
        ),
        refused(
            "part-outside",
            good().plus("../../etc/passwd", b"x").bytes(),
            &["damaged-workbook"],
        ),
        refused(
            "part-at-the-root",
            good().plus("/etc/passwd", b"x").bytes(),
            &["damaged-workbook"],
        ),
        refused(
            "part-outside-with-backslashes",
            good().plus("xl\\..\\..\\x.xml", b"<a/>").bytes(),
            &["damaged-workbook"],
        ),
        refused("checksum", corrupt, &["damaged-workbook"]),
        refused("cut-off", cut, &["wrong-file-type"]),
        refused("end-cut-off", tail, &["wrong-file-type"]),
        refused(
            "no-tab-part",
            good().without("xl/worksheets/sheet1.xml").bytes(),
            &["damaged-workbook"],
        ),
        refused(
            "no-relations",
            good().without("xl/_rels/workbook.xml.rels").bytes(),
            &["damaged-workbook"],
        ),
        refused(
            "no-workbook",
            good().without("xl/workbook.xml").bytes(),
            &["wrong-file-type"],
        ),
        refused(
            "xlsb",
            good()
                .without("xl/workbook.xml")
                .plus("xl/workbook.bin", b"x")
                .bytes(),
            &["wrong-file-type"],
        ),
        refused(
            "ods",
            Book { parts: Vec::new() }
                .plus(
                    "mimetype",
                    b"application/vnd.oasis.opendocument.spreadsheet",
                )
                .plus("content.xml", b"<a/>")
                .bytes(),
            &["wrong-file-type"],
        ),
        refused(
            "docx",
            good()
                .without("xl/workbook.xml")
                .plus("word/document.xml", b"<a/>")
                .bytes(),
            &["wrong-file-type"],
        ),
        refused(
            "zip",
            Book { parts: Vec::new() }
                .plus("ana.csv", b"vendor,criterion,score\n")
                .bytes(),
            &["wrong-file-type"],
        ),
        refused("xls", ole("Workbook"), &["wrong-file-type"]),
        refused("encrypted", ole("EncryptedPackage"), &["wrong-file-type"]),
    ]
}

/// Small files that ask for very much.
fn greedy() -> Vec<Case> {
    let data = |data: &str| Book::with(data).bytes();
    let many = |rows: usize, cells: usize| {
        let row = format!("<row>{}</row>", "<c/>".repeat(cells));
        data(&row.repeat(rows))
    };
    let tabs_of_one_part = (0..300).fold(String::new(), |tabs, at| {
        format!("{tabs}<sheet name=\"T{at}\" sheetId=\"{at}\" r:id=\"rId1\"/>")
    });
    let own_tabs: Vec<(String, String)> = (0..501)
        .map(|at| (format!("T{at}"), tab("", "", "")))
        .collect();
    let own_tabs: Vec<(&str, &str, String)> = own_tabs
        .iter()
        .map(|(name, part)| (name.as_str(), "visible", part.clone()))
        .collect();
    let sst = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let announced = format!("{sst} uniqueCount=\"4000000000000\"");
    let far_row = format!(
        "{}<row r=\"4294967295\"><c><v>1</v></c></row>",
        table(&GOOD)
    );
    let long_name = format!(
        "<fonts><font><name val=\"{}\"/></font></fonts><cellXfs",
        "x".repeat(100_000)
    );
    let styles = "<xf fontId=\"0\"></xf>".repeat(140_000);
    vec![
        refused(
            "cells-of-one-row",
            many(1, 1_000_000),
            &["damaged-workbook"],
        ),
        refused(
            "twenty-million-cells",
            many(1, 20_000_000),
            &["workbook-too-large"],
        ),
        refused(
            "cells-of-many-rows",
            many(2_000, 10_000),
            &["workbook-too-large"],
        ),
        refused("rows", many(1_000_000, 1), &["too-many-rows"]),
        refused(
            "tabs-of-one-part",
            good()
                .replaced("</sheets>", &format!("{tabs_of_one_part}</sheets>"))
                .bytes(),
            &["duplicate-part"],
        ),
        refused(
            "very-many-tabs",
            Book::of(&own_tabs).bytes(),
            &["workbook-too-large"],
        ),
        refused(
            "very-many-shared-strings-announced",
            good().replaced(sst, &announced).bytes(),
            &["workbook-too-large"],
        ),
        refused(
            "very-many-shared-strings",
            good()
                .replaced("</sst>", &format!("{}</sst>", "<si/>".repeat(9_000_000)))
                .bytes(),
            &["workbook-too-large"],
        ),
        refused("row-beyond-the-last", data(&far_row), &["damaged-workbook"]),
        refused(
            "very-long-font-name",
            good().replaced("<cellXfs", &long_name).bytes(),
            &["damaged-workbook"],
        ),
        refused(
            "very-many-styles",
            good()
                .replaced("</cellXfs>", &format!("{styles}</cellXfs>"))
                .bytes(),
            &["damaged-workbook"],
        ),
        refused(
            "starts-elsewhere",
            good()
                .replaced("Target=\"xl/workbook.xml\"", "Target=\"xl/other.xml\"")
                .bytes(),
            &["damaged-workbook"],
        ),
        accepted(
            "cells-out-of-order",
            data(&backwards(&table(&GOOD))),
            SCORES,
            &[],
        ),
    ]
}

/// The rows of a tab from the last to the first.
fn backwards(data: &str) -> String {
    let mut rows: Vec<&str> = data.split_inclusive("</row>").collect();
    rows.reverse();
    rows.concat()
}

/// The tab as UTF-16, with a declaration in it.
fn utf_16(book: &Book, declaration: &str) -> Book {
    let mut book = book.clone();
    for (name, bytes) in &mut book.parts {
        if name.ends_with("sheet1.xml") {
            let text = str::from_utf8(bytes).unwrap();
            let text = text.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", declaration);
            *bytes = [0xff, 0xfe]
                .into_iter()
                .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
                .collect();
        }
    }
    book
}

/// The workbook without compression, so that its bytes can be found in it.
fn zip_stored(book: &Book) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in &book.parts {
        out.start_file(name.as_str(), plain).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}
