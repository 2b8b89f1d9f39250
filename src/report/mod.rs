//! What is said: every number and every sentence, as serialisable values.

pub(crate) mod catalogue;
pub(crate) mod chart;
pub(crate) mod checkin;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod checkin_form;
pub(crate) mod clinic;
pub(crate) mod codes;
pub(crate) mod cohort;
pub(crate) mod doctor;
pub(crate) mod experiment;
pub(crate) mod experiment_draw;
pub(crate) mod experiment_grades;
pub(crate) mod experiment_plan;
pub(crate) mod experiment_result;
pub(crate) mod experiment_safety;
pub(crate) mod experiment_trial;
pub(crate) mod explain;
pub(crate) mod factors;
pub(crate) mod first_screen;
pub(crate) mod flags;
pub(crate) mod follow;
pub(crate) mod help;
pub(crate) mod looks;
pub(crate) mod origin;
pub(crate) mod overview;
pub(crate) mod records;
pub(crate) mod research;
pub(crate) mod said;
pub(crate) mod status;
pub(crate) mod stretch;
pub(crate) mod trend;
pub(crate) mod unanswered;
pub(crate) mod weekly;

/// Sentences that have to choose between texts, for every form of output. The texts stand in `src/words/en/`.
pub(crate) mod say {
    pub(crate) mod chart;
    pub(crate) mod cohort;
    pub(crate) mod experiment_result;
    pub(crate) mod explain;
    pub(crate) mod factor;
    pub(crate) mod overview;
    pub(crate) mod page;
    pub(crate) mod record;
    pub(crate) mod trend;
}
