//! A sheet that somebody hands in, with what was said about it.

use crate::record::Digest;
use crate::sheets::Declared;

/// How a sheet came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Came {
    /// As a file.
    #[default]
    AsFile,
    /// Typed in the page: once filed, it is no draft any more.
    Typed,
}

/// A file as it came, with what was said about it.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The name of the file.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Who scored, if the uploader says so.
    pub evaluator: Option<String>,
    /// The tab that is meant, if the file is a workbook.
    pub tab: Option<String>,
    /// What is declared about it.
    pub declared: Declared,
    /// What a preview of it showed to be replaced; if that has changed since, it is not filed.
    pub seen: Option<Digest>,
    /// Whether a sheet that does not say who scored is refused, so that somebody can be asked, rather than given to the panel.
    pub demands_name: bool,
    /// How it came.
    pub came: Came,
    /// Whether it may bring vendors that are not listed.
    pub new_vendors: bool,
    /// Whether it may bring evaluators that are not listed.
    pub new_evaluators: bool,
}
