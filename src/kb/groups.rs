use std::io;
use std::path::Path;

use super::Row;
use super::names::{Name, names_of};
use super::sort::{Merge, Record, Sorted, Sorter};

/// Brings the rows together under the best identifier of each entity: of the rows of one entity only some may have it.
pub(super) fn identified(rows: Sorter, folder: &Path, memory: usize) -> io::Result<Sorted> {
    let mut rows = rows.sorted()?;
    let mut entities = Sorter::new(folder, memory / 2);
    let mut bytes = Vec::new();
    let mut merge = rows.read()?;
    let mut groups = Groups::new(&mut merge);
    while let Some(row) = groups.next()? {
        bytes.clear();
        row.write(&mut bytes);
        entities.push(&row.key().to_bytes(), &bytes)?;
    }
    entities.sorted()
}

/// Rows in order, those with one key as one.
pub(super) struct Groups<'a, 'b> {
    merge: &'a mut Merge<'b>,
    record: Record,
    /// Rows of one key that differ in their Q-ids: two items that are said to be the same place.
    others: Vec<Row>,
}

impl<'a, 'b> Groups<'a, 'b> {
    pub(super) fn new(merge: &'a mut Merge<'b>) -> Self {
        Self { merge, record: Record::default(), others: Vec::new() }
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        if let Some(row) = self.others.pop() {
            return Ok(Some(row));
        }
        if !self.merge.next(&mut self.record)? {
            return Ok(None);
        }
        let damaged = || io::Error::other("a temporary file is damaged");
        let mut row = Row::read(&self.record.value).ok_or_else(damaged)?;
        while self.merge.next_is(&self.record.key) {
            self.merge.next(&mut self.record)?;
            let next = Row::read(&self.record.value).ok_or_else(damaged)?;
            let is_same = |row: &Row| row.qid.is_none() || next.qid.is_none() || row.qid == next.qid;
            if is_same(&row) {
                row.merge(next);
            } else if let Some(other) = self.others.iter_mut().find(|other| is_same(other)) {
                other.merge(next);
            } else {
                self.others.push(next);
            }
        }
        Ok(Some(row))
    }

    /// The next row that becomes an entity.
    pub(super) fn entity(&mut self) -> io::Result<Option<(Row, Vec<Name>)>> {
        while let Some(mut row) = self.next()? {
            if row.label.is_empty() {
                row.label = row.second_label.take().unwrap_or_default();
            }
            if row.is_page_only || row.label.is_empty() {
                continue;
            }
            let names = names_of(&row);
            if !names.is_empty() {
                if row.popularity <= 0.0 {
                    row.popularity = guessed_popularity(&row);
                }
                return Ok(Some((row, names)));
            }
        }
        Ok(None)
    }
}

/// What is spoken of much has many names.
fn guessed_popularity(row: &Row) -> f64 {
    4.0 + 2.0 * (row.aliases.len() as f64).sqrt().min(20.0)
}
