//! What holds for the times of any text; shared by the property tests and the fuzz targets.

use std::sync::LazyLock;

use tidings::annotation::{Annotation, from_json, to_json};
use tidings::nlp::Pipeline;
use tidings::source::Article;
use tidings::time;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::embedded);

/// Finds the times of `text`; they stand in order on characters of it, have values that can be read, and come through JSON.
pub(crate) fn times_are_sound(text: &str, published: Option<&str>) {
    let doc = PIPELINE.parse(text);
    let article =
        Article { text: text.to_owned(), published: published.map(str::to_owned), ..Article::default() };
    let mut annotation = Annotation { article, ..Annotation::default() };
    time::add(&mut annotation, &doc);
    let mut end = 0;
    for time in &annotation.times {
        assert!(!time.span.of(text).trim().is_empty(), "{time:?}");
        assert!(time.span.start >= end, "{time:?} overlaps the one before");
        end = time.span.end;
        assert!(!time.value.is_empty(), "{time:?}");
        if let Some(interval) = time::interval(&time.value, published)
            && let (Some(begin), Some(end)) = (interval.begin, interval.end)
            && !begin.value.starts_with('-')
        {
            assert!(begin.value <= end.value, "{time:?} ends before it begins");
        }
    }
    let (read, _) = from_json(&to_json(&annotation, None, false), 1).expect("what is written can be read");
    assert_eq!(read.times, annotation.times);
}
