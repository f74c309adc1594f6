//! `kb build` from each format, from damaged input, and several knowledge bases at once.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::bad_input::refused;
use super::{Run, tidings};

/// Builds `x.kb` from a file of this name and content.
fn build(name: &str, content: &[u8], options: &[&str]) -> (TempDir, Run) {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join(name), content).unwrap();
    let run = tidings(place.path(), &[&["kb", "build", name, "-o", "x.kb"], options].concat());
    (place, run)
}

/// What `kb search` or `kb show` says of the first entity.
fn ask(place: &Path, args: &[&str]) -> Value {
    let run =
        tidings(place, &[&["kb"], args, &["--kb", "x.kb", "--no-builtin-kb", "--json"]].concat()).good();
    serde_json::from_str(run.out.lines().next().unwrap()).unwrap()
}

fn only_output_is_left(place: &Path) -> bool {
    let names: Vec<String> =
        fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.iter().all(|name| !name.starts_with('.')) && names.len() <= 2
}

const ITEM: &str = r#"{"type":"item","id":"Q9248","labels":{"en":{"language":"en","value":"Baku"},"az":{"language":"az","value":"Bakı"}},"descriptions":{"en":{"language":"en","value":"capital of Azerbaijan"}},"aliases":{"en":[{"language":"en","value":"City of Baku"}]},"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":515,"id":"Q515"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","rank":"normal"}],"P17":[{"mainsnak":{"snaktype":"value","property":"P17","datavalue":{"value":{"entity-type":"item","numeric-id":227,"id":"Q227"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal"}],"P625":[{"mainsnak":{"snaktype":"value","property":"P625","datavalue":{"value":{"latitude":40.3953,"longitude":49.8822,"altitude":null,"precision":0.0001,"globe":"http://www.wikidata.org/entity/Q2"},"type":"globecoordinate"}},"type":"statement","rank":"normal"}],"P1376":[{"mainsnak":{"snaktype":"value","property":"P1376","datavalue":{"value":{"id":"Q227"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal"}],"P1566":[{"mainsnak":{"snaktype":"value","property":"P1566","datavalue":{"value":"587084","type":"string"}},"type":"statement","rank":"normal"}]},"sitelinks":{"enwiki":{"site":"enwiki","title":"Baku","badges":[]},"dewiki":{"site":"dewiki","title":"Baku","badges":[]}}}"#;
const LAND: &str = r#"{"type":"item","id":"Q227","labels":{"en":{"language":"en","value":"Azerbaijan"}},"descriptions":[],"aliases":[],"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"id":"Q6256"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal"}],"P297":[{"mainsnak":{"snaktype":"value","property":"P297","datavalue":{"value":"AZ","type":"string"}},"type":"statement","rank":"normal"}],"P1549":[{"mainsnak":{"snaktype":"value","property":"P1549","datavalue":{"value":{"text":"Azerbaijani","language":"en"},"type":"monolingualtext"}},"type":"statement","rank":"normal"}]},"sitelinks":{}}"#;
const LIST: &str = r#"{"type":"item","id":"Q1","labels":{"en":{"language":"en","value":"Baku"}},"descriptions":{},"aliases":{},"claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"id":"Q4167410"},"type":"wikibase-entityid"}},"type":"statement","rank":"normal"}]},"sitelinks":{}}"#;

fn dump() -> String {
    format!("[\n{LIST},\n{ITEM},\n{LAND}\n]\n")
}

