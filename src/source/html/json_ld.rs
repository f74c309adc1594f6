//! What the schema.org metadata of a page says about its article.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// Nested objects are looked into so many levels deep.
const DEPTH: usize = 8;

/// The fields of an article object; empty where there is none.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
}

type Object = Map<String, Value>;

/// Reads the scripts of type `application/ld+json`; those that are no JSON are left out.
pub(super) fn describe(scripts: &[String]) -> Described {
    let values = scripts.iter().filter_map(|script| serde_json::from_str::<Value>(bare(script)).ok());
    let values = values.collect::<Vec<_>>();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, DEPTH, &mut objects);
    }
    let named = |object: &&Object| object.len() > 1;
    let by_id = objects.iter().copied().filter(named).rev();
    let by_id = by_id.filter_map(|object| Some((object.get("@id")?.as_str()?, object))).collect();
    objects.iter().copied().find(|object| is_article(object)).map_or_else(Described::default, |object| {
        let look = Lookup { by_id };
        Described {
            headline: look.name(object.get("headline").or_else(|| object.get("name"))),
            published: look.name(object.get("datePublished").or_else(|| object.get("dateCreated"))),
            author: look.name(object.get("author").or_else(|| object.get("creator"))),
            publisher: look.name(object.get("publisher")),
            language: look.name(object.get("inLanguage")),
            url: address(object),
            body: object.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        }
    })
}

/// Without the comment marks that some pages put around it.
fn bare(script: &str) -> &str {
    let script = script.trim();
    let script = script.strip_prefix("<!--").and_then(|s| s.strip_suffix("-->")).unwrap_or(script).trim();
    let script = script.strip_prefix("//<![CDATA[").and_then(|s| s.strip_suffix("//]]>")).unwrap_or(script);
    script.trim().trim_end_matches(';')
}

/// All objects in `value`, outer ones first.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Object>) {
    match value {
        _ if depth == 0 => {}
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth - 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            object.values().for_each(|item| collect(item, depth - 1, objects));
        }
        _ => {}
    }
}

/// `NewsArticle` and its kin, as one type or in a list of types.
fn is_article(object: &Object) -> bool {
    let kin = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or(kind);
        kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(kin),
        Some(kind) => kin(kind),
        None => false,
    }
}

fn address(object: &Object) -> Option<String> {
    let page = object.get("mainEntityOfPage");
    let page = page.and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
    let url = object.get("url").and_then(Value::as_str).or(page)?;
    url.starts_with("http").then(|| url.to_owned())
}

struct Lookup<'a> {
    by_id: HashMap<&'a str, &'a Object>,
}

impl Lookup<'_> {
    /// A string, the name of an object, the object that an `@id` means, or a list of these with commas between.
    fn name(&self, value: Option<&Value>) -> Option<String> {
        let name = match value? {
            Value::String(text) => text.trim().to_owned(),
            Value::Object(object) => match object.get("name") {
                Some(name) => self.name(Some(name))?,
                None => {
                    self.by_id.get(object.get("@id")?.as_str()?)?.get("name")?.as_str()?.trim().to_owned()
                }
            },
            Value::Array(items) => {
                let mut names: Vec<String> = Vec::new();
                for name in
                    items.iter().filter(|item| !item.is_array()).filter_map(|item| self.name(Some(item)))
                {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                names.join(", ")
            }
            _ => return None,
        };
        (!name.is_empty()).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_article_in_a_graph_and_follows_ids() {
        let script = r##"<!-- {"@context": "https://schema.org", "@graph": [
            {"@type": "WebPage", "@id": "#page", "url": "https://x.example/1"},
            {"@type": ["Article", "OpinionNewsArticle"], "headline": "Talks", "author": [{"@id": "#a"}, "R. Roe", "R. Roe"],
             "publisher": {"@id": "#o"}, "mainEntityOfPage": {"@id": "https://x.example/1"}, "datePublished": "2025-05-20"},
            {"@type": "Person", "@id": "#a", "name": "Jane Doe"},
            {"@type": "Organization", "@id": "#o", "name": "The Example"}]} -->"##;
        let found = describe(&["not json".to_owned(), script.to_owned()]);
        assert_eq!(found.headline.as_deref(), Some("Talks"));
        assert_eq!(found.author.as_deref(), Some("Jane Doe, R. Roe"));
        assert_eq!(found.publisher.as_deref(), Some("The Example"));
        assert_eq!(found.url.as_deref(), Some("https://x.example/1"));
        assert_eq!(found.published.as_deref(), Some("2025-05-20"));
    }

    #[test]
    fn survives_objects_that_point_at_themselves() {
        let found = describe(&[r##"{"@type": "Article", "@id": "#a", "author": {"@id": "#a"}}"##.to_owned()]);
        assert_eq!(found.author, None);
    }
}
