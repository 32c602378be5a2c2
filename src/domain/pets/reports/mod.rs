//! Making, changing and closing reports.

mod chips;
mod close;
mod copies;
mod details;
mod duplicates;
mod photos;
mod report_pet;
mod set_visibility;
mod update_pet;

pub use chips::{chips_of, with_any_chip};
pub use close::{close, erase_report, report_to_close};
pub use copies::{Traits, copies_among};
pub use details::{BreedWords, Change, Details, Told, private_marks};
pub use photos::{MOST_PHOTOS, photos_shown, show_photos};
pub use report_pet::{ReportPet, Reported, count_report, report_pet};
pub use set_visibility::set_visibility;
pub use update_pet::{UpdatePet, Updated, update_pet};

pub(super) use details::{Faults, check_seen_at};
pub(super) use report_pet::REPORTS;
