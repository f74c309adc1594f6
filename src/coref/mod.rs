//! What else refers to the entities of an article: descriptions (`the prime minister`) and pronouns.
//!
//! Takes an [`Annotation`] whose names are linked, and its parsed [`Doc`], and gives the annotation with the mentions added
//! that refer to the same entities without naming them, and with entities of which only descriptions are known. What is
//! found goes from the sure to the less sure, as in the sieves of Lee et al. (2013):
//!
//! 1. a name with its titles (`French President Macron`), all names of an entity (joined before, by [`crate::link`]);
//! 2. what the grammar says: appositions, copulas with a definite description, relative and reflexive pronouns;
//! 3. definite descriptions: the government of a country that is named in it, which is that country as one that acts; the
//!    holder of a role that was named before, the same noun with no new modifier, a name of the
//!    kind that a bare noun says (`the company`), several names of it (`the two countries`, `both`);
//! 4. `I` and `we` in a quote, by its speaker;
//! 5. `he`, `she`, `it`, `they`: a log-linear model chooses among the phrases that number, gender and animacy
//!    and the grammar allow; its weights are learned (see [`training`]).
//!
//! Two entities that have names are never joined here: that is for the linker to say.
//!
//! # What becomes an entity
//! A description that nothing else takes up is no entity, however long; two that refer to the same are. Several things
//! referred to at once (`both`, `Iran and Iraq ... they`) are an entity of class `td:Group` whose `members` they are; so are a
//! speaker's `we`, with the speaker as the one member that is known.

mod clusters;
mod features;
mod forms;
mod lexicon;
mod nominal;
mod pair;
mod phrase;
mod precise;
mod pronoun;
mod quote;
pub mod training;
mod write;

pub(crate) use lexicon::{Noun, is_woman, noun};
pub(crate) use nominal::is_business;
pub(crate) use quote::{Quote, begins, quotes, says};

use crate::annotation::Annotation;
use crate::kb::Kb;
use crate::nlp::Doc;
use clusters::Clusters;

