use std::collections::BTreeMap;

use serde_json::Value;

use super::Error;

const PART: &str = "config.cfg";

/// `config.cfg`: sections of `key = JSON value`, with `${section.key}` or `${section:key}` standing for another
/// value. A value may also be a JSON object, which is the same as a section below.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// By full dotted path: `components.tagger.model` -> `nO` -> value.
    sections: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Config {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let mut config = Self::default();
        let mut raw: Vec<(String, String, String)> = Vec::new();
        let mut section = None;
        for (n, line) in text.lines().enumerate() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') || trimmed.starts_with(';') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.trim_end().strip_suffix(']')) {
                config.sections.entry(name.to_owned()).or_default();
                section = Some(name.to_owned());
                continue;
            }
            let at = |reason: &str| Error::damaged(PART, format!("line {}: {reason}", n + 1));
            if line.starts_with(char::is_whitespace) {
                // A value goes on over indented lines.
                let (_, _, value) = raw.last_mut().ok_or_else(|| at("indented, but nothing above"))?;
                value.push_str(trimmed);
                continue;
            }
            let section = section.clone().ok_or_else(|| at("before the first [section]"))?;
            let (key, value) =
                trimmed.split_once('=').ok_or_else(|| at("neither [section] nor key = value"))?;
            raw.push((section, key.trim().to_owned(), value.trim().to_owned()));
        }
        for (section, key, value) in &raw {
            let value = resolve(&raw, value, 0)?;
            config.insert(section, key, value);
        }
        Ok(config)
    }

    fn insert(&mut self, section: &str, key: &str, value: Value) {
        if let Value::Object(map) = value {
            let below = format!("{section}.{key}");
            self.sections.entry(below.clone()).or_default();
            for (key, value) in map {
                self.insert(&below, &key, value);
            }
        } else {
            self.sections.entry(section.to_owned()).or_default().insert(key.to_owned(), value);
        }
    }

    /// The value, if there is one and it is not null.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<&Value> {
        self.sections.get(section)?.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn has_section(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }

    pub(super) fn str(&self, section: &str, key: &str) -> Result<&str, Error> {
        self.get(section, key).and_then(Value::as_str).ok_or_else(|| wrong(section, key, "a string"))
    }

    pub(super) fn size(&self, section: &str, key: &str) -> Result<usize, Error> {
        let value = self.get(section, key).and_then(Value::as_u64);
        value.and_then(|n| usize::try_from(n).ok()).ok_or_else(|| wrong(section, key, "a size"))
    }

    /// False where it is not set.
    pub(super) fn flag(&self, section: &str, key: &str) -> bool {
        self.get(section, key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Empty where it is not set.
    pub(super) fn names(&self, section: &str, key: &str) -> Result<Vec<String>, Error> {
        let Some(value) = self.get(section, key) else { return Ok(Vec::new()) };
        serde_json::from_value(value.clone()).map_err(|_| wrong(section, key, "a list of names"))
    }
}

fn wrong(section: &str, key: &str, wanted: &str) -> Error {
    Error::damaged(PART, format!("[{section}] `{key}` is not {wanted}"))
}

/// Replaces `${a.b:c}` and reads the result as JSON.
fn resolve(raw: &[(String, String, String)], value: &str, depth: usize) -> Result<Value, Error> {
    if depth > 16 {
        return Err(Error::damaged(PART, format!("`{value}` refers to itself")));
    }
    let Some((before, rest)) = value.split_once("${") else {
        return Ok(serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned())));
    };
    let (name, after) = rest
        .split_once('}')
        .ok_or_else(|| Error::damaged(PART, format!("`{value}` lacks a closing brace")))?;
    let split = name.rsplit_once(':').or_else(|| name.rsplit_once('.'));
    let found = split.and_then(|(s, k)| raw.iter().find(|(section, key, _)| section == s && key == k));
    let (_, _, found) =
        found.ok_or_else(|| Error::damaged(PART, format!("`${{{name}}}` refers to nothing")))?;
    let found = resolve(raw, found, depth + 1)?;
    if before.is_empty() && after.is_empty() {
        return Ok(found);
    }
    let found = match found {
        Value::String(text) => text,
        other => other.to_string(),
    };
    resolve(raw, &format!("{before}{found}{after}"), depth + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_refer_to_values_of_other_sections() {
        let config = Config::parse(
            "[a.model]\nwidth = ${a.model.encode:width}\n\n[a.model.encode]\nwidth = 96\n[paths]\nx = \"/p\"\n\
             [b]\nv = ${paths.x}\nw = \"${paths.x}/q\"\nlist = [\"a\",\n    \"b\"]\nnone = null\n\
             scorer = {\"@scorers\": \"s.v1\"}",
        )
        .unwrap();
        assert_eq!(config.size("a.model", "width").unwrap(), 96);
        assert_eq!(config.str("b", "v").unwrap(), "/p");
        assert_eq!(config.str("b", "w").unwrap(), "/p/q");
        assert_eq!(config.names("b", "list").unwrap(), ["a", "b"]);
        assert_eq!(config.get("b", "none"), None);
        assert_eq!(config.str("b.scorer", "@scorers").unwrap(), "s.v1");
    }

    #[test]
    fn broken_lines_and_references_are_told() {
        for (text, told) in [
            ("a = 1", "line 1: before the first [section]"),
            ("[a]\nb", "line 2: neither"),
            ("[a]\nb = ${c.d}", "`${c.d}` refers to nothing"),
            ("[a]\nb = ${a.b}", "refers to itself"),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
