//! `scorecard agreement`: score sheets in, how much their evaluators agree out.

use clap::Args;

use crate::reports;
use crate::scoring::agreement::agreement;
use crate::scoring::firmness::leave_outs;
use crate::scoring::{self, View};

use super::filing::Filing;
use super::telling::Telling;
use super::{Failure, Streams};

#[derive(Debug, Args)]
pub(super) struct Agreement {
    #[command(flatten)]
    filing: Filing,
}

impl Agreement {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let set = self.filing.set(streams)?;
        let mut telling = Telling::default();
        let evaluation = self.filing.file_sheets(set, &mut telling, streams)?;
        if !telling.is_clean() {
            return Err(telling.refuse(streams));
        }
        telling.tell(streams);
        let agreement = agreement(&evaluation);
        let card = scoring::rank(&evaluation, None);
        let left_out = leave_outs(&evaluation, &card, View::from(None));
        Ok(reports::agreement_json(
            &evaluation,
            &agreement,
            &left_out,
            streams.stdout,
        )?)
    }
}
