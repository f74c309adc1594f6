//! Relations between two things that a sentence mentions, by a model that is learned (`examples/train_relations.rs`).
//!
//! The candidates are all pairs of things in a sentence, each with all the pairs of mentions of the two ([`Group`]): names,
//! descriptions, pronouns, times. What holds of a pair of mentions is a set of features (words between and around, the way
//! through the tree, kinds, what the lexicon's frames say); a property's log-odds are linear in them, and those of a group
//! the softened maximum over its pairs, as in learning from several instances of which one suffices.

mod argument;
mod features;
mod find;
mod group;
mod model;

pub use argument::Thing;
pub(super) use find::{Stated, find};
pub(super) use group::groups;
pub use group::{Group, Pair};
pub use model::{Model, PROPERTIES, Property, Scores};

#[cfg(test)]
mod tests {
    use crate::annotation::{Annotation, Object};
    use crate::coref;
    use crate::kb::Kb;
    use crate::lexicon::Lexicon;
    use crate::link::Linker;
    use crate::nlp::Pipeline;
    use crate::predicate::Predicates;
    use crate::source::Article;

    /// The relations of a text, as `subject property object`.
    fn relations(text: &str) -> Vec<String> {
        let doc = Pipeline::embedded().worker().parse(text);
        let names = crate::extract::names(&doc, Kb::builtin());
        let article = Article { text: text.to_owned(), ..Article::default() };
        let mut annotation =
            coref::resolve(Linker::new(Kb::builtin(), None).link(article, &doc, &names), &doc, Kb::builtin());
        crate::statement::add(&mut annotation, &doc, &Predicates::of(&doc), Lexicon::builtin());
        let said =
            |a: &Annotation, m: Option<usize>| m.map_or("?", |m| a.mentions[m].span.of(text)).to_owned();
        let of_entity = annotation.relations.iter().filter(|r| matches!(r.object, Object::Entity(_)));
        let line = |r: &crate::annotation::Relation| {
            format!(
                "{} {} {}",
                said(&annotation, r.subject_mention),
                r.property,
                said(&annotation, r.object_mention)
            )
        };
        of_entity.map(line).collect()
    }

    #[test]
    fn every_pair_of_mentions_in_the_sentence_is_one() {
        let found = relations("Angela Merkel, who was born in Hamburg, is a German politician.");
        for line in ["Angela Merkel td:birthPlace Hamburg", "who td:birthPlace Hamburg"] {
            assert!(found.contains(&line.to_owned()), "{found:?}");
        }
    }

    #[test]
    fn a_symmetric_property_is_stated_both_ways() {
        let found = relations("Barack Obama is married to Michelle Obama.");
        for line in ["Barack Obama td:spouse Michelle Obama", "Michelle Obama td:spouse Barack Obama"] {
            assert!(found.contains(&line.to_owned()), "{found:?}");
        }
    }

    #[test]
    fn an_office_is_of_the_group_that_its_holder_is_named_with() {
        let found = relations(
            "Israeli officials, including Prime Minister Benjamin Netanyahu and Minister Israel Katz, met.",
        );
        let is = |line: &str| found.contains(&line.to_owned());
        assert!(is("Israeli td:headOfGovernment Benjamin Netanyahu"), "{found:?}");
        assert!(!is("Israeli td:headOfGovernment Israel Katz"), "{found:?}");
        let found = relations("France's leadership has ties with Germany and Italy.");
        assert!(found.contains(&"France td:hasTiesWith Italy".to_owned()), "{found:?}");
        assert!(!found.iter().any(|line| line.starts_with("Germany")), "{found:?}");
    }

    #[test]
    fn nobody_is_born_where_an_adjective_or_a_direction_points() {
        let found = relations("Barack Obama was born in Hawaii, some 2,400 miles west of California.");
        assert!(found.contains(&"Barack Obama td:birthPlace Hawaii".to_owned()), "{found:?}");
        assert!(!found.iter().any(|line| line.ends_with("birthPlace California")), "{found:?}");
    }

    #[test]
    fn a_comma_puts_a_place_into_a_larger_one() {
        let found = relations("The fair opened in Turin, Italy, on Monday.");
        assert_eq!(found, ["Turin td:locatedIn Italy"]);
        for text in ["He visited Berlin, Poland and Italy.", "He visited Ireland, Kenya, Italy."] {
            assert_eq!(relations(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_parent_is_a_father_or_a_mother_where_the_text_says_so() {
        let found = relations("Malia Obama is the daughter of Barack Obama and his wife.");
        assert!(found.contains(&"Malia Obama td:father Barack Obama".to_owned()), "{found:?}");
        let found = relations("Jared Kushner is the son-in-law of Donald Trump.");
        assert_eq!(found, ["Donald Trump td:relative Jared Kushner"]);
    }
}