#[test]
fn a_wikidata_dump_is_read_however_it_is_compressed() {
    let text = dump().into_bytes();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(&text).unwrap();
    // Parallel compressors write several streams one after the other.
    let bz2 = |part: &[u8]| {
        let mut bz2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bz2.write_all(part).unwrap();
        bz2.finish().unwrap()
    };
    let zst = |part: &[u8]| {
        ruzstd::encoding::compress_to_vec(part, ruzstd::encoding::CompressionLevel::Uncompressed)
    };
    let (first, second) = text.split_at(900);
    for (name, content) in [
        ("d.json", text.clone()),
        ("d.json.gz", gz.finish().unwrap()),
        ("d.json.bz2", [bz2(first), bz2(second)].concat()),
        ("d.json.zst", [zst(first), b"\x50\x2A\x4D\x18\x02\0\0\0??".to_vec(), zst(second)].concat()),
    ] {
        let (place, run) = build(name, &content, &[]);
        assert!(run.good().out.starts_with("2 entities"), "{name}");
        let baku = ask(place.path(), &["show", "Q9248"]);
        assert_eq!(baku["class"], "td:City");
        assert_eq!(baku["country"], "Azerbaijan (Q227)");
        assert_eq!(baku["coordinates"], serde_json::json!([40.3953, 49.8822]));
        assert_eq!(baku["dbpedia"], "http://dbpedia.org/resource/Baku");
        assert_eq!(baku["description"], "capital of Azerbaijan");
        assert_eq!(baku["relations"], serde_json::json!(["capital_of Azerbaijan (Q227)"]));
        assert_eq!(ask(place.path(), &["show", "587084"])["label"], "Baku");
        assert_eq!(ask(place.path(), &["search", "Azerbaijani"])["demonym"], true);
        assert!(only_output_is_left(place.path()));
    }
    let filtered = |options: &[&str]| build("d.json", &dump().into_bytes(), options).1.good().out;
    assert!(filtered(&["--class", "Q515"]).starts_with("1 entities"));
    assert!(filtered(&["--min-sitelinks", "2"]).starts_with("1 entities"));
    let (place, _) = build("d.json", &dump().into_bytes(), &["--language", "az", "--language", "en"]);
    assert_eq!(ask(place.path(), &["show", "Q9248"])["label"], "Bakı");
}

const TRUTHY: &str = "\
<https://www.wikidata.org/wiki/Special:EntityData/Q9248> <http://wikiba.se/ontology#sitelinks> \"190\"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://www.wikidata.org/entity/Q9248> <http://www.w3.org/2000/01/rdf-schema#label> \"Baku\"@en .
<http://www.wikidata.org/entity/Q9248> <http://www.w3.org/2000/01/rdf-schema#label> \"Bak\\u0131\"@az .
<http://www.wikidata.org/entity/Q9248> <http://www.w3.org/2004/02/skos/core#altLabel> \"City of \\\"Baku\\\"\"@en .
<http://www.wikidata.org/entity/Q9248> <http://www.wikidata.org/prop/direct/P31> <http://www.wikidata.org/entity/Q515> .
<http://www.wikidata.org/entity/Q9248> <http://www.wikidata.org/prop/direct/P17> <http://www.wikidata.org/entity/Q227> .
<http://www.wikidata.org/entity/Q9248> <http://www.wikidata.org/prop/direct/P625> \"Point(49.8822 40.3953)\"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .
<https://en.wikipedia.org/wiki/Baku> <http://schema.org/about> <http://www.wikidata.org/entity/Q9248> .
<https://en.wikipedia.org/wiki/Baku> <http://schema.org/name> \"Baku\"@en .
<http://www.wikidata.org/entity/P31> <http://www.w3.org/2000/01/rdf-schema#label> \"Instance of\"@en .
<http://www.wikidata.org/entity/Q227> <http://www.w3.org/2000/01/rdf-schema#label> \"Azerbaijan\"@en .
<http://www.wikidata.org/entity/Q227> <http://www.wikidata.org/prop/direct/P31> <http://www.wikidata.org/entity/Q6256> .
";

