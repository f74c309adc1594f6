//! `tidings ingest`, `remove`, `stats`.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{annotation, place_with_graph, tidings};

#[test]
fn what_is_there_unchanged_is_skipped_and_what_changed_is_replaced() {
    let place = place_with_graph();
    let ingest = ["ingest", "--annotations", "news.jsonl", "--kg", "kg", "--json"];
    let again = tidings(place.path(), &ingest).good();
    assert_eq!(again.out, "{\"added\":0,\"replaced\":0,\"unchanged\":3,\"removed\":0,\"failed\":0}\n");
    assert_eq!(again.err, "0 added, 0 replaced, 3 unchanged, 0 removed, 0 failed\n");
    let changed = annotation("n-1", ("Iran", "Q794"), "Shiraz");
    fs::write(
        place.path().join("news.jsonl"),
        [changed, annotation("n-4", ("Peru", "Q419"), "Lima")].join("\n"),
    )
    .unwrap();
    let run = tidings(place.path(), &ingest).good();
    assert_eq!(run.err, "1 added, 1 replaced, 0 unchanged, 0 removed, 0 failed\n");
    let run = tidings(place.path(), &[&ingest[..], &["--prune"]].concat()).good();
    assert_eq!(run.err, "0 added, 0 replaced, 2 unchanged, 2 removed, 0 failed\n");
    let stats = tidings(place.path(), &["stats", "--kg", "kg", "--json"]).good();
    let stats: serde_json::Value = serde_json::from_str(&stats.out).unwrap();
    assert_eq!((&stats["articles"], &stats["mentions"]), (&2.into(), &6.into()));
    assert_eq!(stats["classes"]["Person"], 1);
    assert_eq!(stats["links"]["wikidata.org"], 2);
}

#[test]
fn entities_are_those_that_articles_name_also_for_a_government() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("a.txt"), "Moscow denied the report. A storm hit Oslo.\n").unwrap();
    tidings(place.path(), &["ingest", "a.txt", "--kg", "kg"]).good();
    let listed = tidings(place.path(), &["stats", "--kg", "kg", "--entities"]).good().out;
    for name in ["Moscow", "Russia", "Oslo"] {
        let is_it = |line: &str| line.starts_with("       1        1 ") && line.contains(name);
        assert!(listed.lines().any(is_it), "{name}\n{listed}");
    }
    assert!(!listed.contains("Norway"), "{listed}");
}

#[test]
fn a_bad_line_is_told_counted_and_left_out() {
    let place = place_with_graph();
    let line = annotation("n-5", ("Peru", "Q419"), "Lima");
    fs::write(place.path().join("news.jsonl"), format!("{{\"schema\":\n\n{line}\n")).unwrap();
    let run = tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg", "--prune"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("`news.jsonl`: line 1 is not an annotation"), "{}", run.err);
    assert!(run.err.contains("nothing was removed from `kg`"), "{}", run.err);
    assert!(run.err.ends_with("1 added, 0 replaced, 0 unchanged, 0 removed, 1 failed\n"), "{}", run.err);
}

