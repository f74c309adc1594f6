//! Knowledge bases at scale, without a dump at hand: writes made-up input in the exact shape of each format, and measures
//! look-ups in what was built from it.
//!
//!     cargo run --release --example kb -- generate FORMAT ENTITIES > FILE
//!     tidings kb build FILE -o FILE.kb
//!     cargo run --release --example kb -- lookup FILE.kb ENTITIES
//!
//! FORMAT is `table`, `csv`, `wikidata`, `truthy`, `dbpedia`, `geonames`, `geonames-names` or `turtle`. Words are drawn by
//! Zipf's law, so that there are names that thousands share, and most that few do; sitelinks and populations fall off
//! alike. The same numbers always give the same bytes.

#![expect(clippy::print_stdout, reason = "a program that prints")]

use std::env;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tidings::kb::Kb;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["generate", format, count] => generate(format, count),
        ["lookup", file, count] => lookup(Path::new(file), count),
        _ => Err(anyhow::anyhow!("arguments are `generate FORMAT ENTITIES` or `lookup FILE.kb ENTITIES`")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Random numbers that depend on nothing but the seed (Steele, Lea, Flood 2014: `SplitMix`).
struct Random(u64);

impl Random {
    fn of(seed: u32) -> Self {
        Self(u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A rank below `count`, by Zipf's law with exponent 1.
    #[expect(clippy::cast_sign_loss, reason = "a power of a count is not negative")]
    fn zipf(&mut self, count: u32) -> u32 {
        (f64::from(count).powf(self.share()) - 1.0) as u32
    }

    fn below(&mut self, count: u32) -> u32 {
        (self.next() % u64::from(count)) as u32
    }
}

/// The word of a rank: frequent ones are short.
fn word(rank: u32, kind: u32) -> String {
    const FIRST: [&str; 20] = [
        "B", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Br", "St", "Kh", "Gr", "Sh",
        "Z",
    ];
    const LATER: [&str; 24] = [
        "ba", "den", "fi", "gor", "ha", "ker", "lo", "man", "ni", "per", "ra", "son", "te", "vi", "burg",
        "sta", "kha", "gar", "shi", "zu", "lin", "mor", "é", "ö",
    ];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    let mut rest = rank.wrapping_mul(7) + kind * 3;
    let mut word = FIRST[(rest % 20) as usize].to_owned() + VOWELS[(rest / 20 % 5) as usize];
    rest /= 100;
    loop {
        word.push_str(LATER[(rest % 24) as usize]);
        rest /= 24;
        if rest == 0 {
            return word;
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Person,
    City,
    Organization,
}

/// A made-up entity; all of it depends on its number alone.
struct Made {
    number: u32,
    kind: Kind,
    label: String,
    aliases: Vec<String>,
    description: String,
    country: u32,
    sitelinks: u32,
    population: u32,
    lat: f64,
    long: f64,
}

const COUNTRIES: u32 = 200;

impl Made {
    fn new(number: u32) -> Self {
        let mut random = Random::of(number);
        let kind = match random.below(10) {
            0..=4 => Kind::Person,
            5..=7 => Kind::City,
            _ => Kind::Organization,
        };
        let country = 1 + random.zipf(COUNTRIES);
        let (given, name) = (word(random.zipf(5_000), 1), word(random.zipf(300_000), 2));
        let place = word(random.zipf(2_000_000), 3);
        let (label, short, description) = match kind {
            Kind::Person => {
                let role =
                    ["politician", "footballer", "writer", "officer", "singer"][random.zipf(5) as usize];
                let short = format!("{} {name}", &given.chars().next().unwrap_or('A'));
                (format!("{given} {name}"), short, format!("{} {role}", word(country, 4)))
            }
            Kind::City => (
                place.clone(),
                format!("{place} City"),
                format!("town in {} in {}", word(random.zipf(5_000), 5), word(country, 4)),
            ),
            Kind::Organization => {
                let what =
                    ["Company", "University", "Ministry", "Union", "Football Club"][random.below(5) as usize];
                let initials = place.chars().take(1).chain(what.chars().take(1)).chain(['U']).collect();
                (
                    format!("{place} {what}"),
                    initials,
                    format!("{} in {}", what.to_lowercase(), word(country, 4)),
                )
            }
        };
        let mut aliases = Vec::new();
        while random.share() < 0.55 && aliases.len() < 8 {
            aliases.push(match aliases.len() {
                0 => short.clone(),
                1 => format!("{label} of {}", word(country, 4)),
                n => format!("{} {}", word(random.zipf(50_000), 6 + n as u32), name),
            });
        }
        Self {
            number,
            kind,
            label,
            aliases,
            description,
            country,
            sitelinks: 300 / (1 + random.zipf(3_000)),
            population: 20_000_000 / (1 + random.zipf(400_000)),
            lat: random.share() * 160.0 - 80.0,
            long: random.share() * 360.0 - 180.0,
        }
    }

    fn class(&self) -> (&'static str, u32, &'static str) {
        match self.kind {
            Kind::Person => ("Person", 5, "Person"),
            Kind::City => ("City", 515, "City"),
            Kind::Organization => ("Organization", 43_229, "Organisation"),
        }
    }
}

fn generate(format: &str, count: &str) -> Result<()> {
    let count: u32 = count.parse().context("the number of entities is a number")?;
    let write: fn(&Made, &mut String) = match format {
        "table" => table,
        "csv" => csv,
        "wikidata" => wikidata,
        "truthy" => truthy,
        "dbpedia" => dbpedia,
        "geonames" => geonames,
        "geonames-names" => geonames_names,
        "turtle" => turtle,
        _ => bail!("there is no format `{format}`"),
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let (before, after) = match format {
        "table" => {
            ("qid\tlabel\ttype\taliases\tdescription\tcountry_qid\tlat\tlon\tpopulation_or_popularity\n", "")
        }
        "csv" => ("id,label,type,aliases,description,lat,lon\n", ""),
        "wikidata" => ("[\n", "\n]\n"),
        "turtle" => (
            "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix ex: <http://example.org/thing/> .\n\
             @prefix schema: <http://schema.org/> .\n",
            "",
        ),
        "dbpedia" => ("# started 2022-12-01T00:00:00Z\n", "# completed 2022-12-01T01:00:00Z\n"),
        _ => ("", ""),
    };
    out.write_all(before.as_bytes())?;
    let mut text = String::new();
    for number in 1..=count {
        text.clear();
        if format == "wikidata" && number > 1 {
            text.push_str(",\n");
        }
        write(&Made::new(number), &mut text);
        out.write_all(text.as_bytes())?;
    }
    out.write_all(after.as_bytes())?;
    Ok(out.flush()?)
}

/// Appends formatted text to a string, which never fails.
macro_rules! put {
    ($to:expr, $($rest:tt)*) => { writeln!($to, $($rest)*).expect("writing to a string never fails") };
}

fn table(made: &Made, out: &mut String) {
    let Made { number, label, description, country, lat, long, sitelinks, .. } = made;
    let (class, aliases) = (made.class().0, made.aliases.join("|"));
    put!(
        out,
        "Q{number}\t{label}\t{class}\t{aliases}\t{description}\tQ{country}\t{lat:.4}\t{long:.4}\t{sitelinks}.0"
    );
}

fn csv(made: &Made, out: &mut String) {
    let Made { number, label, description, lat, long, .. } = made;
    let (class, aliases) = (made.class().0, made.aliases.join("|"));
    put!(
        out,
        "https://example.org/thing/{number},{label},{class},\"{aliases}\",\"{description}, made up\",{lat:.4},{long:.4}"
    );
}

fn geonames(made: &Made, out: &mut String) {
    let Made { number, label, lat, long, population, country, .. } = made;
    let letters = |n: u32| [b'A' + (n / 26 % 26) as u8, b'A' + (n % 26) as u8].map(char::from);
    let [a, b] = letters(*country);
    let alternate = made.aliases.join(",");
    put!(
        out,
        "{number}\t{label}\t{label}\t{alternate}\t{lat:.5}\t{long:.5}\tP\tPPL\t{a}{b}\t\t01\t\t\t\t{population}\t\t50\tEurope/Paris\t2024-01-01"
    );
}

fn geonames_names(made: &Made, out: &mut String) {
    for (n, alias) in made.aliases.iter().enumerate() {
        let language = ["en", "fr", "", "link", "en"][n % 5];
        put!(out, "{}\t{}\t{language}\t{alias}\t\t\t\t\t\t", made.number * 10 + n as u32, made.number);
    }
    put!(out, "{}\t{}\twkdt\tQ{}\t\t\t\t\t\t", made.number * 10 + 9, made.number, made.number);
}

fn turtle(made: &Made, out: &mut String) {
    let Made { number, label, description, .. } = made;
    put!(out, "ex:{number} a schema:{} ;\n    skos:prefLabel \"{label}\"@en ;", made.class().2);
    for alias in &made.aliases {
        put!(out, "    skos:altLabel \"{alias}\"@en ;");
    }
    put!(out, "    schema:description \"{description}\"@en .");
}

fn truthy(made: &Made, out: &mut String) {
    let Made { number, label, description, country, lat, long, sitelinks, .. } = made;
    let subject = format!("<http://www.wikidata.org/entity/Q{number}>");
    let data = format!("<https://www.wikidata.org/wiki/Special:EntityData/Q{number}>");
    put!(out, "{data} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Dataset> .");
    put!(out, "{data} <http://schema.org/about> {subject} .");
    put!(
        out,
        "{data} <http://wikiba.se/ontology#sitelinks> \"{sitelinks}\"^^<http://www.w3.org/2001/XMLSchema#integer> ."
    );
    put!(
        out,
        "{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://wikiba.se/ontology#Item> ."
    );
    for predicate in [
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://schema.org/name",
    ] {
        put!(out, "{subject} <{predicate}> \"{label}\"@en .");
    }
    put!(out, "{subject} <http://www.w3.org/2000/01/rdf-schema#label> \"{label}\"@de .");
    put!(out, "{subject} <http://schema.org/description> \"{description}\"@en .");
    for alias in &made.aliases {
        put!(out, "{subject} <http://www.w3.org/2004/02/skos/core#altLabel> \"{alias}\"@en .");
    }
    let direct = "http://www.wikidata.org/prop/direct/P";
    put!(out, "{subject} <{direct}31> <http://www.wikidata.org/entity/Q{}> .", made.class().1);
    put!(out, "{subject} <{direct}17> <http://www.wikidata.org/entity/Q{country}> .");
    put!(out, "{subject} <{direct}214> \"{}\" .", number.wrapping_mul(7_919));
    if made.kind == Kind::City {
        let wkt = "http://www.opengis.net/ont/geosparql#wktLiteral";
        put!(out, "{subject} <{direct}625> \"Point({long:.5} {lat:.5})\"^^<{wkt}> .");
        put!(out, "{subject} <{direct}131> <http://www.wikidata.org/entity/Q{}> .", 1 + number / 50);
    }
}

fn dbpedia(made: &Made, out: &mut String) {
    let Made { number, label, lat, long, .. } = made;
    let page = |name: &str| format!("<http://dbpedia.org/resource/{}>", name.replace(' ', "_"));
    let subject = page(&format!("{label} ({number})"));
    put!(out, "{subject} <http://www.w3.org/2000/01/rdf-schema#label> \"{label} ({number})\"@en .");
    put!(
        out,
        "{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://dbpedia.org/ontology/{}> .",
        made.class().2
    );
    put!(
        out,
        "{subject} <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q{number}> ."
    );
    for alias in &made.aliases {
        let redirect = page(&format!("{alias} {number}"));
        put!(out, "{redirect} <http://www.w3.org/2000/01/rdf-schema#label> \"{alias} {number}\"@en .");
        put!(out, "{redirect} <http://dbpedia.org/ontology/wikiPageRedirects> {subject} .");
    }
    put!(out, "{} <http://dbpedia.org/ontology/wikiPageDisambiguates> {subject} .", page(label));
    if made.kind == Kind::City {
        put!(out, "{subject} <http://www.georss.org/georss/point> \"{lat:.4} {long:.4}\" .");
    }
}

fn wikidata(made: &Made, out: &mut String) {
    let Made { number, label, description, country, sitelinks, lat, long, .. } = made;
    let text = |language: &str, value: &str| format!(r#"{{"language":"{language}","value":"{value}"}}"#);
    let in_all = |value: &str| {
        let languages =
            ["en", "de", "fr", "es", "nl", "it", "ru", "ar"].map(|l| format!(r#""{l}":{}"#, text(l, value)));
        languages.join(",")
    };
    let claim = |property: u32, kind: &str, value: &str| {
        format!(
            r#""P{property}":[{{"mainsnak":{{"snaktype":"value","property":"P{property}","hash":"{:040x}","datavalue":{{"value":{value},"type":"{kind}"}},"datatype":"{kind}"}},"type":"statement","id":"Q{number}$5F27FCAA-8EBB-44F4-BF19-{:012X}","rank":"normal","references":[{{"hash":"{:040x}","snaks":{{"P248":[{{"snaktype":"value","property":"P248","datavalue":{{"value":{{"entity-type":"item","numeric-id":36578,"id":"Q36578"}},"type":"wikibase-entityid"}},"datatype":"wikibase-item"}}]}},"snaks-order":["P248"]}}]}}]"#,
            u64::from(*number) * 31,
            u64::from(*number) * 17,
            u64::from(property) * 13,
        )
    };
    let item = |qid: u32| format!(r#"{{"entity-type":"item","numeric-id":{qid},"id":"Q{qid}"}}"#);
    let aliases: Vec<String> = made.aliases.iter().map(|alias| text("en", alias)).collect();
    let mut claims = vec![
        claim(31, "wikibase-entityid", &item(made.class().1)),
        claim(17, "wikibase-entityid", &item(*country)),
        claim(214, "string", &format!("\"{}\"", number.wrapping_mul(7_919))),
    ];
    match made.kind {
        Kind::Person => claims.push(claim(21, "wikibase-entityid", &item(6_581_097))),
        Kind::City => claims.push(claim(
            625,
            "globecoordinate",
            &format!(r#"{{"latitude":{lat:.5},"longitude":{long:.5},"altitude":null,"precision":0.0001,"globe":"http://www.wikidata.org/entity/Q2"}}"#),
        )),
        Kind::Organization => claims.push(claim(159, "wikibase-entityid", &item(1 + number / 50))),
    }
    let sites: Vec<String> = (0..*sitelinks)
        .map(|n| {
            let site = if n == 0 { "enwiki".to_owned() } else { format!("x{n}wiki") };
            format!(r#""{site}":{{"site":"{site}","title":"{label} ({number})","badges":[]}}"#)
        })
        .collect();
    let list = |name: &str, members: &str| {
        if members.is_empty() { format!(r#""{name}":[]"#) } else { format!(r#""{name}":{{{members}}}"#) }
    };
    let english = if aliases.is_empty() { String::new() } else { format!(r#""en":[{}]"#, aliases.join(",")) };
    write!(
        out,
        r#"{{"type":"item","id":"Q{number}",{},{},{},{},{},"pageid":{number},"ns":0,"title":"Q{number}","lastrevid":1,"modified":"2024-01-01T00:00:00Z"}}"#,
        list("labels", &in_all(label)),
        list("descriptions", &in_all(description)),
        list("aliases", &english),
        list("claims", &claims.join(",")),
        list("sitelinks", &sites.join(",")),
    )
    .expect("writing to a string never fails");
}

/// Opens a knowledge base and looks up names that were generated: each once, and then again.
fn lookup(file: &Path, count: &str) -> Result<()> {
    const NAMES: u32 = 100_000;
    let count: u32 = count.parse().context("the number of entities is a number")?;
    let start = Instant::now();
    let kb = Kb::open(file)?;
    println!("opening           {:>10.1} µs", micros(start.elapsed()));
    let mut random = Random::of(count);
    let names: Vec<String> = (0..NAMES).map(|_| Made::new(1 + random.below(count)).label).collect();
    for pass in ["first look-up", "later look-up"] {
        let (mut found, start) = (0, Instant::now());
        for name in &names {
            found += usize::from(!kb.lookup(name).is_empty());
        }
        println!(
            "{pass:<17} {:>10.2} µs, {found} of {NAMES} found",
            micros(start.elapsed()) / f64::from(NAMES)
        );
    }
    let start = Instant::now();
    let mut candidates = 0;
    for name in &names {
        candidates += kb.lookup(name).iter().filter(|c| kb.entity(c.entity).is_some()).count();
    }
    println!(
        "with all entities {:>10.2} µs, {candidates} candidates",
        micros(start.elapsed()) / f64::from(NAMES)
    );
    let (start, some) = (Instant::now(), &names[..1000]);
    let near: usize = some.iter().map(|name| kb.lookup_near(&format!("{name}s")).len()).sum();
    println!("with edits        {:>10.2} µs, {near} candidates", micros(start.elapsed()) / some.len() as f64);
    Ok(())
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
