//! Rows and keys as bytes, for sorting: a key's bytes are in the order of the keys, and no key's begin with another's.

use super::format::{read_text, read_varint, write_text, write_varint};
use super::{Gender, Key, Relation, Row};
use crate::annotation::Class;

impl Key {
    /// Appends it.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let (kind, text) = match self {
            Self::Label(text) => (1, text),
            Self::Iso(text) => (2, text),
            Self::Iri(text) => (4, text),
            Self::GeoNames(number) | Self::Item(number) => {
                bytes.push(if matches!(self, Self::Item(_)) { 5 } else { 3 });
                bytes.extend(number.to_be_bytes());
                return;
            }
        };
        bytes.push(kind);
        // The end of a text is a byte that comes before all others, and that no text of ours holds.
        bytes.extend(text.bytes().filter(|&byte| byte != 0));
        bytes.push(0);
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        bytes
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (&kind, rest) = bytes.split_first()?;
        if kind == 3 || kind == 5 {
            let (number, rest) = rest.split_first_chunk()?;
            *bytes = rest;
            let number = u32::from_be_bytes(*number);
            return Some(if kind == 5 { Self::Item(number) } else { Self::GeoNames(number) });
        }
        let end = rest.iter().position(|&byte| byte == 0)?;
        let text = std::str::from_utf8(&rest[..end]).ok()?.to_owned();
        *bytes = &rest[end + 1..];
        Some(match kind {
            1 => Self::Label(text),
            2 => Self::Iso(text),
            _ => Self::Iri(text),
        })
    }
}

impl Row {
    /// Appends all that is known.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let texts = [
            Some(&self.label),
            self.iri.as_ref(),
            self.description.as_ref(),
            self.title.as_ref(),
            self.iso.as_ref(),
            self.second_label.as_ref(),
        ];
        for text in texts {
            write_text(bytes, text.map_or("", String::as_str));
        }
        for list in [&self.aliases, &self.demonyms, &self.metonyms, &self.partial, &self.context] {
            write_varint(bytes, list.len() as u32);
            for text in list {
                write_text(bytes, text);
            }
        }
        for number in [self.qid, self.geonames] {
            write_varint(bytes, number.unwrap_or(0));
        }
        write_varint(bytes, u32::from(self.source));
        bytes.push(self.class.map_or(0, |class| class as u8 + 1));
        bytes.push(self.gender.map_or(0, Gender::number));
        bytes.push(u8::from(self.is_page_only) << 1 | u8::from(self.coordinates.is_some()));
        if let Some((lat, long)) = self.coordinates {
            bytes.extend(lat.to_le_bytes());
            bytes.extend(long.to_le_bytes());
        }
        bytes.extend(self.popularity.to_le_bytes());
        write_varint(bytes, self.relations.len() as u32 + u32::from(self.country.is_some()));
        for (relation, key) in &self.relations {
            bytes.push(*relation as u8);
            key.write(bytes);
        }
        if let Some(country) = &self.country {
            bytes.push(COUNTRY);
            country.write(bytes);
        }
    }

    /// Reads it back.
    pub(super) fn read(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let mut text = || Some(read_text(bytes)?.to_owned());
        let (label, iri, description, title) = (text()?, text()?, text()?, text()?);
        let (iso, second_label) = (text()?, text()?);
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let mut list = || -> Option<Vec<String>> {
            let count = read_varint(bytes)?;
            (0..count).map(|_| Some(read_text(bytes)?.to_owned())).collect()
        };
        let (aliases, demonyms, metonyms, partial, context) = (list()?, list()?, list()?, list()?, list()?);
        let mut number = || Some(Some(read_varint(bytes)?).filter(|&number| number != 0));
        let (qid, geonames) = (number()?, number()?);
        let source = read_varint(bytes)? as u16;
        let (&[class, gender, flags], rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        let mut float = || {
            let (&float, rest) = bytes.split_first_chunk()?;
            *bytes = rest;
            Some(f64::from_le_bytes(float))
        };
        let coordinates = if flags & 1 != 0 { Some((float()?, float()?)) } else { None };
        let popularity = float()?;
        let (mut relations, mut country) = (Vec::new(), None);
        for _ in 0..read_varint(bytes)? {
            let (&relation, rest) = bytes.split_first()?;
            *bytes = rest;
            let key = Key::read(bytes)?;
            match relation {
                COUNTRY => country = Some(key),
                relation => relations.push((Relation::from_number(relation)?, key)),
            }
        }
        Some(Self {
            qid,
            iri: some(iri),
            label,
            second_label: some(second_label),
            class: class.checked_sub(1).and_then(Class::from_number),
            aliases,
            demonyms,
            metonyms,
            partial,
            description: some(description),
            context,
            country,
            relations,
            title: some(title),
            geonames,
            iso: some(iso),
            coordinates,
            popularity,
            gender: Gender::from_number(gender),
            is_page_only: flags & 2 != 0,
            source,
        })
    }
}

/// Stands where a relation does, for the country of an entity.
pub(super) const COUNTRY: u8 = u8::MAX;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let row = Row {
            qid: Some(794),
            label: "Iran".to_owned(),
            second_label: Some("Īrān".to_owned()),
            aliases: vec!["Persia".to_owned(), "IR".to_owned()],
            class: Some(Class::Country),
            country: Some(Key::Item(794)),
            relations: vec![(Relation::Capital, Key::Iri("http://example.org/tehran".to_owned()))],
            coordinates: Some((32.5, -0.25)),
            popularity: 70.5,
            gender: Some(Gender::Other),
            is_page_only: true,
            source: 300,
            ..Row::default()
        };
        let mut bytes = Vec::new();
        row.write(&mut bytes);
        assert_eq!(Row::read(&bytes), Some(row));
        assert_eq!((0..bytes.len()).find(|&end| Row::read(&bytes[..end]).is_some()), None);
    }

    #[test]
    fn the_bytes_of_keys_are_in_the_order_of_the_keys() {
        let keys = [
            Key::Label("A".to_owned()),
            Key::Label("A b".to_owned()),
            Key::Iso("DE".to_owned()),
            Key::GeoNames(255),
            Key::GeoNames(256),
            Key::Iri("http://a".to_owned()),
            Key::Iri("http://a/b".to_owned()),
            Key::Item(3),
            Key::Item(700),
        ];
        assert!(keys.is_sorted() && keys.map(|key| key.to_bytes()).is_sorted());
    }
}
