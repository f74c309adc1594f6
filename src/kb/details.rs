//! What of an entity has no fixed size.
//!
//! Label; a byte of bits for what follows: title (bit 0), title is the label (1), description (2), ISO code (3), IRI (4),
//! names (5), context (6), relations (7). Texts have their length before them, lists the number of their items. The
//! context is numbers of words in ascending order, each less the one before; of each relation there is its kind (1 byte)
//! and the entity's number.

use super::Relation;
use super::format::{read_text, read_varint, write_text, write_varint};

/// The details of one entity, as they are in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Details<'a> {
    pub(super) label: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) iso: Option<&'a str>,
    pub(super) iri: Option<&'a str>,
    bits: u8,
    /// The lists, read when they are asked for.
    lists: &'a [u8],
}

/// What is written of an entity.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts<'a> {
    pub(super) label: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) iso: Option<&'a str>,
    pub(super) iri: Option<&'a str>,
    /// The names after the label.
    pub(super) names: &'a [String],
    /// Numbers of words, sorted.
    pub(super) context: &'a [u32],
    pub(super) relations: &'a [(Relation, u32)],
}

const NAMES: u8 = 1 << 5;
const CONTEXT: u8 = 1 << 6;
const RELATIONS: u8 = 1 << 7;

impl Parts<'_> {
    /// Appends them.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let same_title = self.title == Some(self.label);
        let title = self.title.filter(|_| !same_title);
        let there = [
            title.is_some(),
            same_title,
            self.description.is_some(),
            self.iso.is_some(),
            self.iri.is_some(),
            !self.names.is_empty(),
            !self.context.is_empty(),
            !self.relations.is_empty(),
        ];
        write_text(bytes, self.label);
        bytes.push(there.iter().enumerate().fold(0, |bits, (i, &there)| bits | u8::from(there) << i));
        for text in [title, self.description, self.iso, self.iri].into_iter().flatten() {
            write_text(bytes, text);
        }
        write_list(bytes, self.names, |bytes, name| write_text(bytes, name));
        let mut before = 0;
        write_list(bytes, self.context, |bytes, word| {
            write_varint(bytes, word - before);
            before = *word;
        });
        write_list(bytes, self.relations, |bytes, &(relation, entity)| {
            bytes.push(relation as u8);
            write_varint(bytes, entity);
        });
    }
}

fn write_list<T>(bytes: &mut Vec<u8>, items: &[T], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    if !items.is_empty() {
        write_varint(bytes, items.len() as u32);
        for item in items {
            write(bytes, item);
        }
    }
}

impl<'a> Details<'a> {
    /// Reads them; `None` when they are damaged.
    pub(super) fn read(mut bytes: &'a [u8]) -> Option<Self> {
        let label = read_text(&mut bytes)?;
        let (&bits, rest) = bytes.split_first()?;
        bytes = rest;
        let mut text = |bit: u8| match bits & 1 << bit {
            0 => Some(None),
            _ => read_text(&mut bytes).map(Some),
        };
        let (title, description, iso, iri) = (text(0)?, text(2)?, text(3)?, text(4)?);
        let title = if bits & 2 != 0 { Some(label) } else { title };
        Some(Self { label, title, description, iso, iri, bits, lists: bytes })
    }

    /// The names after the label.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (count, bytes) = self.list(NAMES).unwrap_or_default();
        items(count, bytes, read_text)
    }

    /// Numbers of words.
    pub(super) fn context(&self) -> impl Iterator<Item = u32> + use<'a> {
        let (count, bytes) = self.list(CONTEXT).unwrap_or_default();
        items(count, bytes, read_varint).scan(0u32, |word, more| {
            *word = word.checked_add(more)?;
            Some(*word)
        })
    }

    /// Relations to entities of the same file.
    pub(super) fn relations(&self) -> impl Iterator<Item = (Relation, u32)> + use<'a> {
        let (count, bytes) = self.list(RELATIONS).unwrap_or_default();
        items(count, bytes, read_relation)
    }

    /// The number of items of a list, and the bytes that begin with them.
    fn list(&self, list: u8) -> Option<(u32, &'a [u8])> {
        let mut bytes = self.lists;
        for bit in [NAMES, CONTEXT, RELATIONS] {
            if self.bits & bit == 0 {
                continue;
            }
            let count = read_varint(&mut bytes)?;
            if bit == list {
                return Some((count, bytes));
            }
            for _ in 0..count {
                match bit {
                    NAMES => read_text(&mut bytes).map(drop)?,
                    _ => read_varint(&mut bytes).map(drop)?,
                }
            }
        }
        None
    }
}

/// As many items as there should be, fewer if the bytes are damaged.
fn items<'a, T>(
    count: u32,
    mut bytes: &'a [u8],
    read: impl Fn(&mut &'a [u8]) -> Option<T>,
) -> impl Iterator<Item = T> {
    (0..count).map_while(move |_| read(&mut bytes))
}

fn read_relation(bytes: &mut &[u8]) -> Option<(Relation, u32)> {
    let (&kind, rest) = bytes.split_first()?;
    *bytes = rest;
    Some((Relation::from_number(kind)?, read_varint(bytes)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_read_as_they_were_written() {
        let names = ["Persia".to_owned(), "IR".to_owned()];
        let parts = Parts {
            label: "Iran",
            names: &names,
            title: Some("Iran"),
            description: Some("country in Asia"),
            iso: Some("IR"),
            iri: None,
            context: &[3, 4, 900],
            relations: &[(Relation::Capital, 70_000)],
        };
        let mut bytes = Vec::new();
        parts.write(&mut bytes);
        let details = Details::read(&bytes).unwrap();
        assert_eq!((details.label, details.title, details.iso), ("Iran", Some("Iran"), Some("IR")));
        assert_eq!((details.description, details.iri), (Some("country in Asia"), None));
        assert_eq!(details.names().collect::<Vec<_>>(), ["Persia", "IR"]);
        assert_eq!(details.context().collect::<Vec<_>>(), [3, 4, 900]);
        assert_eq!(details.relations().collect::<Vec<_>>(), [(Relation::Capital, 70_000)]);
        for end in 0..bytes.len() {
            let cut = Details::read(&bytes[..end]);
            assert!(cut.is_none_or(|cut| cut.relations().next().is_none()), "{end}");
        }
    }
}
