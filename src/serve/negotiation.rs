//! Which format an answer is in: what the request's `Accept` prefers among what there is.

use oxigraph::sparql::results::QueryResultsFormat;

use crate::export::Format;
use crate::store::AnswerFormat;

/// Formats of rows by media type, preferred ones first.
const ROWS: &[(&str, QueryResultsFormat)] = &[
    ("application/sparql-results+json", QueryResultsFormat::Json),
    ("application/sparql-results+xml", QueryResultsFormat::Xml),
    ("text/csv", QueryResultsFormat::Csv),
    ("text/tab-separated-values", QueryResultsFormat::Tsv),
    ("application/json", QueryResultsFormat::Json),
    ("application/xml", QueryResultsFormat::Xml),
    ("text/xml", QueryResultsFormat::Xml),
];

/// Formats of graphs by media type, preferred ones first.
const GRAPHS: &[(&str, Format)] = &[
    ("text/turtle", Format::Turtle),
    ("application/n-triples", Format::NTriples),
    ("application/rdf+xml", Format::RdfXml),
    ("application/ld+json", Format::JsonLd),
    ("application/trig", Format::TriG),
    ("application/n-quads", Format::NQuads),
    ("application/x-turtle", Format::Turtle),
    ("text/plain", Format::NTriples),
    ("application/xml", Format::RdfXml),
    ("text/xml", Format::RdfXml),
    ("application/json", Format::JsonLd),
];

/// The format to answer in, with its media type. The error lists what there is.
pub(super) fn choose(
    accept: Option<&str>,
    gives_graph: bool,
) -> Result<(AnswerFormat, &'static str), String> {
    let accept = accept.unwrap_or("*/*");
    if gives_graph {
        best(accept, GRAPHS).map(|(format, media_type)| (format.into(), media_type))
    } else {
        best(accept, ROWS).map(|(format, media_type)| (format.into(), media_type))
    }
}

fn best<F: Copy>(accept: &str, offers: &'static [(&'static str, F)]) -> Result<(F, &'static str), String> {
    let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::parse).collect();
    let mut best: Option<(f32, F, &'static str)> = None;
    for &(media_type, format) in offers {
        let quality = quality(&ranges, media_type);
        if quality > 0.0 && best.is_none_or(|(other, ..)| quality > other) {
            best = Some((quality, format, media_type));
        }
    }
    best.map(|(_, format, media_type)| (format, media_type)).ok_or_else(|| {
        let offered: Vec<&str> = offers.iter().map(|(media_type, _)| *media_type).collect();
        format!("no format of `{accept}` is offered for this query; there are {}", offered.join(", "))
    })
}

/// One of the media ranges of an `Accept`.
struct Range<'a> {
    main: &'a str,
    sub: &'a str,
    quality: f32,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (main, sub) = match parts.next()? {
            "*" => ("*", "*"),
            range => range.split_once('/')?,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let quality = quality.map_or(1.0, |quality| quality.trim().parse().unwrap_or(0.0));
        Some(Self { main, sub, quality })
    }

    /// How closely it names a media type; `None`: it doesn't.
    fn closeness(&self, media_type: &str) -> Option<u8> {
        let (main, sub) = media_type.split_once('/')?;
        match (self.main, self.sub) {
            ("*", "*") => Some(0),
            (range, "*") if range.eq_ignore_ascii_case(main) => Some(1),
            (range, of) if range.eq_ignore_ascii_case(main) && of.eq_ignore_ascii_case(sub) => Some(2),
            _ => None,
        }
    }
}

/// The quality that the closest range gives a media type.
fn quality(ranges: &[Range<'_>], media_type: &str) -> f32 {
    let close = ranges.iter().filter_map(|range| Some((range.closeness(media_type)?, range.quality)));
    close.max_by_key(|&(closeness, _)| closeness).map_or(0.0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(accept: &str) -> Option<&'static str> {
        choose(Some(accept), false).ok().map(|(_, media_type)| media_type)
    }

    #[test]
    fn the_preferred_format_is_given() {
        assert_eq!(choose(None, false).unwrap().1, "application/sparql-results+json");
        assert_eq!(choose(None, true).unwrap().1, "text/turtle");
        assert_eq!(
            rows("text/csv;q=0.5, application/sparql-results+xml"),
            Some("application/sparql-results+xml")
        );
        assert_eq!(rows("*/*;q=0.1, Text/CSV ; q=0.2"), Some("text/csv"));
        assert_eq!(
            rows("application/*;q=0.8,application/sparql-results+json;q=0.1"),
            Some("application/sparql-results+xml")
        );
        assert_eq!(rows("application/json"), Some("application/json"));
        assert_eq!(rows("*"), Some("application/sparql-results+json"));
        // As Jena, rdflib and browsers ask.
        assert_eq!(
            choose(Some("text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,*/*;q=0.5"), true)
                .unwrap()
                .1,
            "text/turtle"
        );
        assert_eq!(
            rows("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            Some("application/xml")
        );
    }

    #[test]
    fn what_is_not_offered_is_refused() {
        for accept in ["text/html", "text/turtle", "text/csv;q=0", "nonsense", "", "a/b/c;;q=,"] {
            assert_eq!(rows(accept), None, "{accept}");
        }
        let error = choose(Some("image/png"), true).unwrap_err();
        assert!(error.contains("`image/png`") && error.contains("text/turtle"), "{error}");
    }
}
