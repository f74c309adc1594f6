use std::cmp::Ordering;

/// A table of the language, used in place: lines of a key, a tab and a value, in the byte order of the keys.
///
/// A program that looks up a few dozen words should not have to hash tens of thousands at its start.
pub(crate) struct Table {
    text: &'static str,
}

impl Table {
    /// A table of sorted lines; a unit test by the side of each sees to the order.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'static str> {
        let mut rest = self.text;
        while !rest.is_empty() {
            // The line that the middle of what is left falls into.
            let middle = (rest.len() / 2..rest.len()).find(|&at| rest.is_char_boundary(at))?;
            let (head, tail) = rest.split_at(middle);
            let start = head.rfind('\n').map_or(0, |at| at + 1);
            let end = tail.find('\n').map_or(rest.len(), |at| middle + at + 1);
            let (before, line, behind) = (rest.get(..start)?, rest.get(start..end)?, rest.get(end..)?);
            let (found, value) = line.trim_end_matches('\n').split_once('\t')?;
            match found.cmp(key) {
                Ordering::Equal => return Some(value),
                Ordering::Less => rest = behind,
                Ordering::Greater => rest = before,
            }
        }
        None
    }

    /// All lines, as keys with their values.
    #[cfg(test)]
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text.lines().filter_map(|line| line.split_once('\t'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_no_other() {
        let table = Table::new("bank\tgroup\nbanker\tperson\ncafé\tplace\nmère\twoman\nécole\tgroup\n");
        for (key, value) in table.lines() {
            assert_eq!(table.get(key), Some(value), "{key}");
        }
        assert_eq!(table.lines().count(), 5);
        for absent in ["", "ban", "bankers", "zoo", "a", "ü"] {
            assert_eq!(table.get(absent), None, "{absent}");
        }
        assert_eq!(Table::new("").get("bank"), None);
        assert_eq!(Table::new("bank\tgroup").get("bank"), Some("group"));
    }
}
