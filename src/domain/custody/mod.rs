//! Custody: the animals that shelters know, private to them, and their stays in a shelter's care.
//!
//! A stay begins with an intake and ends with an outcome; whatever changes in it is an event with who, when and what. It
//! publishes at most one report, which is what the world sees and what is matched, and whoever closes that report ends the
//! stay, and the other way round, in one transaction. An animal has at most one stay that has not ended. What is over stays
//! over: coming back is a new stay with a new report that points to the former one.
//!
//! An animal that is kept for its owner by the rules of its shelter is not given away while that lasts (`holds/`), and one
//! that somebody may be looking for is not adopted (`adoptions/`).

mod adoptions;
mod bulk;
mod close_pet;
mod describe;
mod figures;
mod holds;
mod listing;
mod model;
mod publish;
mod records;
mod report_pet;
mod store;
mod take_in;
mod time_zone;

pub use adoptions::{
    AdoptionBlock, AdoptionFigures, Ask, BlockCause, CheckTime, RecordAdoptionCheck, ShownCheck, adoption_blocks,
    adoption_figures, asks_due, checks_due, checks_of, count_checks_due, record_adoption_check, take_ask,
};
pub use bulk::{ChangeStays, EndStays, change_stays, end_stays};
pub use close_pet::{close_pet, reunite};
pub use describe::{animal_of_other_shelter, animal_of_report, report_columns};
pub use figures::{DayCount, InCare, LocalDays, StayLengths, count_days, count_in_care, next_hold_end, stay_lengths};
pub use holds::{
    ExtendHold, GivenIdentified, GivenLength, GivenNotice, GivenRule, HoldRules, NoteOwnerContact, ShownHolds,
    begin_hold, checked_rules, extend_hold, hold_rules_of, is_held, note_owner_contact, recompute_holds, refuse_held,
    release_hold, set_hold, shown_holds, stage_of, steps_of,
};
pub use listing::{animals_after, published, stage_changes_of, stays_behind, stays_between, stays_of_animals};
pub use model::{Intake, begun, is_over, is_same_intake, status_after};
pub use publish::{close_report, new_report, report_of_brought};
pub use records::{Change, insert_many};
pub use report_pet::{report_pet, update_pet};
pub use store::{
    Inventory, animals_by_ids, animals_of, count_animals, count_events, count_present, count_stays, current_stay,
    events_of, find_animal, find_stay, holds_ending_by, original_texts, present, stay_for_update, stays_by_ids,
    stays_of, stays_of_pets, was_real,
};
pub use take_in::{TakeIn, place_of, take_in};
pub use time_zone::{time_zone, zone_of, zone_or_utc};
