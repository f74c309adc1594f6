use super::candidates::{By, Candidate};
use super::group::Group;
use super::sport::Sports;
use super::words::Agreement;
use crate::annotation::{Class, Kind};
use crate::extract::NameType;
use crate::kb::{Entity, Kb};

/// What speaks for or against a candidate; most values lie between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Feature {
    /// 1 for every candidate: its weight says how often names are linked at all.
    Linked,
    /// Logarithm of the share among all that have the name: 0 for all of it, -1 for the least.
    Prior,
    /// Popularity of a place, as a logarithm.
    PlaceFame,
    /// Popularity of what is no place, as a logarithm.
    Fame,
    /// The name is the one it is best known by.
    Label,
    /// Number of namesakes, as a logarithm.
    Namesakes,
    /// The name is one word.
    OneWord,
    /// The name is of three words or more.
    LongName,
    /// The name is an acronym.
    Acronym,
    /// The name is a demonym.
    Demonym,
    /// Only a shorter form is known.
    ShortForm,
    /// Share of the forms in the article that are names of it.
    Forms,
    /// How well its class goes with what the recogniser took the name for.
    Fit,
    /// Its class does not go with that at all.
    Misfit,
    /// It is a person.
    Person,
    /// It is a person, and the name is one word.
    MononymousPerson,
    /// It is an organisation.
    Organization,
    /// It is a country, region or city.
    Polity,
    /// It is a country.
    Country,
    /// It is a work or a product.
    Work,
    /// How often the article mentions it, as a logarithm.
    Mentions,
    /// Share of its country among the places and people of the article.
    CountryShare,
    /// Nothing else in the article belongs to its country.
    ForeignCountry,
    /// Its country is mentioned in the same sentence.
    CountryNearby,
    /// Share of the entities of the article that have its class.
    ClassShare,
    /// A place of the article lies near it.
    Neighbour,
    /// Something that the knowledge base relates to it is mentioned.
    Related,
    /// Its country, or something related, is named right before or after (`Iran's parliament`, `Paris, Texas`).
    Beside,
    /// Another country than its own is.
    BesideForeign,
    /// The form is only a part of its names.
    Part,
    /// It is a well-known bearer of the part.
    PartShare,
    /// Only the surname is the same, and the given name may be.
    GivenName,
    /// The spelling is another.
    Spelling,
    /// How many context words the knowledge base has for it, each as far as it is rare; from 0 towards 1.
    ContextKnown,
    /// How many of these the article has.
    ContextArticle,
    /// How many of these are near the name.
    ContextNearby,
    /// How close the meanings of these are to those of the article's words.
    ContextMeaning,
    /// The name is a demonym in use as a noun (`three Americans`).
    DemonymNoun,
    /// It is a people or a religion, and the name is in use as a noun.
    PeopleNoun,
    /// It is a people or a religion.
    People,
    /// People with its surname that the knowledge base has, as a logarithm.
    CommonSurname,
    /// It is a team, and the recogniser took the name for a place.
    TeamAsPlace,
    /// It is a company or media organisation.
    Firm,
    /// It is a building or a place that is no polity.
    Site,
    /// How famous a person is whom one name is enough for, by the square of the popularity and the share of the name.
    FamousMononym,
    /// How famous it is, by the square of the popularity; of what is no place.
    Renown,
    /// Another group of the article means it, such as one with its full name.
    SameElsewhere,
    /// It is a team, as far as the article speaks of sport.
    TeamInSport,
    /// The same, where the name is not that of a place where something is.
    TeamActs,
    /// It is a polity, as far as the article speaks of sport, and the name is not that of a place where something is.
    PolityInSport,
    /// It is a team, and its name is only given in part.
    TeamPart,
    /// It is a team or contest of the sport that the article speaks of.
    SportAgrees,
    /// It is one of another sport.
    SportDiffers,
    /// It is a team, and the name stands where teams stand (`Wales captain`).
    TeamRole,
    /// It is neither a team nor a person, and the name stands there.
    RoleOfNoTeam,
    /// Another region than its own is named right before or after.
    BesideOtherRegion,
    /// How famous the bearer of a surname is, by the square of the popularity and the share of the name.
    FamousSurname,
    /// It is a person, and the name is a full one.
    FullName,
    /// The name is a transcription of another.
    Transcription,
    /// Letters of the name, in tens.
    Letters,
    /// As [`Self::Renown`], of a name of one word.
    WordRenown,
    /// As [`Self::Renown`], as far as its class goes with what the recogniser took the name for.
    FittingRenown,
    /// The name is made of the initials of its name.
    Initials,
    /// As [`Self::Prior`], which it has in place of that, of a team that the recogniser took for a place: its share of the popularity of
    /// all such teams.
    TeamPrior,
    /// As [`Self::AmbiguousInContext`], where the name is the one it is best known by.
    AmbiguousLabelInContext,
    /// As [`Self::ContextKnown`], of a company or media organisation.
    FirmKnown,
    /// As [`Self::ClassShare`], where its country is mentioned in the same sentence.
    ClassNearCountry,
    /// As [`Self::ClassShare`], of a person.
    PersonAmongPeople,
    /// As [`Self::ContextArticle`], the more namesakes it has.
    AmbiguousInContext,
    /// As [`Self::CountryShare`], the more namesakes it has.
    AmbiguousInCountry,
    /// As [`Self::CountryShare`], of a polity.
    PolityInCountry,
    /// As [`Self::PlaceFame`], squared.
    PlaceRenown,
    /// As [`Self::ContextArticle`], of a name of one word.
    WordInContext,
    /// As [`Self::Namesakes`], of a name of one word.
    AmbiguousWord,
    /// As [`Self::ContextMeaning`], where the name is the one it is best known by.
    LabelMeaning,
    /// It is an armed force, the name only a part of its own (`Navy`), and the article speaks more of another country.
    ForcesAbroad,
    /// It is a person whom the article calls something else than the knowledge base.
    CalledOtherwise,
    /// It is a body or a building, and the name stands before who works for it.
    BodyRole,
    /// It is neither, nor a person, and the name stands there.
    RoleOfNoBody,
}

