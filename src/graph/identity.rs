use std::fmt::Write;

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Base;
use crate::source::Article;

/// Longest slug in an article's IRI, in bytes.
const MAX_SLUG: usize = 60;
/// Hexadecimal digits of the digest in an IRI (48 bits).
const SHORT_DIGEST: usize = 12;

/// The IRI of an article: `{base}article/{slug}-{short digest}`.
///
/// A function of the article's identity alone: its URL where it has one, else the id that its source gave it, else its
/// content. An article that is read again with an altered text keeps its name as long as it has a URL or an id.
///
/// An id that already is such an IRI, as in an annotation that was written before, is kept.
pub fn article_iri(article: &Article, base: &Base) -> NamedNode {
    if let Some(id) = &article.id
        && id.strip_prefix(base.as_str()).is_some_and(|path| path.starts_with("article/"))
        && let Ok(iri) = NamedNode::new(id)
    {
        return iri;
    }
    let (slug, mut digest) = match (&article.url, &article.id) {
        (Some(url), _) => (slug(last_segment(url)), digest_of(["url", url])),
        (None, Some(id)) => (slug(last_segment(id)), digest_of(["id", id])),
        (None, None) => {
            let headline =
                article.title.as_deref().or_else(|| article.text.lines().find(|l| !l.trim().is_empty()));
            (slug(headline.unwrap_or("")), content_digest(article))
        }
    };
    digest.truncate(SHORT_DIGEST);
    if slug.is_empty() {
        return base.mint(&format!("article/{digest}"));
    }
    base.mint(&format!("article/{slug}-{digest}"))
}

/// The SHA-256 of everything in the article that its graph depends on, as 64 hexadecimal digits.
pub fn content_digest(article: &Article) -> String {
    let Article { text, id, url, title, published, publisher, author, language, dateline: _, origin: _ } =
        article;
    let fields = [id, url, title, published, publisher, author, language];
    // An absent field differs from an empty one.
    let fields =
        fields.map(|field| field.as_ref().map_or_else(|| "-".to_owned(), |value| format!("+{value}")));
    digest_of(fields.iter().map(String::as_str).chain([text.as_str()]))
}

/// The first digits of the SHA-256 of a text, as names hold them.
pub(super) fn short_digest(text: &str) -> String {
    let mut digest = digest_of([text]);
    digest.truncate(SHORT_DIGEST);
    digest
}

/// The digest of a sequence of strings; each is preceded by its length, so that no two sequences collide.
fn digest_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string never fails");
        hex
    })
}

/// The last part of a path that holds a letter or digit, without query, fragment and file extension.
fn last_segment(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let segment = path.rsplit('/').find(|s| s.chars().any(char::is_alphanumeric)).unwrap_or("");
    match segment.rsplit_once('.') {
        Some((stem, ext))
            if !stem.is_empty() && matches!(ext, "html" | "htm" | "txt" | "json" | "php" | "xml") =>
        {
            stem
        }
        _ => segment,
    }
}

/// Lower-case ASCII letters and digits with single hyphens between them; diacritics are dropped.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
    }
    if slug.len() > MAX_SLUG {
        slug.truncate(MAX_SLUG);
        slug.truncate(slug.rfind('-').unwrap_or(MAX_SLUG));
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        Article { text: "Iran and Azerbaijan hold a drill.\nMore.".to_owned(), ..Article::default() }
    }

    fn name(article: &Article) -> String {
        article_iri(article, &Base::default()).into_string().replace(Base::DEFAULT, "")
    }

    #[test]
    fn an_article_with_a_url_keeps_its_name_when_its_text_changes() {
        let mut one = article();
        one.url = Some("https://example.org/2025/05/Drill_in_Baku.html?ref=x".to_owned());
        let two = Article { text: "Corrected.".to_owned(), title: Some("T".to_owned()), ..one.clone() };
        assert!(name(&one).starts_with("article/drill-in-baku-"), "{}", name(&one));
        assert_eq!(name(&one), name(&two));
        assert_ne!(content_digest(&one), content_digest(&two));
    }

    #[test]
    fn an_article_without_url_and_id_is_named_by_its_content() {
        let one = article();
        let mut two = article();
        two.text.push('!');
        assert!(name(&one).starts_with("article/iran-and-azerbaijan-hold-a-drill-"), "{}", name(&one));
        assert_ne!(name(&one), name(&two));
        assert_eq!(name(&Article::default()).len(), "article/".len() + SHORT_DIGEST);
    }

    #[test]
    fn an_id_that_is_the_name_already_is_kept() {
        let mut one = article();
        let iri = article_iri(&one, &Base::default());
        one.id = Some(iri.as_str().to_owned());
        assert_eq!(article_iri(&one, &Base::default()), iri);
    }

    #[test]
    fn an_article_whose_id_is_its_iri_keeps_it() {
        let iri = article_iri(&article(), &Base::default());
        let known = Article { id: Some(iri.as_str().to_owned()), text: "Other.".to_owned(), ..article() };
        assert_eq!(article_iri(&known, &Base::default()), iri);
        let elsewhere: Base = "https://news.example.org/kg/".parse().unwrap();
        assert_ne!(article_iri(&known, &elsewhere), iri);
    }

    #[test]
    fn fields_that_run_together_differ_in_digest() {
        let with = |title: Option<&str>, publisher: Option<&str>| {
            content_digest(&Article {
                title: title.map(str::to_owned),
                publisher: publisher.map(str::to_owned),
                ..article()
            })
        };
        assert_ne!(with(Some("ab"), Some("c")), with(Some("a"), Some("bc")));
        assert_ne!(with(Some(""), None), with(None, None));
        assert_eq!(with(None, None).len(), 64);
    }

    #[test]
    fn slugs_are_short_plain_ascii() {
        assert_eq!(slug("Erdoğan’s visit — “São Paulo”"), "erdogans-visit-sao-paulo");
        assert_eq!(slug("日本"), "");
        let long = slug(&"word ".repeat(40));
        assert!(long.len() <= MAX_SLUG && long.ends_with("-word"));
    }
}
