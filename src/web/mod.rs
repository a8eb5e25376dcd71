//! The web service: one server, one table of routes, one file per page.
//!
//! A request meets the [`guard`] first, which lets nothing through that does not come from this machine's own browser or from
//! no browser at all. A handler then says by its arguments what it needs: a [`Caller`], a [`Posted`] form, an [`Uploaded`]
//! file. It calls one verb of the service and shows the answer with [`page`] or tells an [`Error`].

mod api;
mod application;
mod assets;
mod caller;
mod connection;
mod display;
mod download;
mod error;
mod exports;
mod exposure;
mod guard;
mod guest;
mod health;
mod held;
mod layout;
mod page;
mod pages;
mod papers;
mod readers;
mod routes;
mod secret;
mod settings;
mod source;
mod state;
mod take;
mod telling;
mod visit;
mod way_in;

pub use application::{Application, BuildError};
pub use caller::Caller;
pub use error::Error;
pub use exposure::{NotAProxy, NotPublic, PublicUrl, TlsError, TlsFiles, proxy};
pub use layout::Layout;
use page::text_with_status;
pub use page::{PageKey, cached_page, page, page_with_status};
pub use secret::{Secret, SecretError};
pub use settings::Settings;
pub use source::Source;
pub use state::State;
pub use take::{At, AtSheet, Document, Posted, Query, Uploaded, UploadedFile};
pub use visit::{Confirmed, SignedIn};
