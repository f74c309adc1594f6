//! What a triple says of an entity, in the vocabularies of Wikidata, DBpedia, GeoNames, RDFS, SKOS, schema.org and FOAF.

use super::super::entity::{DBPEDIA, dbpedia_iri, title_of};
use super::super::{Key, Relation, Row};
use super::Options;
use super::classes::{self, NO_ENTITIES};

/// Longest description that is kept, in bytes.
const DESCRIPTION: usize = 400;

/// A triple, whatever it was read from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Triple<'a> {
    pub(super) subject: &'a str,
    pub(super) predicate: &'a str,
    pub(super) object: Object<'a>,
}

/// The object of a triple.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Object<'a> {
    Iri(&'a str),
    Literal { value: &'a str, language: Option<&'a str> },
}

const WIKIDATA: &str = "http://www.wikidata.org/";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const FOAF: &str = "http://xmlns.com/foaf/0.1/";
const DBO: &str = "http://dbpedia.org/ontology/";
const GN: &str = "http://www.geonames.org/ontology#";
const GEO: &str = "http://www.w3.org/2003/01/geo/wgs84_pos#";

/// What a predicate says.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Meaning {
    Label,
    Alias,
    Description,
    Class,
    Latitude,
    Longitude,
    /// Latitude and longitude with a space between.
    Point,
    /// `Point(longitude latitude)`.
    WellKnownText,
    Same,
    Redirects,
    Disambiguates,
    Sitelinks,
    /// A page about the object.
    About,
    Population,
    Country,
    CountryCode,
    GeoNames,
    Iso,
    Gender,
    Demonym,
    Is(Relation),
}

use Meaning as M;

fn meaning(predicate: &str) -> Option<Meaning> {
    if let Some(property) = predicate.strip_prefix("http://www.wikidata.org/prop/direct/P") {
        return wikidata_property(property.parse().ok()?);
    }
    let schema = || {
        predicate.strip_prefix("http://schema.org/").or_else(|| predicate.strip_prefix("https://schema.org/"))
    };
    if let Some(name) = predicate.strip_prefix(DBO) {
        return Some(match name {
            "wikiPageRedirects" => M::Redirects,
            "wikiPageDisambiguates" => M::Disambiguates,
            "abstract" => M::Description,
            "alias" => M::Alias,
            "country" => M::Country,
            "demonym" => M::Demonym,
            "populationTotal" => M::Population,
            "capital" => M::Is(Relation::Capital),
            "isPartOf" | "part" => M::Is(Relation::PartOf),
            "leader" => M::Is(Relation::Leader),
            "party" => M::Is(Relation::MemberOf),
            "location" => M::Is(Relation::LocatedIn),
            _ => return None,
        });
    }
    if let Some(name) = predicate.strip_prefix(GN) {
        return Some(match name {
            "name" => M::Label,
            "alternateName" | "officialName" | "shortName" | "colloquialName" => M::Alias,
            "featureCode" => M::Class,
            "countryCode" => M::CountryCode,
            "parentCountry" => M::Country,
            "parentFeature" => M::Is(Relation::LocatedIn),
            "population" => M::Population,
            _ => return None,
        });
    }
    if let Some(name) = schema() {
        return Some(match name {
            "name" => M::Label,
            "alternateName" => M::Alias,
            "description" => M::Description,
            "sameAs" => M::Same,
            "about" => M::About,
            "latitude" => M::Latitude,
            "longitude" => M::Longitude,
            "memberOf" => M::Is(Relation::MemberOf),
            "containedInPlace" => M::Is(Relation::LocatedIn),
            "parentOrganization" => M::Is(Relation::PartOf),
            _ => return None,
        });
    }
    Some(match predicate {
        RDF_TYPE => M::Class,
        "http://www.w3.org/2002/07/owl#sameAs" => M::Same,
        "http://www.georss.org/georss/point" => M::Point,
        "http://wikiba.se/ontology#sitelinks" => M::Sitelinks,
        "http://purl.org/dc/terms/description" | "http://purl.org/dc/elements/1.1/description" => {
            M::Description
        }
        _ => {
            let after = |prefix| predicate.strip_prefix(prefix);
            match (after(RDFS), after(SKOS), after(FOAF), after(GEO)) {
                (Some("label"), ..) | (_, Some("prefLabel"), ..) | (.., Some("name"), _) => M::Label,
                (_, Some("altLabel" | "hiddenLabel"), ..) | (.., Some("nick"), _) => M::Alias,
                (Some("comment"), ..) | (_, Some("definition"), ..) => M::Description,
                (_, Some("exactMatch"), ..) => M::Same,
                (.., Some("lat")) => M::Latitude,
                (.., Some("long")) => M::Longitude,
                _ => return None,
            }
        }
    })
}