#[test]
fn truthy_triples_are_read() {
    let (place, run) = build("truthy.nt", TRUTHY.as_bytes(), &[]);
    assert!(run.good().out.starts_with("2 entities"));
    let baku = ask(place.path(), &["search", "City of Baku"]);
    assert_eq!((&baku["id"], &baku["class"]), (&"Q9248".into(), &"td:City".into()));
    assert_eq!(baku["country"], "Azerbaijan (Q227)");
    assert_eq!(baku["coordinates"], serde_json::json!([40.3953, 49.8822]));
    assert_eq!(baku["dbpedia"], "http://dbpedia.org/resource/Baku");
    assert!(baku["popularity"].as_f64().unwrap() > 70.0);
}

#[test]
fn dumps_of_dbpedia_come_together() {
    let place = TempDir::new().unwrap();
    let (r, o) = ("http://dbpedia.org/resource/", "http://dbpedia.org/ontology/");
    let label = "http://www.w3.org/2000/01/rdf-schema#label";
    let kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    let files = [
        (
            "labels_en.ttl",
            format!(
                "# started 2016\n<{r}Mercury_(planet)> <{label}> \"Mercury (planet)\"@en .\n<{r}Mercury> <{label}> \
                 \"Mercury\"@en .\n<{r}Baku> <{label}> \"Baku\"@en .\n<{r}Baki> <{label}> \"Baki\"@en .\n"
            ),
        ),
        ("redirects_en.ttl", format!("<{r}Baki> <{o}wikiPageRedirects> <{r}Baku> .\n")),
        (
            "disambiguations_en.ttl",
            format!("<{r}Mercury> <{o}wikiPageDisambiguates> <{r}Mercury_(planet)> .\n"),
        ),
        ("instance-types_en.ttl", format!("<{r}Baku> <{kind}> <{o}City> .\n")),
        ("geo_en.ttl", format!("<{r}Baku> <http://www.georss.org/georss/point> \"40.4 49.9\" .\n")),
        (
            "sameas_en.ttl",
            format!(
                "<{r}Baku> <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q9248> .\n"
            ),
        ),
    ];
    let mut args = vec!["kb", "build", "-o", "x.kb"];
    for (name, content) in &files {
        fs::write(place.path().join(name), content).unwrap();
        args.push(name);
    }
    assert!(tidings(place.path(), &args).good().out.starts_with("2 entities"));
    let baku = ask(place.path(), &["search", "Baki"]);
    assert_eq!((&baku["id"], &baku["class"]), (&"Q9248".into(), &"td:City".into()));
    assert_eq!(baku["coordinates"], serde_json::json!([40.4, 49.9]));
    assert_eq!(baku["dbpedia"], format!("{r}Baku"));
    assert_eq!(ask(place.path(), &["search", "Mercury"])["label"], "Mercury (planet)");
    let planet = ask(place.path(), &["show", &format!("{r}Mercury_(planet)")]);
    assert_eq!(planet["names"], serde_json::json!(["Mercury (planet)", "Mercury"]));
}

#[test]
fn tables_of_geonames_are_read() {
    let place = TempDir::new().unwrap();
    let places = "587084\tBaku\tBaku\tBakou,Baky\t40.37767\t49.89201\tP\tPPLC\tAZ\t\t09\t\t\t\t1116513\t\t-12\tAsia/Baku\t2024-01-01\n\
                  587116\tAzerbaijan\tAzerbaijan\t\t40.5\t47.5\tA\tPCLI\tAZ\t\t00\t\t\t\t9942334\t\t50\tAsia/Baku\t2024-01-01\n";
    let names = "1\t587084\ten\tBaku City\t1\t\t\t\t\t\n2\t587084\twkdt\tQ9248\t\t\t\t\t\t\n3\t587084\tlink\thttps://en.wikipedia.org/wiki/Baku\t\t\t\t\t\t\n\
                 4\t587084\ten\tBadu Kuba\t\t\t\t1\t\t\n";
    fs::write(place.path().join("cities500.txt"), places).unwrap();
    fs::write(place.path().join("alternateNamesV2.txt"), names).unwrap();
    let run = tidings(place.path(), &["kb", "build", "cities500.txt", "alternateNamesV2.txt", "-o", "x.kb"]);
    assert!(run.good().out.starts_with("2 entities"));
    let baku = ask(place.path(), &["search", "baku city"]);
    assert_eq!(
        (&baku["id"], &baku["geonames"]),
        (&"Q9248".into(), &"https://sws.geonames.org/587084/".into())
    );
    assert_eq!(baku["country"], "Azerbaijan (587116)");
    assert_eq!(ask(place.path(), &["show", "587084"])["names"].as_array().unwrap().len(), 4);
    assert_eq!(
        tidings(place.path(), &["kb", "search", "Badu Kuba", "--kb", "x.kb", "--no-builtin-kb"]).code,
        2
    );
}

