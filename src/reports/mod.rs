//! One result in many forms: JSON, CSV, a workbook, a text table and a self-contained HTML document.
//!
//! [`publish`] turns a scorecard into printed numbers once; every format prints those, so no two can ever differ.

mod advice;
mod answers;
mod bar;
pub(crate) mod columns;
mod csv;
mod debrief;
mod figure;
pub(crate) mod filters;
mod html;
mod json;
pub(crate) mod locale;
mod margin;
mod method_sheet;
mod missing;
mod notices;
mod paper;
pub(crate) mod picture;
mod publish;
mod published;
mod reasons;
mod rules;
mod score;
mod scores_xlsx;
pub(crate) mod sentence;
mod story;
mod text;
pub(crate) mod views;
pub(crate) mod words;
mod workbook;

pub use self::csv::{ranking_csv, scores_csv};
pub use advice::{AdviceImprint, Advised, advice};
pub(crate) use answers::answer_text;
pub use debrief::{Award, Debrief, debrief};
pub use html::{Declared, Imprint, PinLine, RenderError, Resolution, html, html_with_imprint};
pub use json::{
    WhatIfAsked, agenda_json, agreement_json, costs_json, firmness_json, json, lenses_json,
    missing_json, mix_json, price_quality_json, weights_json, what_if_json, why_json,
};
pub use method_sheet::{MethodImprint, method_sheet};
pub(crate) use paper::page_style;
pub use publish::publish;
pub use published::{Detail, Published};
pub use scores_xlsx::scores_xlsx;
pub use text::text;
pub use workbook::{BookImprint, criteria_xlsx, ranking_xlsx};
