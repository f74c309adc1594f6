//! The readers on whole files: pages with expected bodies and metadata, and properties that hold for any bytes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod properties;

use std::{
    collections::BTreeMap,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use proptest::prelude::*;
use tidings::source::{Article, Articles, Error, Format, Input, Settings};

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages =
        files.filter(|path| path.extension().is_some_and(|ext| ext == "html")).collect::<Vec<_>>();
    pages.sort();
    pages
}

fn read_page(path: &Path) -> Article {
    Articles::new(vec![Input::new(path)], Settings::default()).next().unwrap().unwrap()
}

/// The header lines and the body of an `.expected` file.
fn expected(page: &Path) -> (BTreeMap<String, String>, String) {
    let text = fs::read_to_string(page.with_extension("expected")).unwrap();
    let (header, body) = text.split_once("\n\n").unwrap();
    let fields = header.lines().map(|line| line.split_once(": ").unwrap());
    (fields.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(), body.trim().to_owned())
}

fn word_counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

#[test]
fn finds_the_bodies_of_pages() {
    let (mut common, mut found, mut wanted) = (0, 0, 0);
    for page in pages() {
        let (text, body) = (read_page(&page).text, expected(&page).1);
        let (ours, theirs) = (word_counts(&text), word_counts(&body));
        let shared = theirs.iter().map(|(word, n)| *n.min(ours.get(word).unwrap_or(&0))).sum::<usize>();
        let (ours, theirs) = (ours.values().sum::<usize>(), theirs.values().sum::<usize>());
        let name = page.file_stem().unwrap().display();
        println!("{name:24} precision {:.3} recall {:.3}", ratio(shared, ours), ratio(shared, theirs));
        common += shared;
        found += ours;
        wanted += theirs;
    }
    let (precision, recall) = (ratio(common, found), ratio(common, wanted));
    println!("all precision {precision:.3} recall {recall:.3}");
    assert!(precision >= 0.98 && recall >= 0.985, "precision {precision:.3}, recall {recall:.3}");
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[test]
fn reads_what_pages_say_about_their_articles() {
    for page in pages() {
        let (article, (fields, _)) = (read_page(&page), expected(&page));
        let found = [
            ("Title", article.title),
            ("Date", article.published),
            ("URL", article.url),
            ("Publisher", article.publisher),
            ("Author", article.author),
            ("Language", article.language),
        ];
        for (field, value) in found {
            assert_eq!(value.as_ref(), fields.get(field), "{field} of {}", page.display());
        }
    }
}

#[test]
fn tells_a_page_without_article_from_one_that_is_too_deep() {
    let read = |html: String| {
        let mut articles =
            Articles::from_reader(Cursor::new(html), Some(Path::new("a.html")), Settings::default());
        articles.next().unwrap()
    };
    assert!(matches!(
        read("<html><head><title>Nothing</title></head></html>".into()),
        Err(Error::NoBody { .. })
    ));
    let deep = format!("{}<p>They met.</p>", "<div>".repeat(100_000));
    assert!(matches!(read(deep), Err(Error::NestedTooDeep { .. })));
}

/// Reads `bytes` in every way.
fn every_reader_ends_well(bytes: &[u8]) {
    for format in [None, Some(Format::Text), Some(Format::Html), Some(Format::JsonLines)] {
        properties::reader_ends_well(bytes, format);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_end_in_an_article_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        every_reader_ends_well(&bytes);
    }

    #[test]
    fn any_soup_of_tags_ends_in_an_article_or_an_error(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<p>", "</p>", "<div class='story'>", "</div>", "<table>", "<tr><td>", "</table>", "<article>", "<h1>",
                "</h1>", "<script type='application/ld+json'>", "</script>", "{\"@type\":\"NewsArticle\",", "\"author\":",
                "<meta name='author' content='", "'>", "<br><br>", "<svg>", "<template>", "<b><i>", "</b>", "<!--", "-->",
                "<title>", "<select>", "<time datetime=2024-01-01>", "BAKU, May 20 (AP) — ", "&eacute;&#0;&#xD800;",
                "The minister said on Monday, in a long sentence, that the talks would go on. ", "\u{FEFF}", "\0",
            ]),
            0..60,
        )
    ) {
        every_reader_ends_well(parts.concat().as_bytes());
    }

    #[test]
    fn the_text_of_a_json_line_is_unchanged(text in any::<String>()) {
        prop_assume!(!text.trim().is_empty());
        let line = format!("{{\"id\": 1, \"text\": {}}}\n", serde_json::to_string(&text).unwrap());
        let path = Some(Path::new("a.jsonl"));
        let article = Articles::from_reader(Cursor::new(line.into_bytes()), path, Settings::default()).next().unwrap();
        prop_assert_eq!(article.unwrap().text, text);
    }

    #[test]
    fn the_text_of_a_plain_file_is_unchanged(text in "[\\PC\\n\\t]{1,200}") {
        prop_assume!(!text.trim().is_empty() && !text.starts_with('\u{FEFF}'));
        let path = Some(Path::new("a.txt"));
        let first = Articles::from_reader(Cursor::new(text.clone().into_bytes()), path, Settings::default()).next();
        match first.unwrap() {
            Ok(article) => prop_assert_eq!(article.text, text),
            // `{\rtf` and the like.
            Err(error) => prop_assert!(matches!(error, Error::NotText { .. }), "{}", error),
        }
    }
}