#[test]
fn rdf_in_any_syntax_and_csv_are_read() {
    let turtle = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix s: <http://schema.org/> .\n\
                  @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .\n\
                  <http://example.org/depot> a s:Organization ; skos:prefLabel \"North Depot\"@en, \"Norddepot\"@de ;\n\
                  skos:altLabel \"Depot N\" ; geo:lat 40.5 ; geo:long 49.5 ; s:description \"A store of grain\" .\n";
    let xml = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:s="http://schema.org/"><foaf:Organization rdf:about="http://example.org/depot"><foaf:name>North Depot</foaf:name><foaf:nick>Depot N</foaf:nick><s:description>A store of grain</s:description></foaf:Organization></rdf:RDF>"#;
    let json = r#"{"@context":{"@vocab":"http://schema.org/"},"@id":"http://example.org/depot","@type":"Organization","name":"North Depot","alternateName":"Depot N","description":"A store of grain"}"#;
    let csv = "id,name,type,aliases,description,latitude,longitude\nhttp://example.org/depot,\"North Depot\",Organization,Depot N,\"A store\nof grain\",40.5,49.5\n";
    for (name, content) in [("d.ttl", turtle), ("d.rdf", xml), ("d.jsonld", json), ("d.csv", csv)] {
        let (place, run) = build(name, content.as_bytes(), &[]);
        assert!(run.good().out.starts_with("1 entities"), "{name}");
        let depot = ask(place.path(), &["search", "depot n"]);
        assert_eq!(
            (&depot["label"], &depot["class"]),
            (&"North Depot".into(), &"td:Organization".into()),
            "{name}"
        );
        assert_eq!(ask(place.path(), &["show", "http://example.org/depot"])["label"], "North Depot");
        assert_eq!(depot["context"], serde_json::json!(["grain", "store"]));
        if matches!(name, "d.ttl" | "d.csv") {
            assert_eq!(depot["coordinates"], serde_json::json!([40.5, 49.5]), "{name}");
        }
    }
}

#[test]
fn malformed_input_is_named_by_its_line_or_skipped() {
    let broken = dump().replace("\"id\":\"Q9248\"", "\"id\":Q9248");
    for (name, content, message) in [
        ("d.json", broken.as_str(), "`d.json`, line 3: expected value"),
        (
            "d.nt",
            "<http://a.org/x> <http://a.org/p> \"x\" .\n<http://a.org/x> nonsense .\n",
            "`d.nt`, line 2: ",
        ),
        ("d.ttl", "@prefix a: <http://a.org/> .\n\na:x a:p .\n", "`d.ttl`, line 3: "),
        (
            "d.csv",
            "id,name\nhttp://a.org/x,X\nhttp://a.org/y\n",
            "`d.csv`, line 3: it has 1 columns, and the header 2",
        ),
        ("d.csv", "id,name\nx y,X\n", "`d.csv`, line 2: `x y` is neither a Q-id nor an absolute IRI"),
        ("d.csv", "a,b\n1,2\n", "`d.csv`, line 1: the header has no column `label` or `name`"),
        ("d.tsv", "label\ttype\nA\tPlanet\n", "`d.tsv`, line 2: `Planet` in column `type` is not a class"),
        ("d.tsv", "name\n", "`d.tsv`, line 1: the header has no column `type`"),
        ("cities.txt", &format!("1\tA\tA{}\n2\tB\n", "\t".repeat(16)), "`cities.txt`, line 1: "),
        ("d.xyz", "?", "can't tell the format of `d.xyz`; name it with --format"),
    ] {
        let (place, run) = build(name, content.as_bytes(), &[]);
        refused(&run, message);
        assert!(!place.path().join("x.kb").exists() && only_output_is_left(place.path()), "{name}");
    }
    let (place, run) = build("d.json", broken.as_bytes(), &["--skip-errors"]);
    let run = run.good();
    assert!(run.out.starts_with("1 entities"));
    assert!(run.err.starts_with("tidings: skipped 1 lines; the first: `d.json`, line 3: "), "{}", run.err);
    assert_eq!(ask(place.path(), &["show", "Q227"])["label"], "Azerbaijan");
}