use Feature as F;

/// All features, in the order of their numbers, with their names.
pub const FEATURES: [(Feature, &str); 79] = [
    (F::Linked, "linked"),
    (F::Prior, "prior"),
    (F::PlaceFame, "place fame"),
    (F::Fame, "fame"),
    (F::Label, "label"),
    (F::Namesakes, "namesakes"),
    (F::OneWord, "one word"),
    (F::LongName, "long name"),
    (F::Acronym, "acronym"),
    (F::Demonym, "demonym"),
    (F::ShortForm, "short form"),
    (F::Forms, "forms"),
    (F::Fit, "fit"),
    (F::Misfit, "misfit"),
    (F::Person, "person"),
    (F::MononymousPerson, "mononymous person"),
    (F::Organization, "organization"),
    (F::Polity, "polity"),
    (F::Country, "country"),
    (F::Work, "work"),
    (F::Mentions, "mentions"),
    (F::CountryShare, "country share"),
    (F::ForeignCountry, "foreign country"),
    (F::CountryNearby, "country nearby"),
    (F::ClassShare, "class share"),
    (F::Neighbour, "neighbour"),
    (F::Related, "related"),
    (F::Beside, "beside"),
    (F::BesideForeign, "beside foreign"),
    (F::Part, "part"),
    (F::PartShare, "part share"),
    (F::GivenName, "given name"),
    (F::Spelling, "spelling"),
    (F::ContextKnown, "context known"),
    (F::ContextArticle, "context in article"),
    (F::ContextNearby, "context nearby"),
    (F::ContextMeaning, "context meaning"),
    (F::DemonymNoun, "demonym as noun"),
    (F::PeopleNoun, "people as noun"),
    (F::People, "people"),
    (F::CommonSurname, "common surname"),
    (F::TeamAsPlace, "team as place"),
    (F::Firm, "firm"),
    (F::Site, "site"),
    (F::FamousMononym, "famous mononym"),
    (F::Renown, "renown"),
    (F::SameElsewhere, "same elsewhere"),
    (F::TeamInSport, "team in sport"),
    (F::TeamActs, "team acts"),
    (F::PolityInSport, "polity in sport"),
    (F::TeamPart, "team part"),
    (F::SportAgrees, "sport agrees"),
    (F::SportDiffers, "sport differs"),
    (F::TeamRole, "team role"),
    (F::RoleOfNoTeam, "role of no team"),
    (F::BesideOtherRegion, "beside other region"),
    (F::FamousSurname, "famous surname"),
    (F::FullName, "full name"),
    (F::Transcription, "transcription"),
    (F::Letters, "letters"),
    (F::WordRenown, "word renown"),
    (F::FittingRenown, "fitting renown"),
    (F::Initials, "initials"),
    (F::TeamPrior, "team prior"),
    (F::AmbiguousLabelInContext, "ambiguous label in context"),
    (F::FirmKnown, "firm known"),
    (F::ClassNearCountry, "class near country"),
    (F::PersonAmongPeople, "person among people"),
    (F::AmbiguousInContext, "ambiguous in context"),
    (F::AmbiguousInCountry, "ambiguous in country"),
    (F::PolityInCountry, "polity in country"),
    (F::PlaceRenown, "place renown"),
    (F::WordInContext, "word in context"),
    (F::AmbiguousWord, "ambiguous word"),
    (F::LabelMeaning, "label in context"),
    (F::ForcesAbroad, "forces abroad"),
    (F::CalledOtherwise, "called otherwise"),
    (F::BodyRole, "body role"),
    (F::RoleOfNoBody, "role of no body"),
];

