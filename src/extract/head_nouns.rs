//! Nouns at the end of a name that tell what it names: `Ministry`, `University`, `Airport`, `Cup`.

use super::NameType;
use crate::text::WordList;

static ORGANIZATIONS: WordList = WordList::new(
    "academy administration agency airlines airways alliance army assembly associates association \
    authority bank battalion board body brigade brigades brothers bureau cabinet capital caucus chamber \
    church club coalition college command commission committee commonwealth company confederation \
    conference congress consortium cooperative corp corporation corps council court daily department \
    directorate division embassy enterprise enterprises faculty federation fire firm force forces \
    foundation front fund gang gazette government group guard guards guild herald holding holdings inc \
    industries initiative inspectorate institute institution insurance investigation investments \
    journal knesset laboratory league legion limited llc ltd magazine media militia ministry mission \
    mosad motors movement municipality navy network news office orchestra order organisation \
    organization parliament partners partnership party patrol plc police post press regiment register \
    school secretariat section senate service services society solutions squad star studios syndicate \
    systems taskforce team technologies telegraph television times tribunal tribune trust tv union unit \
    united university watch week wing",
);

static FACILITIES: WordList = WordList::new(
    "airfield airport arena avenue barracks base beach boulevard bridge building camp campus canal \
    castle cathedral cemetery center centre checkpoint clinic complex courthouse crossing dam \
    expressway factory field fort garden gardens gate hall harbor harbour heights highway home hospital \
    hotel house jail lane library mall market memorial mine monastery monument mosque museum \
    observatory palace park pipeline plant plaza port prison railway refinery reserve residence resort \
    restaurant road roundabout shrine square stadium station street synagogue temple terminal theater \
    theatre tower towers tunnel zoo",
);

static PLACES: WordList = WordList::new(
    "archipelago basin bay bight cape coast county creek delta desert district forest glacier \
    governorate gulf hills island islands isle isles lake mountain mountains oblast ocean peninsula \
    prefecture province range refuge region river sea settlement state strait straits territories \
    territory town township valley village volcano zone",
);

static EVENTS: WordList = WordList::new(
    "accord agreement attack attacks award awards battle campaign carnival celebration ceremony \
    championship championships concert conflict congress convention covenant cup dialogue earthquake \
    election elections exhibition expo fair festival final finals forum games grand holocaust hurricane \
    marathon massacre olympics pact parade paralympics prix protocol race rally referendum revolution \
    series show summit tour tournament treaty uprising war wars",
);

static LAWS: WordList = WordList::new(
    "act amendment bill chart charter code constitution convention declaration decree directive fund \
    guidelines index law medal order plan policy prize program programme project regulations report \
    resolution statute strategy vision",
);

/// The type of thing that a noun, in lower case and without dots, says that a name ending in it names.
pub(super) fn name_type(noun: &str) -> Option<NameType> {
    let lists = [
        (&LAWS, NameType::Law),
        (&EVENTS, NameType::Event),
        (&FACILITIES, NameType::Facility),
        (&PLACES, NameType::Location),
        (&ORGANIZATIONS, NameType::Organization),
    ];
    lists.into_iter().find(|(list, _)| list.contains(noun)).map(|(_, name_type)| name_type)
}

/// Whether a noun, in lower case and without dots, heads names of things that are no people.
pub(super) fn is_head(noun: &str) -> bool {
    name_type(noun).is_some()
}
