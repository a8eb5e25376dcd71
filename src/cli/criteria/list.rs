//! `scorecard criteria list`: the criteria sets that come with the program.

use crate::cli::input::read_shipped;
use crate::cli::telling::Telling;
use crate::cli::{Failure, Streams};
use crate::criteria::{Lens, shipped};
use crate::reports::columns::{Side, aligned};

const SIDES: [Side; 5] = [Side::Left, Side::Left, Side::Right, Side::Right, Side::Left];

pub(super) fn run(streams: &mut Streams<'_>) -> Result<(), Failure> {
    let header = ["id", "title", "categories", "criteria", "lenses"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let mut telling = Telling::default();
    for shipped in shipped() {
        match read_shipped(shipped) {
            Ok(set) => {
                let lenses: Vec<&str> = set.lenses().iter().map(Lens::id).collect();
                rows.push(vec![
                    set.id().to_owned(),
                    set.title().to_owned(),
                    set.categories().len().to_string(),
                    set.criteria().len().to_string(),
                    lenses.join(", "),
                ]);
            }
            Err(refused) => telling.set_problems(shipped.id(), &refused, streams.on_terminal),
        }
    }
    if !telling.is_clean() {
        return Err(telling.refuse(streams));
    }
    Ok(streams
        .stdout
        .write_all(aligned(&rows, &SIDES).as_bytes())?)
}
