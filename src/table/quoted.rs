//! Rows with quotes, taken apart by the CSV reader.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{Cells, Delimiter};

/// The reader, and the memory it writes cells into.
#[derive(Debug)]
pub(super) struct Quoted {
    reader: Reader,
    bytes: Vec<u8>,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl Quoted {
    /// For rows of a text, `is_first` if its first row is among them: before that one a byte order mark is left out.
    pub(super) fn new(delimiter: Delimiter, is_first: bool) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(delimiter.byte()).build();
        if !is_first {
            // An empty line is no row; behind one there is no mark to leave out.
            let _nothing = reader.read_record(b"\n", &mut [], &mut []);
        }
        Self {
            reader,
            bytes: vec![0; 256],
            ends: vec![0; 16],
        }
    }

    /// Reads the row that a text begins with; gives how many bytes it has with its line end. `None` if no row comes any more.
    pub(super) fn read(&mut self, text: &[u8], cells: &mut Cells) -> Option<usize> {
        let (mut read, mut written, mut ended) = (0, 0, 0);
        loop {
            let (result, more_read, more_written, more_ended) = self.reader.read_record(
                text.get(read..)?,
                self.bytes.get_mut(written..)?,
                self.ends.get_mut(ended..)?,
            );
            read = read.saturating_add(more_read);
            written = written.saturating_add(more_written);
            ended = ended.saturating_add(more_ended);
            match result {
                // Asked again without input, the reader knows that the text ends here.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => twice(&mut self.bytes),
                ReadRecordResult::OutputEndsFull => twice(&mut self.ends),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let ends = self.ends.get(..ended)?;
        cells.fill(self.bytes.get(..written)?, ends);
        // Of CRLF, the reader leaves the second half for the next row.
        Some(match text.get(read.saturating_sub(1)..) {
            Some([b'\r', b'\n', ..]) => read.saturating_add(1),
            Some(_) | None => read,
        })
    }
}

fn twice<T: Clone + Default>(room: &mut Vec<T>) {
    let length = room.len().saturating_mul(2).max(1);
    room.resize(length, T::default());
}
