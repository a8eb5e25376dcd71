//! One result in many forms: JSON, CSV, a text table and a self-contained HTML document.
//!
//! [`publish`] turns a scorecard into printed numbers once; every format prints those, so no two can ever differ.

mod answers;
mod bar;
pub(crate) mod columns;
mod csv;
mod figure;
mod html;
mod json;
mod notices;
mod publish;
mod published;
mod score;
mod standings;
mod story;
mod text;
pub(crate) mod words;

pub use self::csv::{ranking_csv, scores_csv};
pub use html::{RenderError, html};
pub use json::json;
pub use publish::publish;
pub use published::{Detail, Published};
pub use standings::{Standings, StandingsRow, standings};
pub use text::text;
