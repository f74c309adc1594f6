use std::fmt;
use std::io::BufRead;
use std::marker::PhantomData;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::{Error, Key, Relation, Row};
use super::classes::{self, NO_ENTITIES};
use super::triples::{cut, popularity_of_sitelinks};
use super::{Intake, Options, lines, read_error};
use crate::annotation::Class;

/// Reads a JSON dump: `[`, then an item a line with a comma behind, then `]`.
pub(super) fn read(
    path: &Path,
    mut input: impl BufRead + Send,
    intake: &mut Intake<'_>,
) -> Result<(), Error> {
    let start = input.fill_buf().map_err(|error| read_error(path, error))?;
    let items = Items { options: intake.options, is_list: start.starts_with(b"[") };
    lines::read(path, input, 1, &items, intake)
}

struct Items<'a> {
    options: &'a Options,
    /// Whether the file is one list, which has an end.
    is_list: bool,
}

impl lines::Lines for Items<'_> {
    const RUNS: bool = false;

    fn problem_at_end(&self, last: &[u8]) -> Option<&'static str> {
        (self.is_list && !last.ends_with(b"]")).then_some("it ends without `]`: it is cut off")
    }

    fn rows(&self, line: &str, rows: &mut Vec<Row>) -> Result<(), String> {
        let line = line.trim().trim_end_matches(',');
        if matches!(line, "" | "[" | "]") {
            return Ok(());
        }
        let item: Item<'_> = serde_json::from_str(line).map_err(|error| {
            let (text, column) = (error.to_string(), error.column());
            format!("{} at column {column}", text.split(" at line ").next().unwrap_or(&text))
        })?;
        rows.extend(item.row(self.options));
        Ok(())
    }
}

/// What is used of an entity of a dump. What is not looked at is passed over without being built.
#[derive(serde::Deserialize)]
struct Item<'a> {
    id: String,
    #[serde(borrow, default)]
    labels: Entries<'a>,
    #[serde(borrow, default)]
    descriptions: Entries<'a>,
    #[serde(borrow, default)]
    aliases: Entries<'a>,
    #[serde(borrow, default)]
    claims: Entries<'a>,
    #[serde(borrow, default)]
    sitelinks: Entries<'a>,
}

/// The members of an object as they stand. PHP writes an empty one as a list.
#[derive(Default)]
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Members<'a> {
            type Value = Entries<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries<'a>, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }

            fn visit_seq<S: serde::de::SeqAccess<'de>>(self, mut seq: S) -> Result<Entries<'a>, S::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Entries::default())
            }
        }
        deserializer.deserialize_any(Members(PhantomData))
    }
}

impl<'a> Entries<'a> {
    fn get<T: Deserialize<'a>>(&self, name: &str) -> Option<T> {
        let (_, raw) = self.0.iter().find(|(known, _)| known == name)?;
        serde_json::from_str(raw.get()).ok()
    }
}

#[derive(serde::Deserialize)]
struct Text {
    value: String,
}

#[derive(serde::Deserialize)]
struct Claim<'a> {
    #[serde(borrow)]
    mainsnak: Snak<'a>,
    #[serde(default)]
    rank: String,
}

#[derive(serde::Deserialize)]
struct Snak<'a> {
    #[serde(borrow, default)]
    datavalue: Option<DataValue<'a>>,
}

#[derive(serde::Deserialize)]
struct DataValue<'a> {
    #[serde(borrow)]
    value: &'a RawValue,
}

#[derive(serde::Deserialize)]
struct ItemValue {
    id: String,
}

#[derive(serde::Deserialize)]
struct Coordinates {
    latitude: f64,
    longitude: f64,
}

#[derive(serde::Deserialize)]
struct InLanguage {
    text: String,
    language: String,
}