#[test]
fn cut_off_input_is_refused() {
    let (_, run) = build("d.json", dump().trim_end().trim_end_matches(']').as_bytes(), &[]);
    refused(&run, "`d.json`, line 5: it ends without `]`: it is cut off\n");
    let text = dump().repeat(50).into_bytes();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(&text).unwrap();
    let mut bz2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bz2.write_all(&text).unwrap();
    let zst =
        ruzstd::encoding::compress_to_vec(text.as_slice(), ruzstd::encoding::CompressionLevel::Uncompressed);
    for (name, content) in [
        ("d.json", text.clone()),
        ("d.json.gz", gz.finish().unwrap()),
        ("d.json.bz2", bz2.finish().unwrap()),
        ("d.json.zst", zst),
    ] {
        for len in [content.len() - 40, content.len() / 2 + 7, 9] {
            let (place, run) = build(name, &content[..len], &["--format", "wikidata"]);
            assert_eq!(run.code, 2, "{name} {len}: {}", run.out);
            assert!(
                run.err.contains(name) && !place.path().join("x.kb").exists(),
                "{name} {len}: {}",
                run.err
            );
        }
    }
}

#[test]
fn a_build_that_is_killed_leaves_nothing_at_its_path() {
    let place = TempDir::new().unwrap();
    let line = |n: u32| format!("Q{n}\tName {n}\tCity\tAlias {n}|Other {n}\n");
    let table: String =
        std::iter::once("qid\tlabel\ttype\taliases\n".to_owned()).chain((1..200_000).map(line)).collect();
    fs::write(place.path().join("t.tsv"), table).unwrap();
    fs::write(place.path().join("x.kb"), "what was there").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    command.args(["kb", "build", "t.tsv", "--memory", "1MB", "-o", "x.kb"]).current_dir(place.path());
    let mut process = command.stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(150));
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(fs::read_to_string(place.path().join("x.kb")).unwrap(), "what was there");
    assert!(only_output_is_left(place.path()));
}

#[test]
fn ones_own_knowledge_base_comes_before_the_built_in_one() {
    let table = "qid\tlabel\ttype\taliases\nQ183\tGerman Land\tCountry\tTeutland\n";
    let (place, run) = build("t.tsv", table.as_bytes(), &[]);
    run.good();
    let show = |args: &[&str]| tidings(place.path(), &[&["kb", "show", "Q183"], args].concat());
    let both = show(&["--kb", "x.kb"]).good().out;
    assert!(
        both.contains("label       German Land\n") && both.contains("dbpedia     http://dbpedia"),
        "{both}"
    );
    assert!(!show(&["--kb", "x.kb", "--no-builtin-kb"]).good().out.contains("dbpedia"));
    assert_eq!(tidings(place.path(), &["kb", "show", "Q30", "--kb", "x.kb", "--no-builtin-kb"]).code, 2);
    let info = tidings(place.path(), &["kb", "info", "--check", "--kb", "x.kb"]).good().out;
    assert!(info.contains("file      x.kb\n") && info.contains("file      built-in\n"), "{info}");
    fs::write(place.path().join("a.txt"), "Germany and France signed a treaty in Berlin.").unwrap();
    let read = tidings(place.path(), &["extract", "a.txt", "--kb", "x.kb"]).good().out;
    assert!(read.contains("German_Land-Q183") && read.contains("France-Q142"), "{read}");
}

