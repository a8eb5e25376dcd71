//! Stories through a real browser: Chromium, driven by `ChromeDriver`, against the real program.
//!
//! `.ci/test` installs both. `.ci/screenshots` runs these stories and keeps the pictures that the README shows.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot go on has found a failing test"
)]

mod axe;
mod comforts;
mod crawl;
mod devtools;
mod driver;
mod hands;
mod print;
mod rich;
mod sample;
mod server;
mod speed;
mod start;
mod story;
