//! What is asked about a name that nothing here knows: which medicine, which condition.

use crate::data;
use crate::diary::substance::{class_as_typed, class_of};
use crate::diary::vocabulary::MedicineClass;
use crate::diary::{Record, Word, fact, names};
use crate::words::t;

/// The question about a record just written: what it is, which kind, or whether a slip of the keys was put right rightly.
/// `None` when the name says it.
pub(crate) fn what_is_it(record: &Record) -> Option<String> {
    let id = record.key().to_string();
    match record {
        Record::Course(c) if c.is_unanswered() => Some(which_class(&c.name, &id)),
        Record::Course(c) => about_class(&c.name, c.class, &id),
        Record::Intake(i) if i.is_unanswered() => Some(which_class(&i.name, &id)),
        Record::Intake(i) => about_class(&i.name, i.class, &id),
        Record::Fact(f) if fact::is_unanswered(f) => {
            let known = data::conditions().iter().map(|c| c.condition);
            let known: Vec<&str> = known.filter(|c| *c != names::OTHER_CONDITION).collect();
            let known = known.join(", ");
            Some(t!(cli, "which-condition", name = f.value, known, id))
        }
        _ => None,
    }
}

fn which_class(name: &str, id: &str) -> String {
    let classes = data::medicines().iter().map(|c| c.class);
    let classes = classes.filter(|c| *c != MedicineClass::Other);
    let classes: Vec<&str> = classes.map(Word::word).collect();
    t!(cli, "which-class", name, classes = classes.join(", "), id)
}

/// Which kind of water tablet it is, or which name was understood.
fn about_class(name: &str, class: Option<MedicineClass>, id: &str) -> Option<String> {
    match class {
        Some(MedicineClass::Diuretic) => Some(t!(cli, "which-diuretic", name, id)),
        Some(class) if class_of(name).is_none() && class_as_typed(name) == Some(class) => {
            let known = data::medicines().iter().find(|c| c.class == class);
            let label = known.map_or("", |c| c.label);
            Some(t!(cli, "read-as", name, label, id))
        }
        _ => None,
    }
}