#[test]
fn a_table_that_is_cut_off_or_has_nothing_is_told() {
    for (name, content, said) in [
        ("t.tsv", "label\ttype\tqid\nBaku\tCity\tQ9248\nGan", "line 3: it has 1 columns, and the header 3"),
        ("t.nt", "<http://a.org/x> <http://a.org/p> \"a .\n", "`t.nt`, line 1: Unexpected end of file"),
        ("t.rdf", "Nothing but a text", "`t.rdf`: Unexpected text event: 'Nothing but a text'"),
        ("t.zip", "PK\u{3}\u{4}...", "it is a zip archive: unzip it"),
    ] {
        let (_, run) = build(name, content.as_bytes(), &[]);
        assert!(run.code == 2 && run.err.contains(said), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    let german = "<http://a.org/x> <http://www.w3.org/2000/01/rdf-schema#label> \"Ort\"@de .\n";
    let (_, run) = build("t.nt", german.as_bytes(), &["--class", "Q5"]);
    let said = run.good().err;
    assert!(said.contains("no entity of the sources has a name of --language en"), "{said}");
    assert!(said.contains("--class and --min-sitelinks are about the JSON dump of Wikidata"), "{said}");
    let away = "label\ttype\tcountry_qid\nBaku\tCity\tQ227\n";
    let said = build("t.tsv", away.as_bytes(), &[]).1.good().err;
    assert!(said.contains("left out 1 references to countries"), "{said}");
}

#[test]
fn a_regional_label_is_taken_where_there_is_no_other() {
    let label = "<http://www.w3.org/2000/01/rdf-schema#label>";
    let triples = format!(
        "<http://a.org/x> {label} \"Pavement\"@en-gb .\n<http://a.org/y> {label} \"Kerb\"@en-GB .\n\
         <http://a.org/y> {label} \"Curb\"@en .\n"
    );
    let (place, run) = build("t.nt", triples.as_bytes(), &[]);
    assert!(run.good().out.starts_with("2 entities under 2 names"));
    assert_eq!(ask(place.path(), &["search", "Pavement"])["label"], "Pavement");
    assert_eq!(ask(place.path(), &["show", "http://a.org/y"])["label"], "Curb");
    let item =
        ITEM.replace("\"en\":{\"language\":\"en\",\"value\":\"Baku\"}", "\"en-ca\":{\"value\":\"Baku\"}");
    let (place, _) = build("d.json", format!("[\n{item}\n]\n").as_bytes(), &[]);
    for id in ["Q9248", "q9248", "wd:Q9248", "dbr:Baku", "gn:587084", "http://dbpedia.org/resource/Baku"] {
        assert_eq!(ask(place.path(), &["show", id])["label"], "Baku", "{id}");
    }
}

#[test]
fn an_entity_of_a_table_joins_the_built_in_one_by_its_page() {
    let table = "label\ttype\tiri\nTown of Winds\tCity\thttp://dbpedia.org/resource/Baku\n";
    let (place, run) = build("t.tsv", table.as_bytes(), &[]);
    run.good();
    let shown = tidings(place.path(), &["kb", "show", "Q9248", "--kb", "x.kb", "--json"]).good().out;
    let baku: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&baku["label"], &baku["id"]), (&"Town of Winds".into(), &"Q9248".into()));
    assert!(baku["names"].as_array().unwrap().contains(&"Baku".into()), "{baku}");
}
