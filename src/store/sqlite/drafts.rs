//! What evaluators have typed and not filed yet: a row for each, replaced as it changes.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::record::EvaluationId;
use crate::store::{KeptDraft, StoreError};

use super::connect::begin;
use super::sql;

/// A draft to be saved.
pub(super) struct DraftRow {
    evaluation: EvaluationId,
    evaluator: String,
    draft: KeptDraft,
}

impl DraftRow {
    pub(super) fn new(evaluation: &EvaluationId, evaluator: &str, draft: KeptDraft) -> Self {
        Self {
            evaluation: evaluation.clone(),
            evaluator: evaluator.to_owned(),
            draft,
        }
    }

    /// Saves it as the first of its evaluator, or in the place of the revision before.
    pub(super) fn keep(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let (id, evaluator) = (self.evaluation.as_str(), &self.evaluator);
        let KeptDraft { revision, content } = &self.draft;
        let write = begin(connection)?;
        let sql = if *revision == 1 {
            sql::BEGIN_DRAFT
        } else {
            sql::KEEP_DRAFT
        };
        let changed = write
            .prepare_cached(sql)?
            .execute(params![id, evaluator, revision, content])?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        Ok(write.commit()?)
    }
}

/// The draft of an evaluator.
pub(super) fn draft(
    connection: &Connection,
    evaluation: &EvaluationId,
    evaluator: &str,
) -> Result<Option<KeptDraft>, StoreError> {
    let mut select = connection.prepare_cached(sql::DRAFT)?;
    let row = select.query_row(params![evaluation.as_str(), evaluator], |row| {
        Ok(KeptDraft {
            revision: row.get(0)?,
            content: row.get(1)?,
        })
    });
    Ok(row.optional()?)
}
