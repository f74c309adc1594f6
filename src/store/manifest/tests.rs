use std::time::Instant;

use super::*;

fn entry(article: &str, quads: u64) -> Entry {
    let content = Content::new("c0ffee").unwrap();
    let entry = Entry::unplaced(article, content, [7; 16], "v1", quads);
    Entry { pack: "packs/0011223344556677.nq.gz".into(), offset: 30, length: 20, ..entry }
}

fn to_text(manifest: &mut Manifest) -> String {
    let mut text = Vec::new();
    manifest.write(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn line(entry: &Entry) -> String {
    let mut line = String::new();
    entry.write_line(&mut line);
    line
}

fn read(text: &str) -> Manifest {
    Manifest::read(text.as_bytes()).unwrap()
}

fn entries(manifest: &Manifest) -> Vec<Entry> {
    manifest.entries().cloned().collect()
}

#[test]
fn what_is_written_is_read_again() {
    let mut manifest = Manifest::default();
    manifest.insert(entry("http://example.org/b", 2));
    manifest.insert(entry("http://example.org/a", 1));
    let text = to_text(&mut manifest);
    let again = read(&text);
    assert_eq!(entries(&again), entries(&manifest));
    assert_eq!(again.state(), manifest.state());
    assert_eq!(again.state().length, text.len() as u64);
    assert!(text.find("/a\t").unwrap() < text.find("/b\t").unwrap());
    assert_eq!(
        State::of_header(text.lines().next().unwrap(), 9).unwrap().generation,
        again.state().generation
    );
}

#[test]
fn a_rewritten_manifest_has_another_generation() {
    let mut manifest = Manifest::default();
    to_text(&mut manifest);
    let before = manifest.state();
    to_text(&mut manifest);
    assert_ne!(manifest.state().generation, before.generation);
}

#[test]
fn later_lines_win_and_a_line_cut_off_does_not_count() {
    let mut text = to_text(&mut Manifest::default());
    for quads in [1, 2] {
        text.push_str(&line(&entry("http://example.org/a", quads)));
    }
    text.push_str(&line(&entry("http://example.org/b", 5)));
    text.push_str(&Manifest::removal("http://example.org/b"));
    let whole = text.len() as u64;
    text.push_str("+\thttp://example.org/c\tc0f");
    let manifest = read(&text);
    assert_eq!((manifest.len(), manifest.quads(), manifest.state().length), (1, 2, whole));
    assert!(manifest.wants_rewriting(0));
    assert!(manifest.was_removed("http://example.org/b") && !manifest.was_removed("http://example.org/c"));
}

#[test]
fn removed_articles_are_kept_in_mind_until_they_are_forgotten() {
    let mut manifest = Manifest::default();
    for name in ["c", "a", "b"] {
        manifest.insert(entry(name, 1));
    }
    assert_eq!(manifest.remove("a").unwrap().quads, 1);
    assert!(manifest.remove("a").is_none() && manifest.remove("x").is_none());
    let mut again = read(&to_text(&mut manifest));
    assert!(again.was_removed("a") && again.was_removed("x") && again.get("a").is_none());
    assert_eq!(again.len(), 2);
    again.forget_removed();
    assert!(!again.was_removed("a") && again.get("b").is_some() && again.get("c").is_some());
    assert!(!to_text(&mut again).contains("\n-"));
    manifest.insert(entry("a", 4));
    assert_eq!((manifest.len(), manifest.quads(), manifest.was_removed("a")), (3, 6, false));
}

#[test]
fn the_manifest_of_an_old_folder_is_read() {
    let sha = "ab".repeat(32);
    let digest = "07".repeat(16);
    let text = format!(
        "{HEADER_1}\n+\thttp://e/a\t{sha}\t{digest}\tv1\t12\tarticles/3f/3f9a-07.nq.gz\n-\thttp://e/b\n"
    );
    let manifest = read(&text);
    let entry = manifest.get("http://e/a").unwrap();
    assert!(manifest.is_old() && manifest.wants_rewriting(0));
    assert_eq!((entry.quads, entry.range()), (12, None));
    assert_eq!(entry.path(), std::path::Path::new("articles/3f/3f9a-07.nq.gz"));
    assert!(manifest.was_removed("http://e/b"));
}

#[test]
fn names_the_line_that_is_wrong() {
    let header = to_text(&mut Manifest::default());
    let digest = "07".repeat(16);
    for (line, reason) in [
        ("+\ta\tb\tzz\tv\t1\tpacks/p.nq.gz\t0\t1".to_owned(), "file digest"),
        (format!("+\ta\tb\t{digest}\tv\tmany\tpacks/p.nq.gz\t0\t1"), "number of quads"),
        (format!("+\ta\tb\t{digest}\tv\t1\tpacks/p.nq.gz\t0\t-1"), "place in the pack"),
        (format!("+\ta\tb\t{digest}\tv\t1\tpacks/p.nq.gz"), "as many fields"),
        (format!("+\ta\tb\t{digest}\tv\t1\tpacks/../../p.nq.gz\t0\t1"), "does not lie in the folder"),
        ("?".to_owned(), "expected `+`"),
        ("\u{0}".to_owned(), "expected `+`"),
    ] {
        let Unreadable::Line(number, said) =
            Manifest::read(format!("{header}{line}\n").as_bytes()).unwrap_err()
        else {
            panic!("reading from memory succeeds")
        };
        assert!(number == 2 && said.contains(reason), "{said}");
    }
    assert!(matches!(Manifest::read(&b"something else\n"[..]), Err(Unreadable::Line(1, _))));
    assert_eq!(read("").len(), 0);
}

#[test]
fn a_large_manifest_is_not_rewritten_for_one_article() {
    let mut manifest = Manifest::default();
    for n in 0..20_000 {
        manifest.insert(entry(&format!("http://example.org/{n}"), 1));
    }
    assert!(!manifest.wants_rewriting(1));
    assert!(manifest.wants_rewriting(20_000));
    assert!(manifest.entries().is_sorted_by_key(|entry| Arc::clone(&entry.article)));
}

/// `cargo test --release --lib a_million_lines -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn a_million_lines_are_read_in_a_second() {
    for count in [100_000, 1_000_000] {
        let mut manifest = Manifest::default();
        for n in 0..count {
            let article =
                format!("https://w3id.org/tidings/id/article/headline-of-some-length-{n:07}-34cb9d6ae3f6");
            let content = Content::new(&format!("{n:064x}")).unwrap();
            let pack = format!("packs/{:016x}.nq.gz", n / 2_000).into();
            manifest.insert(Entry { content, pack, ..entry(&article, 130) });
        }
        let text = to_text(&mut manifest);
        let memory = resident();
        let start = Instant::now();
        let read = read(&text);
        let took = start.elapsed();
        let bytes = (resident() - memory) / count;
        println!("{count} lines, {} MB: {took:?}, {bytes} bytes an entry", text.len() / 1_000_000);
        let start = Instant::now();
        assert_eq!(read.entries().len(), count as usize);
        println!("in order: {:?}", start.elapsed());
        assert!(took.as_secs_f64() < 1.0);
    }
}

/// Memory of this process, in bytes; Linux only.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}