#[test]
fn articles_are_removed_by_id_all_or_none() {
    let place = place_with_graph();
    let run = tidings(place.path(), &["remove", "n-1", "n-9", "--kg", "kg"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no article in `kg` has the IRI, id or address `n-9`"), "{}", run.err);
    assert_eq!(
        tidings(place.path(), &["remove", "n-1", "n-2", "--kg", "kg"]).good().out,
        "removed 2 articles\n"
    );
    let stats = tidings(place.path(), &["stats", "--kg", "kg"]).good();
    assert!(stats.out.starts_with("articles                              1\n"), "{}", stats.out);
    assert_eq!(tidings(place.path(), &["remove", "x", "--kg", "nothing"]).code, 2);
    assert!(!place.path().join("nothing").exists());
}

#[test]
fn a_second_writer_waits_or_is_told() {
    let place = TempDir::new().unwrap();
    let mut first = Command::new(env!("CARGO_BIN_EXE_tidings"))
        .current_dir(place.path())
        .args(["ingest", "--annotations", "-", "--kg", "kg"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lock = place.path().join("kg/.lock");
    while fs::read_to_string(&lock).unwrap_or_default().is_empty() {
        assert_eq!(first.try_wait().unwrap(), None, "the first writer ended before it had the lock");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    fs::write(place.path().join("b.jsonl"), annotation("b", ("Peru", "Q419"), "Lima")).unwrap();
    let told = tidings(place.path(), &["ingest", "--annotations", "b.jsonl", "--kg", "kg", "--no-wait"]);
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains(&format!("another process (id {}) is writing to `kg`", first.id())),
        "{}",
        told.err
    );
    let mut second = Command::new(env!("CARGO_BIN_EXE_tidings"))
        .current_dir(place.path())
        .args(["ingest", "--annotations", "b.jsonl", "--kg", "kg"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(second.stderr.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains("waiting for process"));
    let line = annotation("a", ("Iran", "Q794"), "Qom");
    first.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    assert!(first.wait().unwrap().success());
    assert!(second.wait().unwrap().success());
    assert_eq!(lines.next().unwrap().unwrap(), "1 added, 0 replaced, 0 unchanged, 0 removed, 0 failed");
    assert!(
        tidings(place.path(), &["stats", "--kg", "kg"])
            .good()
            .out
            .contains("articles                              2\n")
    );
}

#[test]
fn a_folder_that_cant_be_written_is_named_and_stays_as_it_is() {
    let place = place_with_graph();
    // A file stands where a folder is needed: no one can write there, not even the system's administrator.
    let packs = place.path().join("kg/packs");
    fs::rename(&packs, place.path().join("away")).unwrap();
    fs::write(&packs, "in the way").unwrap();
    fs::write(place.path().join("b.jsonl"), annotation("b", ("Peru", "Q419"), "Lima")).unwrap();
    let run = tidings(place.path(), &["ingest", "--annotations", "b.jsonl", "--kg", "kg"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`kg/packs"), "{}", run.err);
    fs::remove_file(&packs).unwrap();
    fs::rename(place.path().join("away"), &packs).unwrap();
    assert!(
        tidings(place.path(), &["stats", "--kg", "kg"])
            .good()
            .out
            .contains("articles                              3\n")
    );
}

#[test]
fn one_asks_while_another_ingests_and_sees_a_whole_state() {
    let place = place_with_graph();
    let lines: Vec<String> =
        (0..2_000).map(|n| annotation(&format!("m-{n}"), ("Iran", "Q794"), &format!("Town{n}"))).collect();
    fs::write(place.path().join("many.jsonl"), lines.join("\n")).unwrap();
    let mut writer = Command::new(env!("CARGO_BIN_EXE_tidings"))
        .current_dir(place.path())
        .args(["ingest", "--annotations", "many.jsonl", "--kg", "kg"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut asked = 0;
    while writer.try_wait().unwrap().is_none() {
        let stats = tidings(place.path(), &["stats", "--kg", "kg", "--json"]).good();
        let stats: serde_json::Value = serde_json::from_str(&stats.out).unwrap();
        assert_eq!(stats["mentions"].as_u64(), stats["articles"].as_u64().map(|articles| articles * 3));
        asked += 1;
    }
    assert!(asked > 0 && writer.wait().unwrap().success());
    let stats = tidings(place.path(), &["stats", "--kg", "kg"]).good();
    assert!(stats.out.starts_with("articles                           2003\n"), "{}", stats.out);
}

#[test]
fn a_folder_keeps_its_base() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("a.txt"), "Jane Doe came to Oslo.\n").unwrap();
    fs::write(place.path().join("b.txt"), "Jane Doe came to Lima.\n").unwrap();
    let ingest = |args: &[&str]| tidings(place.path(), &[&["ingest", "--kg", "kg"], args].concat());
    ingest(&["a.txt", "--base", "https://news.example/"]).good();
    ingest(&["b.txt"]).good();
    let query =
        "SELECT ?a { ?a a schema:NewsArticle FILTER(STRSTARTS(STR(?a), 'https://news.example/article/')) }";
    assert_eq!(tidings(place.path(), &["query", "--kg", "kg", query]).good().out.lines().count(), 3);
    let run = ingest(&["b.txt", "--base", "https://other.example/"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("`https://news.example/`") && run.err.contains("leave out --base"),
        "{}",
        run.err
    );
    ingest(&["b.txt", "--base", "https://news.example/"]).good();
}

#[test]
fn a_folder_keeps_the_users_ontology() {
    let place = TempDir::new().unwrap();
    let own = super::in_repository("examples/ontology");
    fs::write(place.path().join("a.txt"), "Pope Francis canonized Mother Teresa.\n").unwrap();
    let ingest =
        |args: &[&str]| tidings(place.path(), &[&["ingest", "--kg", "kg", "a.txt"], args].concat()).good();
    ingest(&["--ontology", &own]);
    assert!(ingest(&[]).err.ends_with("0 added, 0 replaced, 1 unchanged, 0 removed, 0 failed\n"));
    assert!(place.path().join("kg/ontology/01-ontology").is_dir());
    // Another one takes its place, and articles are read again with it.
    fs::write(place.path().join("none.ttl"), "# nothing\n").unwrap();
    let run = ingest(&["--ontology", "none.ttl"]);
    assert!(run.err.contains("is another one than before") && run.err.contains("1 replaced"), "{}", run.err);
    assert!(place.path().join("kg/ontology/01-none.ttl").is_file());
    assert!(!place.path().join("kg/ontology/01-ontology").exists());
}

#[test]
fn an_old_folder_becomes_one_of_packs_with_a_word() {
    let place = place_with_graph();
    // As an older version had it: a file an article.
    let folder = tidings::store::Folder::open(place.path().join("kg")).unwrap();
    let bytes = fs::read(super::pack(place.path())).unwrap();
    fs::create_dir_all(place.path().join("kg/articles/3f")).unwrap();
    let mut manifest = "tidings-manifest 1\n".to_owned();
    for (number, entry) in folder.manifest().entries().enumerate() {
        let range = entry.range().unwrap();
        let path = format!("articles/3f/{number}.nq.gz");
        fs::write(place.path().join("kg").join(&path), &bytes[range.start as usize..range.end as usize])
            .unwrap();
        let digest = format!("{:032x}", u128::from_be_bytes(entry.file_digest));
        let (article, content, made_by, quads) = (&entry.article, entry.content, &entry.made_by, entry.quads);
        writeln!(manifest, "+\t{article}\t{content}\t{digest}\t{made_by}\t{quads}\t{path}").unwrap();
    }
    fs::write(place.path().join("kg/manifest.tsv"), manifest).unwrap();
    fs::remove_dir_all(place.path().join("kg/packs")).unwrap();
    tidings(place.path(), &["verify", "--kg", "kg"]).good();
    let run = tidings(place.path(), &["ingest", "--annotations", "news.jsonl", "--kg", "kg"]).good();
    assert_eq!(
        run.err,
        "tidings: put the 3 files of articles in `kg` into packs, many a file\n\
         0 added, 0 replaced, 3 unchanged, 0 removed, 0 failed\n"
    );
    assert!(!place.path().join("kg/articles").exists());
    assert_eq!(fs::read_dir(place.path().join("kg/packs")).unwrap().count(), 1);
    tidings(place.path(), &["verify", "--kg", "kg"]).good();
}

#[test]
fn an_entity_is_one_however_many_articles_name_it() {
    let place = place_with_graph();
    let stats = tidings(place.path(), &["stats", "--kg", "kg", "--entities", "--json"]).good();
    let stats: serde_json::Value = serde_json::from_str(&stats.out).unwrap();
    let entities = stats["entities"].as_array().unwrap();
    let iran: Vec<_> = entities.iter().filter(|entity| entity["label"] == "Iran").collect();
    assert_eq!(iran.len(), 1);
    assert_eq!((&iran[0]["articles"], &iran[0]["mentions"]), (&2.into(), &2.into()));
    assert_eq!(iran[0]["links"][0], "http://www.wikidata.org/entity/Q794");
    let first = tidings(place.path(), &["stats", "--kg", "kg", "--entities", "--limit", "1"]).good().out;
    assert_eq!(first.lines().count(), 2, "{first}");
}
