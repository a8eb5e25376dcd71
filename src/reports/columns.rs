//! Text in columns, aligned by the width a terminal gives each character.

use unicode_width::UnicodeWidthStr;

/// Which side of its column a cell keeps to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Side {
    Left,
    Right,
}

/// Rows of cells as lines, two blanks between columns.
pub(crate) fn aligned(rows: &[Vec<String>], sides: &[Side]) -> String {
    let widths = sides.iter().enumerate().map(|(column, _)| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    });
    let widths: Vec<usize> = widths.collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for ((cell, side), width) in row.iter().zip(sides).zip(&widths) {
            let padding = " ".repeat(width.saturating_sub(cell.width()));
            let (before, after) = match side {
                Side::Left => ("", padding.as_str()),
                Side::Right => (padding.as_str(), ""),
            };
            line.extend([before, cell, after, "  "]);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_the_width_of_what_is_seen() {
        let row = |vendor: &str| ["1", vendor, "72.00"].map(str::to_owned).to_vec();
        let lines = aligned(
            &[row("Acme"), row("日本製")],
            &[Side::Right, Side::Left, Side::Right],
        );
        assert_eq!(lines, "1  Acme    72.00\n1  日本製  72.00\n");
    }
}