/// Features that are the product of two others: what counts for more where something else holds too.
const PRODUCTS: [(Feature, Feature, Feature); 14] = [
    (F::AmbiguousInContext, F::Namesakes, F::ContextArticle),
    (F::AmbiguousInCountry, F::Namesakes, F::CountryShare),
    (F::PolityInCountry, F::Polity, F::CountryShare),
    (F::PlaceRenown, F::PlaceFame, F::PlaceFame),
    (F::WordInContext, F::OneWord, F::ContextArticle),
    (F::AmbiguousWord, F::Namesakes, F::OneWord),
    (F::LabelMeaning, F::Label, F::ContextMeaning),
    (F::WordRenown, F::OneWord, F::Renown),
    (F::FittingRenown, F::Fit, F::Renown),
    (F::Initials, F::Acronym, F::Part),
    (F::AmbiguousLabelInContext, F::AmbiguousInContext, F::Label),
    (F::FirmKnown, F::ContextKnown, F::Firm),
    (F::ClassNearCountry, F::ClassShare, F::CountryNearby),
    (F::PersonAmongPeople, F::ClassShare, F::Person),
];

/// The values of all features of one candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Values(pub [f64; FEATURES.len()]);

impl Values {
    /// The value of one feature.
    pub fn get(&self, feature: Feature) -> f64 {
        self.0[feature as usize]
    }

    pub(super) fn set(&mut self, feature: Feature, value: f64) {
        self.0[feature as usize] = value;
    }

    /// Sets the features that are products of others; to be done last.
    pub(super) fn set_products(&mut self) {
        for (product, a, b) in PRODUCTS {
            self.set(product, self.get(a) * self.get(b));
        }
    }

    /// Sets a feature to 1 if something holds, else to 0.
    pub(super) fn mark(&mut self, feature: Feature, holds: bool) {
        self.set(feature, f64::from(u8::from(holds)));
    }
}

