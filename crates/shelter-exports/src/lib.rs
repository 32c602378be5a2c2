//! What leaves the system about a shelter's animals: its inventory, lists for other sites, monthly figures.
//!
//! Pure: no database, no clock, no network. Callers read the rows, decide who may have the result, and write it out. The
//! tables are given and written row by row, so memory does not grow with them; only [`feed`] holds its list, to sort it.
//!
//! | Module | Reader | Secrets in it |
//! |---|---|---|
//! | [`csv`] | any program; what the tables below are written with | |
//! | [`inventory`] | the shelter's staff, and our own import | chips and true places, if the caller says so |
//! | [`pet_fbi`] | Pet FBI | none |
//! | [`monthly`] | Shelter Animals Count | none: only numbers |
//! | [`feed`] | the shelter's web site | none |
//!
//! # What an inventory brings back
//!
//! A file of [`inventory`], read by `import-reader` in the same time zone, gives the same species, name, breeds, sex, sterilisation, size, coat, colours, pattern, chips, weight, day of birth, age
//! group, description and marks, and for each stay the same times and kinds of intake and outcome, the same kennel and,
//! while it lasts, the same stage. Its tests prove it. These do not come back:
//!
//! - *What the reader has no word for*: the stage `intake` comes back as none.
//! - *Spellings*: colours, known breeds and chips as the shelter once wrote them; they come back as their terms. A shelter's
//!   word for an intake comes back if it is read as the kind that is stored.
//! - *What the reader does not read*: the collar and the source of an id, which have columns for people; pictures, which are not fetched from files; the last stage of a stay that is over; who changed what and when; the
//!   report that a stay published; texts from before contact details were masked.
//! - *What the reader completes*: two breeds are a mix; a breed whose name tells a coat or a size gives it to an animal of
//!   which it is unknown, and a species to an animal of the species `other` or `farm`.
//! - *What the reader cleans*: contact details go from texts, and what is longer than its limit is cut.
//! - *What the reader refuses*: animals with neither a stay nor an open report, as they have no date; intakes before 2000; weights
//!   above 1,500 kg; numbers that no chip has; places where geocoders put what they do not find; births on 1900-01-01,
//!   which other systems write for "never". A stay whose word for the intake is a service, such as "Boarding", is left as
//!   it is.
//! - *Fractions*: times are rounded down to seconds, births to days.
//! - *Whose id it is*: an animal without an id of the shelter has ours in the file, which another shelter takes for an id
//!   of its own; animals with the same id from two systems come back as one.
//! - *Places*, except with [`inventory::Places::Told`], and *chips*, except with [`inventory::Chips::Told`].

pub mod csv;
pub mod feed;
pub mod inventory;
pub mod monthly;
pub mod pet_fbi;
mod public_animal;
mod words;

pub use public_animal::PublicAnimal;
