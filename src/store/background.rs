//! What a person enters that holds for more than one night: courses, facts about themselves, factors of their own.

use chrono::NaiveDate;

use crate::diary::amend::amend;
use crate::diary::background_line::FactChange;
use crate::diary::factor::Catalogue;
use crate::diary::typed::LineError;
use crate::diary::typed::nearest_of;
use crate::diary::vocabulary::Wish;
use crate::diary::{Course, CustomFactor, Diary, Fact, Follow, Key, Nights, Now, Record};
use crate::store::{EntryError, StoreError, Table, Writer};

/// One change to what is known about the person, as it was made.
#[derive(Debug)]
pub(crate) enum Learnt {
    Removed(Fact),
    Written(Fact),
}

impl Writer<'_> {
    /// Starts a course, unless one of its name is running.
    pub(crate) fn start_course(&mut self, course: Course, now: &Now) -> Result<Record, EntryError> {
        let diary = self.read_without_values(Some(Nights::ending(now.this_night(), 1)))?;
        let name = &course.name;
        let mut courses = diary.courses.iter();
        if let Some(running) = courses.find(|c| c.name == *name && c.covers(course.start)) {
            let id = running.id;
            return Err(EntryError::conflict(
                format!("{name} is already a course, c{id}, since {}", running.start),
                format!(
                    "'cramp course stop {name} DATE' ends it first; 'cramp edit c{id}' amends it"
                ),
            ));
        }
        Ok(self.add(Record::Course(course))?)
    }

    pub(crate) fn stop_course(
        &mut self,
        name: &str,
        last: NaiveDate,
        now: &Now,
    ) -> Result<Record, EntryError> {
        let diary = self.read_without_values(Some(Nights::ending(now.this_night(), 1)))?;
        let running = || diary.courses.iter().rev().filter(|c| c.stop.is_none());
        let Some(course) = running().find(|c| c.name == name) else {
            // The first course of equally near names is suggested.
            let near = nearest_of(name, running().rev().map(|c| c.name.as_str()));
            return Err(EntryError::conflict(
                format!("no course of '{name}' is running"),
                near.map_or("'cramp course list' shows all".to_string(), |n| {
                    format!("did you mean '{n}'?")
                }),
            ));
        };
        let words = [format!("stop={last}")];
        let record = amend(
            Record::Course(course.clone()),
            &words,
            &Catalogue::built_in(),
            now,
        )?;
        self.put(record.clone())?;
        Ok(record)
    }

    /// Applies changes to what is known about the person; returns the facts removed and the facts written.
    pub(crate) fn learn(
        &mut self,
        changes: &[FactChange],
        now: &Now,
    ) -> Result<Vec<Learnt>, StoreError> {
        let mut learnt = Vec::new();
        for change in changes {
            let diary = self.read_without_values(Some(Nights::ending(now.this_night(), 1)))?;
            for gone in change.replaces(&diary.facts) {
                self.remove(&Key::Fact(gone.id))?;
                learnt.push(Learnt::Removed(gone.clone()));
            }
            let FactChange::Set {
                key, value, since, ..
            } = change
            else {
                continue;
            };
            let present = diary.facts_of(key).find(|f| f.value == *value);
            let id = match present {
                Some(fact) => fact.id,
                None => self.next_id(Table::Fact)?,
            };
            let fact = Fact {
                id,
                key: key.clone(),
                value: value.clone(),
                since: since.or(present.and_then(|f| f.since)),
                recorded_at: now.utc,
                means: present.and_then(|f| f.means.clone()),
            };
            self.put(Record::Fact(fact.clone()))?;
            learnt.push(Learnt::Written(fact));
        }
        Ok(learnt)
    }

    /// Keeps whether a factor is to be asked about from today on.
    pub(crate) fn wish(&mut self, factor: &str, wish: Wish, now: &Now) -> Result<(), StoreError> {
        let diary = self.read_without_values(Some(Nights::ending(now.this_night(), 1)))?;
        if diary.wish(factor, now.today()) == Some(wish) {
            return Ok(());
        }
        self.end_wishes(&diary, factor, now)?;
        let follow = Follow::blank(0, factor.to_string(), wish, now.today(), now.utc);
        self.add(Record::Follow(follow)).map(drop)
    }

    /// Ends what was said about asking about a factor; what was only said today is gone.
    fn end_wishes(&mut self, diary: &Diary, factor: &str, now: &Now) -> Result<(), StoreError> {
        let today = now.today();
        let said = diary
            .follows
            .iter()
            .filter(|f| f.factor == factor && f.covers(today));
        for follow in said {
            match today.pred_opt().filter(|_| follow.since < today) {
                None => {
                    self.remove(&Key::Follow(follow.id))?;
                }
                until => {
                    self.put(Record::Follow(Follow {
                        until,
                        ..follow.clone()
                    }))?;
                }
            }
        }
        Ok(())
    }

    /// Follows the `chosen` of the `offered` factors from today on, and the others no longer.
    pub(crate) fn follow(
        &mut self,
        offered: &[&str],
        chosen: &[&str],
        now: &Now,
    ) -> Result<(), StoreError> {
        let diary = self.read_without_values(Some(Nights::ending(now.this_night(), 1)))?;
        for factor in offered {
            let followed = diary.wish(factor, now.today()) == Some(Wish::Ask);
            match chosen.contains(factor) {
                true => self.wish(factor, Wish::Ask, now)?,
                false if followed => self.end_wishes(&diary, factor, now)?,
                false => {}
            }
        }
        Ok(())
    }

    pub(crate) fn add_factor(&mut self, factor: CustomFactor) -> Result<Record, EntryError> {
        let catalogue = self.catalogue()?;
        if let Some(known) = catalogue.find(&factor.factor).filter(|f| !f.retired) {
            return Err(EntryError::conflict(
                format!("'{}' is already a factor: {}", factor.factor, known.label),
                "choose another name, or use it as it is",
            ));
        }
        Catalogue::check(&factor).map_err(|e| {
            LineError::new(e.to_string(), "'cramp factor add --help' shows examples")
        })?;
        self.put(Record::Factor(factor.clone()))?;
        Ok(Record::Factor(factor))
    }

    /// Puts a factor away: kept, no longer asked about.
    pub(crate) fn retire_factor(&mut self, name: &str) -> Result<Record, EntryError> {
        let catalogue = self.catalogue()?;
        let Some(known) = catalogue.find(name) else {
            let near = catalogue
                .nearest(name)
                .map(|n| format!("did you mean '{n}'?"));
            return Err(LineError::new(
                format!("'{name}' is not a factor of this diary"),
                near.unwrap_or("'cramp factor list' shows all".to_string()),
            )
            .into());
        };
        let own = match self.get(&Key::Factor(known.factor.as_ref().into()))? {
            Some(Record::Factor(own)) => own,
            _ => known.as_custom(),
        };
        let record = Record::Factor(CustomFactor {
            retired: true,
            ..own
        });
        self.put(record.clone())?;
        Ok(record)
    }
}