fn wikidata_property(property: u32) -> Option<Meaning> {
    Some(match property {
        31 => M::Class,
        17 => M::Country,
        625 => M::WellKnownText,
        1566 => M::GeoNames,
        297 | 300 => M::Iso,
        21 => M::Gender,
        1549 => M::Demonym,
        1082 => M::Population,
        1813 | 1448 => M::Alias,
        property => M::Is(classes::relation_of_property(property)?),
    })
}

/// What is known of one entity from a triple; `None` when that is nothing that is used.
pub(super) fn row(triple: Triple<'_>, options: &Options) -> Option<Row> {
    let meaning = meaning(triple.predicate)?;
    let mut row = Row::default();
    match (meaning, triple.object) {
        (M::About, Object::Iri(item)) => {
            name_by(&mut row, item)?;
            row.title = Some(title_of(triple.subject.strip_prefix("https://en.wikipedia.org/wiki/")?));
            return Some(row);
        }
        (M::Redirects | M::Disambiguates, Object::Iri(target)) => {
            name_by(&mut row, target)?;
            row.aliases.push(plain(&title_of(triple.subject.strip_prefix(DBPEDIA)?)));
            return Some(row);
        }
        (M::Sitelinks, Object::Literal { value, .. }) => {
            let item = triple.subject.rsplit('/').next()?;
            row.qid = Some(item.strip_prefix('Q')?.parse().ok()?);
            row.popularity = popularity_of_sitelinks(value.parse().ok()?);
            return Some(row);
        }
        _ => name_by(&mut row, triple.subject)?,
    }
    match triple.object {
        Object::Iri(iri) => add_reference(&mut row, meaning, iri)?,
        Object::Literal { value, language } => add_value(&mut row, meaning, value, language, options)?,
    }
    Some(row)
}

/// The page that leads elsewhere: what a triple says of its subject besides.
pub(super) fn page(triple: Triple<'_>) -> Option<Row> {
    let mut row = Row { is_page_only: true, ..Row::default() };
    if !matches!(meaning(triple.predicate)?, M::Redirects | M::Disambiguates) {
        return None;
    }
    name_by(&mut row, triple.subject)?;
    Some(row)
}

/// Gives a row the identifiers that an IRI tells. `None` for what is no entity: properties and pages.
pub(super) fn name_by(row: &mut Row, iri: &str) -> Option<()> {
    match key(iri)? {
        Key::Item(qid) => row.qid = Some(qid),
        Key::GeoNames(id) => row.geonames = Some(id),
        _ => {
            row.title = iri.strip_prefix(DBPEDIA).map(title_of);
            // Spelled in one way, so that the parts of a dump meet.
            row.iri = Some(row.title.as_deref().map_or_else(|| iri.to_owned(), dbpedia_iri));
        }
    }
    Some(())
}

/// What an IRI identifies.
fn key(iri: &str) -> Option<Key> {
    if let Some(rest) = iri.strip_prefix(WIKIDATA).or_else(|| iri.strip_prefix("https://www.wikidata.org/")) {
        let item = rest.strip_prefix("entity/Q").or_else(|| rest.strip_prefix("wiki/Q"))?;
        return Some(Key::Item(item.parse().ok().filter(|&qid| qid > 0)?));
    }
    if iri.contains(".wikipedia.org/wiki/") || iri.contains(".wikimedia.org/") {
        return None;
    }
    let place = iri
        .strip_prefix("https://sws.geonames.org/")
        .or_else(|| iri.strip_prefix("http://sws.geonames.org/"));
    if let Some(id) = place.and_then(|rest| rest.trim_end_matches('/').parse().ok()) {
        return Some(Key::GeoNames(id));
    }
    Some(Key::Iri(match iri.strip_prefix(DBPEDIA) {
        Some(title) => dbpedia_iri(&title_of(title)),
        None => iri.to_owned(),
    }))
}