/// The features of a candidate that depend on its name alone, and not on the rest of the article.
pub(super) fn of_name(
    kb: &Kb,
    group: &Group<'_>,
    candidate: &Candidate<'_>,
    namesakes: usize,
    bearers: usize,
) -> Values {
    let mut values = Values([0.0; FEATURES.len()]);
    let Some(entity) = kb.entity(candidate.found.entity) else { return values };
    let words = group.forms[0].split_whitespace().count();
    values.set(F::Linked, 1.0);
    values.set(F::Prior, candidate.found.prior.max(1.0 / 256.0).ln() / 256f64.ln());
    values.set(
        if is_located(&entity) { F::PlaceFame } else { F::Fame },
        entity.popularity.max(0.0).ln_1p() / 5.0,
    );
    values.mark(F::Label, candidate.found.is_label);
    values.set(F::Namesakes, (namesakes as f64).ln() / 3.0);
    values.mark(F::OneWord, words == 1);
    values.mark(F::LongName, words > 2);
    values.set(F::Letters, group.forms[0].chars().count().min(14) as f64 / 10.0);
    values.mark(F::Acronym, candidate.found.is_acronym);
    values.mark(F::Demonym, candidate.found.is_demonym);
    values.mark(F::ShortForm, candidate.by == By::ShortForm);
    values.set(F::Forms, candidate.forms as f64 / group.forms.len() as f64);
    let fit = fit(group.name_type, entity.class, candidate.found.is_demonym);
    values.set(F::Fit, fit);
    values.mark(F::Misfit, fit == 0.0);
    let kind = entity.class.kind();
    values.mark(F::Person, kind == Kind::Person);
    values.mark(F::MononymousPerson, kind == Kind::Person && words == 1);
    values.mark(F::Organization, kind == Kind::Organization);
    values.mark(F::Polity, kind == Kind::Polity);
    values.mark(F::Country, entity.class == Class::Country);
    values.mark(F::Work, matches!(kind, Kind::Work | Kind::Product));
    values.set(F::Mentions, (group.members.len() as f64).ln() / 3.0);
    values.mark(F::Part, candidate.by == By::Part);
    if candidate.by == By::Part {
        values.set(F::PartShare, candidate.found.prior);
    }
    mark_kind(&mut values, group, &entity, candidate.found.is_demonym);
    values.mark(F::GivenName, candidate.by == By::GivenName);
    values.mark(F::Spelling, candidate.by == By::Spelling);
    values.mark(F::Transcription, candidate.is_transcribed);
    let renown = (entity.popularity / 60.0).clamp(0.0, 1.5).powi(2);
    if !is_located(&entity) {
        values.set(F::Renown, renown);
    }
    if kind == Kind::Person && words == 1 && candidate.by == By::Name {
        values.set(F::FamousMononym, renown * candidate.found.prior);
    }
    if kind == Kind::Person && candidate.by == By::Part {
        values.set(F::FamousSurname, renown * candidate.found.prior);
    }
    if kind == Kind::Person {
        values.mark(F::FullName, words > 1 && candidate.by == By::Name);
        values.set(F::CommonSurname, (bearers as f64).ln_1p() / 5.0);
    }
    values
}

fn mark_kind(values: &mut Values, group: &Group<'_>, entity: &Entity<'_>, is_demonym: bool) {
    let kind = entity.class.kind();
    match kind {
        Kind::Organization | Kind::Facility => values.set(F::BodyRole, group.serving),
        Kind::Person => {}
        _ => values.set(F::RoleOfNoBody, group.serving),
    }
    values.mark(F::DemonymNoun, is_demonym && group.is_noun);
    values.mark(F::PeopleNoun, kind == Kind::People && group.is_noun);
    values.mark(F::People, kind == Kind::People);
    values.mark(F::TeamAsPlace, entity.class == Class::SportsTeam && group.is_place());
    values.mark(F::Firm, matches!(entity.class, Class::Company | Class::MediaOrganization));
    values.mark(F::TeamPart, entity.class == Class::SportsTeam && values.get(F::Part) > 0.0);
    values.mark(F::Site, matches!(kind, Kind::Facility | Kind::Place));
}

