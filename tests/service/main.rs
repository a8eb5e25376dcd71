//! The verbs of the work over a real store, without a server.

mod sample;
mod support;
