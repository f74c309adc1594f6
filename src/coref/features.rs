use std::sync::LazyLock;

/// Features of a pronoun and a phrase that it may refer to, with their weights by name in `weights.tsv`.
macro_rules! features {
    ($($name:ident)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(dead_code, reason = "those of roles are made by counting from the first, see `roles`")]
        pub(super) enum Feature { $($name),* }

        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

features! {
    // How far the phrase is before the pronoun, in sentences; or that it comes after.
    SameSentence OneBack TwoBack ThreeBack After
    // What the phrase is in the sentence of the pronoun, by what the pronoun is.
    SubjectSubjectHere SubjectObjectHere SubjectPossessiveHere SubjectObliqueHere SubjectOtherHere
    ObjectSubjectHere ObjectObjectHere ObjectPossessiveHere ObjectObliqueHere ObjectOtherHere
    PossessiveSubjectHere PossessiveObjectHere PossessivePossessiveHere PossessiveObliqueHere PossessiveOtherHere
    // The same in an earlier sentence.
    SubjectSubjectBack SubjectObjectBack SubjectPossessiveBack SubjectObliqueBack SubjectOtherBack
    ObjectSubjectBack ObjectObjectBack ObjectPossessiveBack ObjectObliqueBack ObjectOtherBack
    PossessiveSubjectBack PossessiveObjectBack PossessivePossessiveBack PossessiveObliqueBack PossessiveOtherBack
    // How many other things that fit lie between.
    Nearest SecondNearest ThirdNearest Farther
    // What kind of phrase it is.
    IsName IsNominal IsIndefinite IsPronoun IsSamePronoun
    // How often it was spoken of before.
    OnceBefore TwiceBefore OftenBefore VeryOftenBefore
    MostOften
    // It is the subject of the clause of the pronoun, or of one above.
    SubjectOfClause SubjectAbove SubjectOfMain
    // Of the same verb lemma.
    SameVerb
    InCoordination InPhrase IsAppositive
    FirstInSentence FirstInText
    // Number and gender are known to be these, or only not to be others.
    FormsKnown
    QuotedUnlikePronoun PronounQuotedUnlike
    // What `it` and `they` refer to.
    ItOrganization ItPolity ItPlace ItNamedThing ItGroup ItThing ItHuman
    TheyOrganization TheyGroup ThingsThey PeopleThey TheyPolity
    // Nothing that was named.
    NothingIt NothingThey Expletive ItSubject
    // Bias of phrases by what stands between: the start of a paragraph.
    OtherParagraph
    // The clause begins with the pronoun and its subject comes after it: `In his speech, Macron`.
    FrontedSubject FrontedName
    // It possesses what the pronoun is in: `Macron's view of his rivals`.
    Possessor
    SubjectOfMainBack
    // Perhaps no person at all.
    UnsurePerson UnknownName SingleWord
    // How often it is spoken of in the whole text.
    OftenInAll VeryOftenInAll
    InBrackets
    // Several joined by `and`, for `they`.
    IsJoined
    PossessiveNominal SubjectNominal
}

impl Feature {
    pub(super) fn number(self) -> u16 {
        self as u16
    }
}

/// The names of all features in the order of their numbers: those of all pronouns, and the same again for those of people
/// (`he`, `her`), so that these learn from the others what they have in common (Daumé 2007).
pub(super) fn names() -> Vec<String> {
    let of_people = NAMES.iter().map(|name| format!("Person{name}"));
    NAMES.iter().map(|&name| name.to_owned()).chain(of_people).collect()
}

/// Adds to the features of a pronoun of a person those that only these have.
pub(super) fn add_of_people(features: &mut Vec<u16>) {
    let own: Vec<u16> = features.iter().map(|feature| feature + NAMES.len() as u16).collect();
    features.extend(own);
}

/// The weight of each feature; learned by `examples/train_coref.rs`, which tells from what.
static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let names = names();
    let mut weights = vec![0.0; names.len()];
    for (name, weight) in include_str!("weights.tsv").lines().filter_map(|line| line.split_once('\t')) {
        if let (Some(place), Ok(weight)) = (names.iter().position(|n| n == name), weight.parse()) {
            weights[place] = weight;
        }
    }
    weights
});

/// The sum of the weights of features.
pub(super) fn score(features: &[u16]) -> f64 {
    features.iter().map(|&f| WEIGHTS[f as usize]).sum()
}

/// What a phrase or a pronoun is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    Possessive,
    Oblique,
    Other,
}

/// The feature of the roles of pronoun and phrase.
pub(super) fn roles(pronoun: Role, phrase: Role, same_sentence: bool) -> Option<u16> {
    let row = match pronoun {
        Role::Subject => 0,
        Role::Object | Role::Oblique => 1,
        Role::Possessive => 2,
        Role::Other => return None,
    };
    let first = if same_sentence { Feature::SubjectSubjectHere } else { Feature::SubjectSubjectBack };
    Some(first.number() + row * 5 + phrase as u16)
}