impl Item<'_> {
    /// The entity, if it is one that is wanted.
    fn row(&self, options: &Options) -> Option<Row> {
        let qid = qid(&self.id)?;
        let sitelinks = self.sitelinks.0.len() as u32;
        let kinds: Vec<u32> = self.items(31).collect();
        let wanted = options.classes.is_empty() || kinds.iter().any(|kind| options.classes.contains(kind));
        if !wanted || sitelinks < options.min_sitelinks || kinds.iter().any(|kind| NO_ENTITIES.contains(kind))
        {
            return None;
        }
        let in_order = || options.languages.iter().map(String::as_str).chain(["mul"]);
        let mut labels =
            in_order().filter_map(|language| self.labels.get::<Text>(language)).map(|text| text.value);
        let label = labels.next().or_else(|| self.regional_label(options))?;
        let aliases = in_order().filter_map(|language| self.aliases.get::<Vec<Text>>(language));
        let class = kinds.iter().find_map(|&kind| classes::of_item(kind)).unwrap_or(Class::Entity);
        let short = self.texts_in(1813, options).chain(self.texts_in(1448, options));
        let aliases = labels.chain(aliases.flatten().map(|text| text.value)).chain(short).collect();
        Some(Row {
            qid: Some(qid),
            label,
            class: Some(class),
            aliases,
            demonyms: self.texts_in(1549, options).collect(),
            description: in_order()
                .find_map(|language| self.descriptions.get::<Text>(language))
                .map(|text| cut(&text.value).to_owned()),
            country: if class == Class::Country {
                Some(Key::Item(qid))
            } else {
                self.items(17).chain(self.items(27)).next().map(Key::Item)
            },
            relations: self.relations(),
            title: self.sitelinks.get::<Site>("enwiki").map(|site| site.title),
            geonames: self.texts(1566).next().and_then(|id| id.parse().ok()),
            iso: self.texts(297).chain(self.texts(300)).next(),
            coordinates: self.values::<Coordinates>(625).next().map(|c| (c.latitude, c.longitude)),
            popularity: popularity_of_sitelinks(sitelinks),
            gender: self.items(21).next().map(classes::gender),
            ..Row::default()
        })
    }

    /// A label in a regional form of one of the languages.
    fn regional_label(&self, options: &Options) -> Option<String> {
        let (language, _) = self.labels.0.iter().find(|(language, _)| options.is_regional(language))?;
        self.labels.get::<Text>(language).map(|text| text.value)
    }

    /// Values of the best rank.
    fn values<T: serde::de::DeserializeOwned>(&self, property: u32) -> impl Iterator<Item = T> {
        let claims: Vec<Claim<'_>> = self.claims.get(&format!("P{property}")).unwrap_or_default();
        let preferred = claims.iter().any(|claim| claim.rank == "preferred");
        let best = claims.into_iter().filter(move |claim| match claim.rank.as_str() {
            "deprecated" => false,
            rank => !preferred || rank == "preferred",
        });
        best.filter_map(|claim| serde_json::from_str(claim.mainsnak.datavalue?.value.get()).ok())
    }

    fn items(&self, property: u32) -> impl Iterator<Item = u32> {
        self.values::<ItemValue>(property).filter_map(|value| qid(&value.id))
    }

    fn texts(&self, property: u32) -> impl Iterator<Item = String> {
        self.values::<String>(property)
    }

    fn texts_in(&self, property: u32, options: &Options) -> impl Iterator<Item = String> {
        self.values::<InLanguage>(property)
            .filter(|text| options.language(Some(&text.language)).is_some())
            .map(|text| text.text)
    }

    fn relations(&self) -> Vec<(Relation, Key)> {
        let mut relations = Vec::new();
        for (name, _) in &self.claims.0 {
            let Some(property) = name.strip_prefix('P').and_then(|number| number.parse().ok()) else {
                continue;
            };
            if let Some(relation) = classes::relation_of_property(property) {
                relations.extend(self.items(property).map(|item| (relation, Key::Item(item))));
            }
        }
        relations
    }
}

#[derive(serde::Deserialize)]
struct Site {
    title: String,
}

fn qid(id: &str) -> Option<u32> {
    id.strip_prefix('Q')?.parse().ok().filter(|&qid| qid > 0)
}
