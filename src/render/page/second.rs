//! The second sheet: associations, apart from the numbers, each with its counts and its interval.

use crate::render::canvas::Area;
use crate::render::ink::Ink;
use crate::render::page::column::Column;
use crate::render::page::{Paper, foot, tables};
use crate::render::sheet::Sheet;
use crate::report::doctor::{Associations, Doctor};

/// The sheet of the associations.
pub(crate) fn second(doctor: &Doctor, associations: &Associations, paper: Paper) -> Sheet {
    let live = paper.live();
    let mut column = Column::new(Area::new(live.x, live.y, live.w, 200.0));
    column.title(&associations.title);
    column.words(&doctor.subtitle, Ink::Black, 1);
    column.gap(2.0);
    for caution in &associations.caution {
        column.words(caution, Ink::Black, 3);
    }
    column.gap(3.0);
    column.table(
        &associations.table,
        &[38.0, 33.0, 33.0, 37.0, 12.0, 27.0],
        tables::Look::Wide,
    );
    if let Some(more) = &associations.more {
        column.gap(2.0);
        column.words(more, Ink::Grey, 1);
    }
    let mut blocks = column.blocks;
    blocks.extend(foot(doctor, live, 1));
    let (width, height) = paper.size();
    Sheet {
        width,
        height,
        live,
        blocks,
    }
}
