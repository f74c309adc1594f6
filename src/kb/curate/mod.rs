//! What is made of rows before they are compiled: changes that are given ([`Amendments`]), and what follows from what the rows
//! say in words: whose office is whose, which body is whose, and under what names offices, bodies, firms and people are spoken
//! of.

mod amend;
mod countries;
mod names;
mod offices;
mod people;
mod teams;

pub use amend::Amendments;

use super::Row;
use countries::Countries;

/// Completes rows whose facts are in words: descriptions such as `Prime Minister, Israel (2022–)` become relations; offices and
/// bodies get the names under which they are spoken of, with their country and without; names that are none are left out.
pub fn curate(rows: &mut [Row]) {
    teams::classify(rows);
    names::clean(rows);
    let countries = Countries::of(rows);
    offices::place(rows, &countries);
    people::relate(rows, &countries);
    offices::name(rows, &countries);
}
