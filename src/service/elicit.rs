//! Step 1: weights by method, of a file. What was said becomes a version of the criteria set, and stays on record with it.

use std::sync::Arc;

use crate::accounts::{Action, Actor};
use crate::criteria::elicit::{Method, elicit};
use crate::record::{Attached, Change, Digest, EvaluationId, Judgements, SetRef};

use super::{Entry, Error, File, Opened, Service};

impl Service {
    /// Takes the weights that a file of judgements gives to one group: another version of the set, with the file on record.
    ///
    /// # Errors
    /// [`Error::Judgements`] with everything that is wrong with the file, [`Error::Fields`] if it is not about exactly one
    /// group, [`Error::Denied`] once the method is frozen.
    pub fn elicit_into(
        &self,
        actor: Actor,
        id: &EvaluationId,
        method: Method,
        bytes: &[u8],
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::SetMethod, id, |dossier| {
            let elicited = elicit(method, bytes, self.limits()).map_err(Error::Judgements)?;
            let set = dossier.set();
            let is_offered = self.library().find(set.id()).is_some();
            let (own_id, version) = set.next_name(is_offered);
            let weighed = elicited.into_set(set, &own_id, &version);
            let weighed = weighed
                .map_err(|why| Error::field("judgements", None, why.code(), why.to_string()))?;
            let of = elicited.group(set).and_then(|of| {
                let category = set.categories().get(of.position());
                category.map(|category| category.id().to_owned())
            });
            let set = Arc::new(weighed);
            Ok(vec![Entry {
                change: Change::WeightsElicited {
                    method: method.code().to_owned(),
                    of,
                    judgements: Digest::of(bytes),
                    set: SetRef::of(&set),
                },
                files: vec![
                    File::new(set.source().as_bytes().to_vec()),
                    File::new(bytes.to_vec()),
                ],
                attached: Attached::Set(set),
            }])
        })
    }

    /// What was said about weights, as it came.
    ///
    /// # Errors
    /// [`Error::NoJudgements`] if none of this digest is on record.
    pub fn judgements(
        &self,
        actor: Actor,
        id: &EvaluationId,
        digest: &str,
    ) -> Result<(Judgements, Vec<u8>), Error> {
        let opened = self.open(actor, id)?;
        let mut all = opened.dossier().judgements().iter();
        let found = all.find(|one| one.digest.to_string() == digest);
        let found = found.ok_or(Error::NoJudgements)?;
        let bytes = self.store.attachment(&found.digest)?;
        let bytes = bytes.ok_or_else(|| Error::Damaged(format!("the file {digest} is missing")))?;
        Ok((found.clone(), bytes))
    }
}