fn add_reference(row: &mut Row, meaning: Meaning, iri: &str) -> Option<()> {
    match meaning {
        M::Class => match key(iri)? {
            Key::Item(item) if NO_ENTITIES.contains(&item) => row.is_page_only = true,
            Key::Item(item) => row.class = Some(classes::of_item(item)?),
            _ => {
                let name = iri.rsplit(['/', '#']).next()?;
                row.class = Some(match (iri.strip_prefix(GN), name.split_once('.')) {
                    (Some(_), Some((class, code))) => classes::of_feature(class, code),
                    _ => classes::of_name(name)?,
                });
            }
        },
        M::Same => match key(iri)? {
            Key::Item(qid) => row.qid = Some(qid),
            Key::GeoNames(id) => row.geonames = Some(id),
            _ => row.title = Some(title_of(iri.strip_prefix(DBPEDIA)?)),
        },
        M::Country => row.country = Some(key(iri)?),
        M::Gender => match key(iri)? {
            Key::Item(item) => row.gender = Some(classes::gender(item)),
            _ => return None,
        },
        M::Is(relation) => row.relations.push((relation, key(iri)?)),
        _ => return None,
    }
    Some(())
}

fn add_value(
    row: &mut Row,
    meaning: Meaning,
    value: &str,
    language: Option<&str>,
    options: &Options,
) -> Option<()> {
    let rank = options.language(language);
    let number = || value.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    match meaning {
        // Of labels in several languages that of the first is the label.
        M::Label if rank == Some(0) => value.clone_into(&mut row.label),
        M::Label if rank.is_some() || options.is_regional(language?) => {
            row.second_label = Some(value.to_owned());
            row.aliases.extend(rank.map(|_| value.to_owned()));
        }
        M::Alias if rank.is_some() => row.aliases.push(value.to_owned()),
        M::Description if rank? == 0 => row.description = Some(cut(value).to_owned()),
        M::Demonym => {
            rank?;
            row.demonyms.push(value.to_owned());
        }
        M::Latitude => row.coordinates = Some((number()?, f64::NAN)),
        M::Longitude => row.coordinates = Some((f64::NAN, number()?)),
        M::Point => row.coordinates = Some(pair(value)?),
        M::WellKnownText => {
            let inside =
                value.trim().strip_prefix("Point(").or_else(|| value.trim().strip_prefix("POINT("))?;
            let (long, lat) = pair(inside.strip_suffix(')')?)?;
            row.coordinates = Some((lat, long));
        }
        M::GeoNames => row.geonames = Some(value.parse().ok().filter(|&id| id > 0)?),
        M::Iso => row.iso = Some(value.to_owned()),
        M::CountryCode => row.country = Some(Key::Iso(value.to_owned())),
        M::Population => row.popularity = popularity_of_population(number()?),
        _ => return None,
    }
    Some(())
}

fn pair(text: &str) -> Option<(f64, f64)> {
    let (a, b) = text.trim().split_once(' ')?;
    Some((a.parse().ok()?, b.trim().parse().ok()?))
}

/// Something with articles in 350 Wikipedias, such as a large country, has about 100.
pub(super) fn popularity_of_sitelinks(sitelinks: u32) -> f64 {
    5.3 * f64::from(sitelinks).sqrt()
}

/// In the measure of the project's own tables.
pub(super) fn popularity_of_population(population: f64) -> f64 {
    0.3 * population.max(0.0).cbrt()
}

/// Not longer than descriptions are kept.
pub(super) fn cut(text: &str) -> &str {
    (0..=DESCRIPTION.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or("")
}

/// A title without what tells it from namesakes: `Mercury` for `Mercury (planet)`.
fn plain(title: &str) -> String {
    match title.split_once(" (") {
        Some((name, _)) if !name.is_empty() => name.to_owned(),
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_those_that_iris_are_made_of() {
        for title in ["São Paulo", "AC/DC", "What?", "100% \"x\""] {
            assert_eq!(title_of(dbpedia_iri(title).strip_prefix(DBPEDIA).unwrap()), title);
        }
        assert_eq!(plain("Mercury (planet)"), "Mercury");
    }
}
