//! HTML: the body as paragraphs, and what the page says about the article.
//!
//! [`legible`] finds the element that holds the body; `body` takes the paragraphs out of it, `metadata` and `json_ld`
//! read what the page says. Chosen among these libraries, all with their default settings, by the 14 pages of
//! `tests/pages` (precision and recall of the words of the body, pages with the right title, date (day), publisher,
//! author, language; ms a page; CPU seconds of a clean build; `cargo tree`'s count of crates):
//!
//! | library | prec. | recall | title | date | publ. | author | lang. | ms | build | crates | licences of its crates |
//! |---|---|---|---|---|---|---|---|---|---|---|---|
//! | `legible` 0.5.1 | .911 | .989 | 14/14 | 6/14 | 10/13 | 8/11 | 10/12 | 0.13 | 65 s | 69 | permissive |
//! | `dom_smoothie` 0.19.0 | .911 | 1.000 | 14/14 | 7/14 | 10/13 | 8/11 | 10/12 | 0.13 | 46 s | 59 | some MPL-2.0 |
//! | `libreadability` 0.3.0 | .911 | 1.000 | 14/14 | 6/14 | 10/13 | 8/11 | 10/12 | 0.15 | 86 s | 94 | some MPL-2.0 |
//! | `rs-trafilatura` 0.2.2 | .890 | .982 | 13/14 | 9/14 | 12/13 | 8/11 | 7/12 | 0.86 | 100 s | 102 | some MPL-2.0 |
//! | `readabilityrs` 0.1.4 | .880 | .989 | 14/14 | 6/14 | 10/13 | 8/11 | 0/12 | 0.41 | 85 s | 91 | some MPL-2.0 |
//! | `readex` 0.19.2 | .880 | .965 | 14/14 | 13/14 | 12/13 | 8/11 | 10/12 | 1.56 | 60 s | 42 | permissive; pins exact versions |
//! | `trafilatura` 0.6.0 | .867 | .971 | 14/14 | 13/14 | 11/13 | 8/11 | 7/12 | 0.60 | over 86 s | 108 | some MPL-2.0 |
//! | this module | .993 | 1.000 | 14/14 | 14/14 | 13/13 | 11/11 | 12/12 | | | | |
//!
//! The first three port the same algorithm and are equal but for what `body` removes or mends; legible alone of them
//! has no crate under a licence with conditions on its files. The last row was not measured on unseen pages: this
//! module was written with these at hand.

mod body;
mod json_ld;
mod metadata;
mod tokens;

use super::{Article, Error, Origin, Settings, decode, plain};

/// Pages whose elements lie deeper than this within each other are refused: reading them takes time that grows with
/// the square of the depth. Browsers stop at 512.
const DEEPEST: usize = 1000;

/// The article in the bytes of a page.
pub(crate) fn read(bytes: &[u8], origin: &Origin, settings: &Settings) -> Result<Article, Error> {
    let html = decode::decode(bytes, declared_encoding(bytes))
        .map_err(|found| Error::NotText { origin: origin.clone(), found })?;
    let page = metadata::read(&html);
    if page.depth > DEEPEST {
        return Err(Error::NestedTooDeep { origin: origin.clone(), depth: page.depth, limit: DEEPEST });
    }
    let title = page.title();
    let author = page.author();
    let options = legible::Options::new().keep_classes(true).disable_json_ld(true);
    let paragraphs = match legible::parse(&html, None, Some(options)) {
        Ok(found) => body::paragraphs(&found.content, title.as_deref(), author.as_deref()),
        Err(_) => Vec::new(),
    };
    let text = if paragraphs.is_empty() {
        page.described.body.clone().filter(|body| !body.trim().is_empty())
    } else {
        Some(paragraphs.join("\n\n"))
    };
    let Some(text) = text else { return Err(Error::NoBody { origin: origin.clone() }) };
    let mut article = Article {
        text,
        url: page.url(),
        published: page.published(),
        publisher: page.publisher(),
        language: page.language(),
        title,
        author,
        origin: origin.clone(),
        ..Article::default()
    };
    plain::find_dateline(&mut article, settings);
    article.fill(settings);
    Ok(article)
}

/// The label after `charset=` or `encoding=` in the first bytes of a page.
fn declared_encoding(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let lower = head.to_ascii_lowercase();
    let at = [b"charset=".as_slice(), b"encoding="].into_iter().find_map(|mark| {
        let at = lower.windows(mark.len()).position(|window| window == mark)?;
        Some(at + mark.len())
    })?;
    let rest = head.get(at..)?;
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(rest.len());
    rest.get(..end).filter(|label| !label.is_empty())
}
