//! The fold of a revised method: the answers that were given go over to the other criteria set.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::evaluation::ScaleMapping;
use crate::record::{Change, Sealed, SetRef};

use super::fold::{Attached, Misfit, attached_set};
use super::{Dossier, Revision, TakenBack};

impl Dossier {
    pub(super) fn revise(&mut self, sealed: &Sealed, attached: Attached) -> Result<(), Misfit> {
        let event = sealed.event();
        let Change::MethodRevised {
            set,
            reason,
            mapping,
            sheet,
            before,
        } = &event.change
        else {
            return Err(Misfit::Unattached);
        };
        let other = attached_set(attached, &set.sha256)?;
        let read = mapping.iter().map(|(id, text)| {
            let read = text.parse::<ScaleMapping>();
            let read = read.map_err(|_| Misfit::Unmapped(id.clone()))?;
            Ok((id.clone(), read))
        });
        let read: BTreeMap<String, ScaleMapping> = read.collect::<Result<_, Misfit>>()?;
        let revised = self.evaluation.revised(&other, &read).map_err(|lost| {
            let ids: Vec<String> = lost.into_iter().map(|one| one.criterion).collect();
            Misfit::Unmapped(ids.join(", "))
        })?;
        self.revisions.push(Revision {
            from: SetRef::of(self.set()),
            to: set.clone(),
            why: TakenBack {
                reason: reason.clone(),
                by: event.actor.clone(),
                at: event.at,
            },
            mapping: mapping.clone(),
            dropped: revised.dropped,
            before: Arc::new(std::mem::replace(&mut self.evaluation, revised.evaluation)),
            pinned: before.clone(),
        });
        self.method_sheet = Some(*sheet);
        Ok(())
    }
}
