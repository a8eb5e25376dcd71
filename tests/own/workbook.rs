//! Workbooks out of texts.

/// A workbook with these tabs, each given as CSV.
pub fn workbook(tabs: &[(&str, &str)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, text) in tabs {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        for (row, record) in (0_u32..).zip(reader.records()) {
            for (column, cell) in (0_u16..).zip(&record.unwrap()) {
                match cell.parse::<i32>() {
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, cell).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}