/// Adds the descriptions and pronouns that refer to the entities of an article, and entities that have no name.
pub fn resolve(annotation: Annotation, doc: &Doc, kb: &Kb) -> Annotation {
    let phrases = phrase::phrases(&annotation, doc);
    let mut clusters = Clusters::new(&annotation, doc, kb, phrases);
    precise::join(&mut clusters);
    nominal::join(&mut clusters);
    let quotes = quotes(doc);
    quote::join(&mut clusters, &quotes);
    pronoun::join(&mut clusters, &quotes, |_, _, _| ());
    write::write(annotation, &clusters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::MentionKind;
    use crate::link::Linker;
    use crate::nlp::Pipeline;
    use crate::source::Article;

    fn annotation(text: &str) -> Annotation {
        let doc = Pipeline::embedded().worker().parse(text);
        let names = crate::extract::names(&doc, Kb::builtin());
        let article = Article { text: text.to_owned(), ..Article::default() };
        resolve(Linker::new(Kb::builtin(), None).link(article, &doc, &names), &doc, Kb::builtin())
    }

    /// What refers to the thing that the first mention with this text refers to.
    fn cluster(annotation: &Annotation, first: &str) -> Vec<String> {
        let text = |m: &crate::annotation::Mention| m.span.of(&annotation.article.text).to_owned();
        let found = annotation.mentions.iter().find(|m| text(m) == first);
        let entity = found.unwrap_or_else(|| panic!("`{first}` is no mention")).entity;
        annotation.mentions.iter().filter(|m| m.entity == entity).map(text).collect()
    }

    #[test]
    fn a_role_with_its_holder_and_pronouns_are_one_person() {
        let annotation = annotation(
            "President Emmanuel Macron visited Berlin on Monday. He met Angela Merkel, who thanked him. The president left in the evening.",
        );
        let macron = cluster(&annotation, "Emmanuel Macron");
        for mention in ["President Emmanuel Macron", "He", "The president"] {
            assert!(macron.contains(&mention.to_owned()), "{mention}: {macron:?}");
        }
        assert!(cluster(&annotation, "Angela Merkel").contains(&"who".to_owned()));
    }

    #[test]
    fn a_role_with_the_country_of_its_holder_is_that_holder() {
        let text = "President Emmanuel Macron met Olaf Scholz, the German chancellor. The French leader smiled. The chancellor did \
            not. Lima was calm. The Peruvian capital and the Chilean capital had been warned.";
        let annotation = annotation(text);
        assert!(cluster(&annotation, "Emmanuel Macron").contains(&"The French leader".to_owned()));
        assert!(cluster(&annotation, "Olaf Scholz").contains(&"The chancellor".to_owned()));
        assert_eq!(cluster(&annotation, "Lima"), ["Lima", "The Peruvian capital"]);
    }

    #[test]
    fn gender_tells_people_apart() {
        let annotation = annotation("Angela Merkel met Barack Obama in Berlin. She praised his speech.");
        assert!(cluster(&annotation, "Angela Merkel").contains(&"She".to_owned()));
        assert!(cluster(&annotation, "Barack Obama").contains(&"his".to_owned()));
    }

    #[test]
    fn a_bare_noun_takes_up_a_name_of_its_kind() {
        let annotation =
            annotation("Siemens cut 500 jobs in Munich. The company said it would hire again next year.");
        let siemens = cluster(&annotation, "Siemens");
        assert!(siemens.contains(&"The company".to_owned()), "{siemens:?}");
    }

    #[test]
    fn what_has_no_name_is_an_entity_once_it_is_taken_up() {
        let annotation =
            annotation("A rescue team reached the valley on Friday. The team found two survivors.");
        assert_eq!(cluster(&annotation, "A rescue team"), ["A rescue team", "The team"]);
        assert!(annotation.entities.iter().all(|e| e.label != "valley"));
    }

    #[test]
    fn the_two_countries_have_their_names_as_members() {
        let annotation = annotation(
            "France and Germany signed a treaty on Monday. The two countries will share data, and both countries will pay.",
        );
        let group = annotation.entities.iter().find(|e| !e.members.is_empty()).unwrap();
        assert_eq!(group.class, "td:Group");
        let members: Vec<&str> =
            group.members.iter().map(|m| annotation.entities[m.index()].label.as_str()).collect();
        assert_eq!(members, ["France", "Germany"]);
    }

    #[test]
    fn both_and_all_three_are_those_who_were_named_together() {
        let members = |text: &str| -> Vec<String> {
            let annotation = annotation(text);
            let group = annotation.entities.iter().find(|e| !e.members.is_empty());
            let labels = |e: &crate::annotation::Entity| {
                e.members.iter().map(|m| annotation.entities[m.index()].label.clone()).collect()
            };
            group.map_or_else(Vec::new, labels)
        };
        assert_eq!(members("Peru and Chile signed a treaty. Both want peace."), ["Peru", "Chile"]);
        assert_eq!(members("Peru met Chile in Oslo. The two governments agreed."), ["Peru", "Chile"]);
        assert_eq!(
            members("Angela Merkel met Barack Obama in the Danish capital. The two leaders talked."),
            ["Angela Merkel", "Barack Obama"]
        );
        let three = "Norway, Sweden and Finland signed a pact. All three depend on exports.";
        assert_eq!(members(three), ["Norway", "Sweden", "Finland"]);
        assert_eq!(members("Peru met Chile and Brazil. Both want peace."), [""; 0]);
        assert_eq!(members("Angela Merkel met Barack Obama. Two ministers left."), [""; 0]);
    }

    #[test]
    fn they_are_those_who_were_named_together_as_subject() {
        let annotation = annotation("Peru and Chile agreed a plan on Friday. They will send troops.");
        assert_eq!(cluster(&annotation, "They"), ["Peru and Chile", "They"]);
    }

    #[test]
    fn a_government_is_its_country_as_one_that_acts() {
        let annotation = annotation(
            "The Danish government resigned. The government of Norway did not. The Swedish and Finnish governments met.",
        );
        assert_eq!(cluster(&annotation, "Swedish"), ["Swedish"]);
        assert!(cluster(&annotation, "Danish").contains(&"The Danish government".to_owned()));
        assert!(cluster(&annotation, "Norway").contains(&"The government of Norway".to_owned()));
    }

    #[test]
    fn who_speaks_in_a_quote_is_i() {
        let annotation = annotation("\"I will not resign,\" said Theresa May in London.");
        assert!(cluster(&annotation, "Theresa May").contains(&"I".to_owned()));
    }

    #[test]
    fn it_refers_to_nothing_where_a_clause_follows() {
        let annotation = annotation("Siemens cut jobs. It is likely that prices will rise.");
        assert!(annotation.mentions.iter().all(|m| m.kind != MentionKind::Pronoun));
    }
}
