//! Input that is empty, binary, too large, malformed or cut off: a message that names it, and never a panic.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;
use tidings::nlp::model::Model;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Run, in_repository, pack, place_with_graph, tidings, tidings_reading};

const TEXT: &str = "Jürgen Müller met François Mitterrand in São Paulo, Brazil, on Monday.\n";

/// Reads the files with `extract` and `ingest`, which say the same of them; gives the texts of the articles and what
/// `extract` printed on standard error.
fn read(place: &Path, args: &[&str], skipped: usize) -> (Vec<String>, String) {
    let run = tidings(place, &[&["extract", "-f", "json"], args].concat());
    assert_eq!(run.code, i32::from(skipped > 0), "{}", run.err);
    let text = |line: &str| {
        let annotation: Value = serde_json::from_str(line).unwrap();
        annotation["article"]["text"].as_str().unwrap().to_owned()
    };
    let texts: Vec<String> = run.out.lines().map(text).collect();
    let kg = TempDir::new_in(place).unwrap();
    let ingested = tidings(place, &[&["ingest", "--kg", kg.path().to_str().unwrap()], args].concat());
    assert_eq!(ingested.code, run.code, "{}", ingested.err);
    let summary = format!("{} added, 0 replaced, 0 unchanged, 0 removed, {skipped} failed\n", texts.len());
    assert!(ingested.err.ends_with(&summary), "{}", ingested.err);
    let messages = |run: &str| {
        run.lines().filter(|line| line.starts_with("tidings: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(messages(&ingested.err), messages(&run.err));
    assert_eq!(messages(&run.err).len(), skipped);
    (texts, run.err)
}

/// Fails unless the run ended before it began to read, with this message.
#[track_caller]
pub(crate) fn refused(run: &Run, message: &str) {
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.starts_with(&format!("tidings: {message}")), "{}", run.err);
}

fn bytes_at_random(count: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..count).map(|_| next()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn files_that_hold_no_article_are_named_and_the_others_read() {
    let place = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(place.path().join(name), bytes).unwrap();
    write("a.txt", TEXT.as_bytes());
    write("binary.txt", &bytes_at_random(20_000));
    write("blank.txt", b" \n\n\t\n");
    write("empty.txt", b"");
    write("nobody.html", b"<html><head><title>Nothing here</title></head></html>");
    write("picture.html", b"\x89PNG\r\n\x1A\n");
    write("z.txt", b"They met.");
    let (texts, errors) = read(place.path(), &["."], 5);
    assert_eq!(texts, [TEXT, "They met."]);
    let expected = [
        "tidings: `./binary.txt` is not text: it holds zero bytes; give plain text, HTML or JSON Lines",
        "tidings: `./blank.txt` is empty",
        "tidings: `./empty.txt` is empty",
        "tidings: `./nobody.html` holds no article text; for a page of another kind give its text with \
         `--input-format text`",
        "tidings: `./picture.html` is not text: a PNG picture; give plain text, HTML or JSON Lines",
        "2 articles, 5 skipped",
    ];
    assert_eq!(errors.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn random_bytes_without_zeros_are_no_text_either() {
    let place = TempDir::new().unwrap();
    let bytes: Vec<u8> = bytes_at_random(20_000).into_iter().filter(|&byte| byte != 0).collect();
    for name in ["noise", "noise.jsonl"] {
        fs::write(place.path().join(name), &bytes).unwrap();
    }
    let (texts, errors) = read(place.path(), &["noise"], 1);
    assert!(
        texts.is_empty() && errors.contains("`noise` is not text: too many control characters"),
        "{errors}"
    );
    let run = tidings(place.path(), &["extract", "noise.jsonl"]);
    assert!(run.code == 1 && run.err.contains("`noise.jsonl`, line 2 "), "{}", run.err);
}

#[test]
fn a_line_beyond_the_limit_is_skipped() {
    let place = TempDir::new().unwrap();
    let mut file = File::create(place.path().join("long.jsonl")).unwrap();
    file.write_all(b"{\"text\": \"").unwrap();
    for _ in 0..5 {
        file.write_all(&b"all work and no play ".repeat(50_000)).unwrap();
    }
    file.write_all(b"\"}\n{\"text\": \"They met.\"}\n").unwrap();
    let (texts, errors) = read(place.path(), &["--max-size", "1MB", "long.jsonl"], 1);
    assert_eq!(texts, ["They met."]);
    let message = "is larger than 1000000 bytes; split it, or raise the limit with `--max-size`";
    assert!(errors.contains(&format!("`long.jsonl`, line 1 {message}")), "{errors}");
    fs::rename(place.path().join("long.jsonl"), place.path().join("long.txt")).unwrap();
    fs::write(place.path().join("long.txt.gz"), gzip(&b"play ".repeat(300_000))).unwrap();
    for name in ["long.txt", "long.txt.gz"] {
        let (texts, errors) = read(place.path(), &["--max-size", "1MB", name], 1);
        assert!(texts.is_empty() && errors.contains(&format!("`{name}` {message}")), "{errors}");
    }
}

#[test]
fn old_and_wide_encodings_are_read() {
    let place = TempDir::new().unwrap();
    let (latin_1, ..) = encoding_rs::WINDOWS_1252.encode(TEXT);
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let wide_big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = wide(&format!("\u{FEFF}{TEXT}"));
    for bytes in [latin_1.to_vec(), wide(TEXT), wide_big, marked] {
        fs::write(place.path().join("a.txt"), &bytes).unwrap();
        assert_eq!(read(place.path(), &["a.txt"], 0).0, [TEXT]);
        let piped = tidings_reading(place.path(), &["extract", "-f", "nt"], &bytes).good().out;
        assert!(piped.contains("\"Jürgen Müller\"") && piped.contains("\"São Paulo\""), "{piped}");
    }
}

#[test]
fn a_malformed_line_is_named_and_those_around_it_are_read() {
    let place = TempDir::new().unwrap();
    let lines = "{\"text\": \"One met.\"}\n\n{\"text\": \"Two\n{\"id\": 3}\n{\"text\": \"Three met.\"}\n";
    fs::write(place.path().join("news.jsonl"), lines).unwrap();
    let (texts, errors) = read(place.path(), &["news.jsonl"], 2);
    assert_eq!(texts, ["One met.", "Three met."]);
    let expected = "expected an object like {\"id\": …, \"text\": …}";
    assert_eq!(
        errors,
        format!(
            "tidings: `news.jsonl`, line 3 is not an article in JSON: EOF while parsing a string at column 13; {expected}\n\
             tidings: `news.jsonl`, line 4 is not an article in JSON: it has no `text`; {expected}\n\
             2 articles, 2 skipped\n"
        )
    );
}

#[test]
fn what_was_read_of_a_compressed_file_before_its_cut_is_kept() {
    let place = TempDir::new().unwrap();
    let line = |n: u32| format!("{{\"id\": {n}, \"text\": \"Town {} met.\"}}\n", n * n);
    let lines: Vec<String> = (0..5000).map(line).collect();
    let whole = gzip(lines.concat().as_bytes());
    fs::write(place.path().join("news.jsonl.gz"), &whole[..whole.len() / 3]).unwrap();
    fs::write(place.path().join("news.txt.gz"), &whole[..whole.len() / 3]).unwrap();
    let run = tidings(place.path(), &["extract", "-f", "json", "news.jsonl.gz", "news.txt.gz"]);
    let read = run.out.lines().count();
    assert!(run.code == 1 && (100..5000).contains(&read), "{read} articles");
    let message = |name: &str| format!("tidings: cannot read `{name}`: incomplete deflate stream\n");
    let errors = [message("news.jsonl.gz"), message("news.txt.gz"), format!("{read} articles, 2 skipped\n")];
    assert_eq!(run.err, errors.concat());
}

#[test]
fn annotations_that_are_none_are_named_and_counted() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("noise"), bytes_at_random(20_000)).unwrap();
    fs::write(place.path().join("empty"), "\n").unwrap();
    fs::write(place.path().join("news"), "{\"id\": \"a\",\n").unwrap();
    let inputs = ["--annotations", "noise", "--annotations", "empty", "--annotations", "news"];
    let run = tidings(place.path(), &[&["ingest", "--kg", "kg"], &inputs[..]].concat());
    assert_eq!(run.code, 1);
    assert_eq!(
        run.err,
        "tidings: `noise`: line 1 is not UTF-8 text; nothing is read from it on\n\
         tidings: `empty` is empty\n\
         tidings: `news`: line 1 is not an annotation: EOF while parsing a value at column 11\n\
         0 added, 0 replaced, 0 unchanged, 0 removed, 3 failed\n"
    );
}

/// Runs `extract`, `ingest` and `model info` with a pipeline.
fn with_model(place: &Path, model: &str) -> [Run; 3] {
    fs::write(place.join("a.txt"), TEXT).unwrap();
    let runs = [
        &["extract", "a.txt", "--model", model][..],
        &["ingest", "a.txt", "--kg", "kg", "--model", model],
        &["model", "info", model],
    ];
    let runs = runs.map(|args| tidings(place, args));
    assert!(!place.join("kg").exists(), "nothing is made before everything is opened");
    runs
}

#[test]
fn pipelines_that_are_cut_off_are_refused() {
    let place = TempDir::new().unwrap();
    let whole = Model::embedded().to_compact();
    fs::write(place.path().join("cut.tdm"), &whole[..100_000]).unwrap();
    fs::write(place.path().join("noise.whl"), bytes_at_random(1000)).unwrap();
    let mut wheel = wheel(place.path(), &[("en/config.cfg", ""), ("en/meta.json", "{}")]);
    wheel.truncate(wheel.len() - 30);
    fs::write(place.path().join("cut.whl"), wheel).unwrap();
    for (model, message) in [
        ("cut.tdm", "`cut.tdm` is damaged or not what it should be: 99936 bytes of "),
        (
            "noise.whl",
            "`noise.whl` holds no pipeline: it is neither a zip file nor a converted pipeline; give ",
        ),
        ("cut.whl", "`cut.whl` is damaged or not what it should be: the archive cannot be read ("),
        ("missing.whl", "cannot read `missing.whl`: No such file or directory"),
    ] {
        for run in with_model(place.path(), model) {
            refused(&run, message);
        }
    }
}

#[test]
fn a_wheel_with_a_missing_part_is_refused_by_both_names() {
    let place = TempDir::new().unwrap();
    let config = "[nlp]\nlang = \"en\"\npipeline = [\"ner\"]\ndisabled = []\n\n[nlp.tokenizer]\n\
                  @tokenizers = \"spacy.Tokenizer.v1\"\n";
    let mut parts = vec![("en-1.0/config.cfg", config), ("en-1.0/meta.json", "{\"name\": \"x\"}")];
    wheel(place.path(), &parts);
    let message =
        "can't use the pipeline `part.whl`: it has no `tokenizer`; download or copy it again, completely\n";
    for run in with_model(place.path(), "part.whl") {
        refused(&run, message);
    }
    parts.push(("en-1.0/tokenizer", "junk"));
    wheel(place.path(), &parts);
    let message = "can't use the pipeline `part.whl`: `tokenizer` is damaged or not what it should be: ";
    for run in with_model(place.path(), "part.whl") {
        refused(&run, message);
    }
    parts.remove(0);
    wheel(place.path(), &parts);
    let message = "`part.whl` holds no pipeline: no folder in it has `config.cfg` and `meta.json`; give ";
    for run in with_model(place.path(), "part.whl") {
        refused(&run, message);
    }
}

/// Writes `part.whl` with these files; its bytes.
fn wheel(place: &Path, parts: &[(&str, &str)]) -> Vec<u8> {
    let path = place.join("part.whl");
    let mut writer = ZipWriter::new(File::create(&path).unwrap());
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
    fs::read(path).unwrap()
}

#[test]
fn damaged_knowledge_bases_are_refused() {
    let place = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(place.path().join(name), bytes).unwrap();
    let whole = fs::read(in_repository("src/kb/builtin.kb")).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    write("a.txt", TEXT.as_bytes());
    write("changed.kb", &changed);
    write("cut.kb", &whole[..100_000]);
    write("empty.kb", b"");
    write("stub.kb", &whole[..20]);
    fs::create_dir(place.path().join("folder")).unwrap();
    for (kb, message) in [
        (
            "changed.kb",
            "knowledge base `changed.kb` is damaged: its checksum differs; copy or build it again\n",
        ),
        ("cut.kb", "`cut.kb` is not a knowledge base: it is cut off; build one with `tidings kb build`\n"),
        ("empty.kb", "`empty.kb` is not a knowledge base: it does not start with `TIDINGKB`; build one"),
        ("stub.kb", "`stub.kb` is not a knowledge base: it is cut off; build one with `tidings kb build`\n"),
        ("folder", "can't read `folder`: is a directory\n"),
        ("missing.kb", "can't read `missing.kb`: No such file or directory"),
    ] {
        refused(&tidings(place.path(), &["extract", "a.txt", "--kb", kb]), message);
        refused(&tidings(place.path(), &["ingest", "a.txt", "--kg", "kg", "--kb", kb]), message);
        refused(&tidings(place.path(), &["kb", "info", "--kb", kb]), message);
    }
    assert!(!place.path().join("kg").exists(), "nothing is made before everything is opened");
}

#[test]
fn a_fault_in_a_query_is_shown_in_its_place() {
    let place = place_with_graph();
    let run = tidings(place.path(), &["query", "--kg", "kg", "SELECT ?x WHERE { ?x a td:City"]);
    refused(&run, "the query, line 1, column ");
    assert!(run.err.ends_with("^\n"), "{}", run.err);
    let run = tidings_reading(place.path(), &["query", "--kg", "kg", "-"], b"ASK {\n  ?x nope:a 1 }");
    refused(&run, "standard input, line 2, column ");
    refused(
        &tidings_reading(place.path(), &["query", "--kg", "kg", "-"], b""),
        "standard input, line 1, column 1",
    );
}

#[test]
fn a_damaged_pack_is_named_by_all_who_read_it() {
    let place = place_with_graph();
    let file = pack(place.path());
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let name = file.strip_prefix(place.path()).unwrap().display().to_string();
    for args in [&["query", "--kg", "kg", "ASK {}"][..], &["export", "--kg", "kg"], &["stats", "--kg", "kg"]]
    {
        let run = tidings(place.path(), args);
        assert_eq!(run.code, 2);
        assert!(
            run.err.starts_with(&format!("tidings: `{name}` is damaged where article <https://w3id.org/")),
            "{}",
            run.err
        );
        assert!(run.err.contains("; read that article anew with `tidings ingest --again`"), "{}", run.err);
    }
    // Of a pack that was cut off, what is whole stays, and the rest is read again as if it had never been there.
    let run = tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg"]).good();
    assert!(run.err.contains("whose file is gone or cut off; ingest it again\n"), "{}", run.err);
    assert!(run.err.ends_with("2 added, 0 replaced, 1 unchanged, 0 removed, 0 failed\n"), "{}", run.err);
    tidings(place.path(), &["verify", "--kg", "kg"]).good();
}
