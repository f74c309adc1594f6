use super::Span;

/// A text some of whose phrases were marked, as examples of the lexicon are: `[agent:Rebels] attacked [patient:a base].`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// The text without the marks.
    pub(crate) text: String,
    /// The name of each mark and its phrase, in bytes of the text, in its order.
    pub(crate) marks: Vec<(String, Span)>,
}

impl Marked {
    /// Takes the marks out of a text; `separator` stands between the name of a mark and its phrase.
    ///
    /// # Errors
    /// Shows the mark that has no name.
    pub(crate) fn parse(marked: &str, separator: char) -> Result<Self, String> {
        let (mut text, mut marks) = (String::new(), Vec::new());
        for (number, part) in marked.split(['[', ']']).enumerate() {
            if number % 2 == 0 {
                text.push_str(part);
                continue;
            }
            let (name, phrase) = part
                .split_once(separator)
                .ok_or_else(|| format!("`[{part}]` has no name before `{separator}`"))?;
            marks.push((name.to_owned(), Span::new(text.len(), text.len() + phrase.len())));
            text.push_str(phrase);
        }
        Ok(Self { text, marks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let parsed = Marked::parse("[agent:Rebels] attacked [patient:a base].", ':').unwrap();
        assert_eq!(parsed.text, "Rebels attacked a base.");
        assert_eq!(
            parsed.marks,
            [("agent".to_owned(), Span::new(0, 6)), ("patient".to_owned(), Span::new(16, 22))]
        );
        assert_eq!(
            Marked::parse("[Rebels] attacked", ':'),
            Err("`[Rebels]` has no name before `:`".to_owned())
        );
    }
}