/// Sets the features that tell apart a place and its teams by what an article says of sport; `teams` is the popularity of all teams among
/// the candidates.
pub(super) fn set_sport(
    values: &mut Values,
    kb: &Kb,
    group: &Group<'_>,
    candidate: &Candidate<'_>,
    sports: &Sports,
    teams: f64,
) {
    let Some(entity) = kb.entity(candidate.found.entity) else { return };
    let acting = sports.share * (1.0 - group.located);
    if entity.class == Class::SportsTeam {
        values.set(F::TeamInSport, sports.share);
        values.set(F::TeamActs, acting);
        values.set(F::TeamRole, group.sporting);
        if group.is_place() {
            let share = entity.popularity.max(0.0) / teams.max(1.0);
            values.set(F::Prior, 0.0);
            values.set(F::TeamPrior, share.max(1.0 / 256.0).ln() / 256f64.ln());
        }
    } else {
        if entity.class.kind() != Kind::Person {
            values.set(F::RoleOfNoTeam, group.sporting);
        }
        if entity.class.kind() == Kind::Polity {
            values.set(F::PolityInSport, acting);
        }
    }
    if matches!(entity.class, Class::SportsTeam | Class::Event) {
        let (agrees, differs) = sports.agreement(kb, candidate.found.entity);
        values.set(F::SportAgrees, agrees);
        values.set(F::SportDiffers, differs);
    }
}

/// Sets the features that tell how the words of the article go with those of an entity.
pub(super) fn set_context(values: &mut Values, agreement: &Agreement) {
    values.set(F::ContextKnown, agreement.most);
    values.set(F::ContextArticle, agreement.article);
    values.set(F::ContextNearby, agreement.nearby);
    values.set(F::ContextMeaning, agreement.meaning);
    values.set(F::CalledOtherwise, agreement.otherwise * values.get(F::Person));
}

/// Whether the popularity is that of a place, which goes by its inhabitants.
fn is_located(entity: &Entity<'_>) -> bool {
    matches!(entity.class.kind(), Kind::Polity | Kind::Place)
}

#[expect(clippy::match_same_arms, reason = "a table, in the order of the types of names")]
/// How well an entity goes with what the recogniser took the name for, from 0 to 1.
fn fit(name_type: NameType, class: Class, is_demonym: bool) -> f64 {
    use NameType as N;
    match (name_type, class.kind()) {
        (N::Person, Kind::Person) => 1.0,
        (N::Norp, Kind::Polity) if is_demonym => 1.0,
        (N::Norp, Kind::People) => 1.0,
        (N::Norp, Kind::Organization) if class == Class::PoliticalParty => 0.6,
        (N::Norp, Kind::Polity) => 0.2,
        (N::Organization, Kind::Organization) => 1.0,
        (N::Organization, Kind::Facility | Kind::Work | Kind::Product) => 0.3,
        (N::Organization, Kind::Polity) if is_demonym => 0.1,
        (N::Organization, Kind::Polity) => 0.2,
        (N::Gpe, Kind::Polity) if is_demonym => 0.5,
        (N::Gpe, Kind::Polity) => 1.0,
        (N::Gpe, Kind::Place) => 0.7,
        (N::Gpe, Kind::Facility) => 0.2,
        (N::Gpe, Kind::Organization) => 0.1,
        (N::Location, Kind::Place) => 1.0,
        (N::Location, Kind::Polity) => 0.8,
        (N::Location, Kind::Facility) => 0.5,
        (N::Facility, Kind::Facility) => 1.0,
        (N::Facility, Kind::Place | Kind::Polity | Kind::Organization) => 0.4,
        (N::Product, Kind::Product) => 1.0,
        (N::Product, Kind::Work | Kind::Organization) => 0.3,
        (N::Event, Kind::Event) => 1.0,
        (N::Event, Kind::Organization | Kind::Law) => 0.3,
        (N::WorkOfArt, Kind::Work) => 1.0,
        (N::WorkOfArt, Kind::Organization | Kind::Event) => 0.3,
        (N::Law, Kind::Law) => 1.0,
        (N::Law, Kind::Organization | Kind::Event | Kind::Work) => 0.3,
        (N::Language, Kind::Language) => 1.0,
        (N::Other, Kind::People | Kind::Work | Kind::Product | Kind::Event | Kind::Law) => 0.5,
        _ => 0.0,
    }
}
