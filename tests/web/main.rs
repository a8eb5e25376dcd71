//! The service over a real socket: what it lets in, what it refuses, and in which words.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on has found a failing test"
)]

mod accounts;
mod addresses;
mod agreement;
mod api;
mod award;
mod blind;
#[path = "../workbooks/book.rs"]
mod book;
#[path = "../workbooks/cases.rs"]
mod cases;
mod compare;
mod corpus;
mod costs;
mod deadlines;
mod declared;
mod empty;
mod explain;
mod explain_api;
mod faults;
mod firmness;
mod guards;
mod guide;
mod hidden;
mod interests;
mod limits;
mod locale;
mod login;
mod matrix;
mod meeting;
mod mine;
#[path = "../own/workbook.rs"]
mod own_workbook;
mod pages;
mod papers;
mod pictures;
mod previews;
mod process;
mod programs;
mod ranking;
mod score;
mod sealed;
mod sessions;
mod shapes;
mod states;
mod steps;
mod support;
mod tailor;
mod timeline;
mod uploads;
mod walk;
mod ways;
mod what_if;
mod workbooks;
