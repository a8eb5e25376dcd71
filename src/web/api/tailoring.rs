//! Tailoring the criteria set of an evaluation, and what that would come to.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::view::SetJson;
use super::{Document, Error, RECORD, State, changed};
use crate::criteria::{Stakeholder, TailorNote, WeightRule, Wishes};
use crate::reports::views::tailor::{TailorRow, TailorView, tailor_view};
use crate::service::{Service, TailoredPreview};
use crate::web::{At, Caller};

/// What tailoring would come to.
#[derive(Debug, Serialize)]
struct PreviewJson<'a> {
    criteria: SetJson<'a>,
    /// How its weights are to be read: `points`, `shares` or `relative`.
    weights: &'static str,
    notes: Vec<NoteJson>,
    rows: Vec<RowJson<'a>>,
    /// What all criteria together are, exactly.
    sum_exact: String,
}

#[derive(Debug, Serialize)]
struct NoteJson {
    code: &'static str,
    message: String,
}

/// A category or a criterion of the set as it is.
#[derive(Debug, Serialize)]
struct RowJson<'a> {
    id: &'a str,
    kept: bool,
    weight: Option<&'a str>,
    share: &'a str,
    weight_then: Option<&'a str>,
    share_then: Option<&'a str>,
    share_then_exact: Option<&'a str>,
}

/// Tailors the set; with `dry_run` it is only looked at.
pub(super) async fn tailor(
    state: web::Data<State>,
    caller: Caller,
    at: At,
    mut said: Document,
) -> Result<HttpResponse, Error> {
    let wishes = wishes_of(&mut said);
    let dry_run = said.truth("dry_run").unwrap_or(false);
    said.end()?;
    let actor = caller.actor();
    if !dry_run {
        let verb = move |service: &Service| service.tailor_method(actor, &at.0, &wishes);
        return changed(&state, actor, verb).await;
    }
    let work = move |service: &Service| service.check_tailoring(actor, &at.0, &wishes);
    let (opened, preview) = state.work(work).await?;
    let dossier = opened.dossier();
    let then = (
        &preview.tailoring,
        preview.set.as_ref(),
        preview.notes.as_slice(),
    );
    let view = tailor_view(dossier.set(), Some(then));
    Ok(HttpResponse::Ok()
        .insert_header((RECORD, dossier.head().to_string()))
        .json(PreviewJson::new(&preview, &view)))
}

fn wishes_of(said: &mut Document) -> Wishes {
    let mut stakeholders = Vec::new();
    for mut lens in said.list("lenses") {
        stakeholders.push(Stakeholder {
            id: lens.text("id").unwrap_or_default(),
            title: lens.text("title").unwrap_or_default(),
            points: lens.amounts("points"),
        });
        said.absorb(lens);
    }
    Wishes {
        of: said.text("of").unwrap_or_default(),
        drop: said.texts("drop").unwrap_or_default(),
        drop_lenses: said.texts("drop_lenses").unwrap_or_default(),
        price_share: said.amount("price_share").unwrap_or_default(),
        categories: said.amounts("categories"),
        stakeholders,
    }
}

impl<'a> PreviewJson<'a> {
    fn new(preview: &'a TailoredPreview, view: &'a TailorView<'_>) -> Self {
        let set = preview.set.as_ref();
        let after = view.after.as_ref();
        Self {
            criteria: SetJson {
                id: set.id(),
                version: set.version(),
                sha256: set.sha256().to_owned(),
            },
            weights: match set.weight_rule() {
                WeightRule::Points => "points",
                WeightRule::Shares => "shares",
                WeightRule::Relative => "relative",
            },
            notes: preview.notes.iter().map(NoteJson::new).collect(),
            rows: view.rows.iter().map(RowJson::new).collect(),
            sum_exact: after
                .map(|after| after.sum_exact.clone())
                .unwrap_or_default(),
        }
    }
}

impl NoteJson {
    fn new(note: &TailorNote) -> Self {
        Self {
            code: note.code(),
            message: note.to_string(),
        }
    }
}

impl<'a> RowJson<'a> {
    fn new(row: &'a TailorRow<'_>) -> Self {
        let text = |text: &'a String| Some(text.as_str()).filter(|text| !text.is_empty());
        let then = row.then.as_ref();
        Self {
            id: row.id,
            kept: then.is_some(),
            weight: text(&row.weight),
            share: &row.share,
            weight_then: then.and_then(|then| text(&then.weight)),
            share_then: then.map(|then| then.share.as_str()),
            share_then_exact: then.map(|then| then.exact.as_str()),
        }
    }
}
