//! What leaves the system about a shelter's animals: its inventory, lists for other sites, monthly figures.
//!
//! Pure: no database, no clock, no network. Callers read the rows, decide who may have the result, and write it out. The
//! tables are given and written row by row, so memory does not grow with them; only [`feed`] holds its list, to sort it.
//!
//! | Module | Reader | Secrets in it |
//! |---|---|---|
//! | [`csv`] | any program; what the tables below are written with | |
//! | [`inventory`] | the shelter's staff, and our own import | chips; true places if the caller says so |
//! | [`pet_fbi`] | Pet FBI | none |
//! | [`monthly`] | Shelter Animals Count | none: only numbers |
//! | [`feed`] | the shelter's web site | none |
//!
//! # What an inventory brings back
//!
//! A file of [`inventory`], read by `import-reader` in the same time zone with every text cell passed through
//! [`csv::restored`], gives the same species, name, breeds, sex, sterilisation, size, coat, colours, pattern, chips, weight,
//! day of birth, age, description and marks, and for each stay the same times and kinds of intake and outcome and, while
//! it lasts, the same stage. These cannot come back:
//!
//! - *What a file has no word for*: kinds of intake that are `other` come back as `unknown`, and the stage `intake` as none,
//!   because the reader knows no word for either. Colours, breeds and chips as the shelter once wrote them come back as
//!   their terms.
//! - *What the reader does not read*: the kennel and the collar (a column for people, under titles of which the reader
//!   knows none), pictures (they are not fetched from files), the source of an id, last stages of stays that are over, who
//!   changed what and when, and the report that a stay published.
//! - *What the reader completes*: two breeds are a mix; a breed whose name tells a coat, a size or a species gives it to an
//!   animal of which it is unknown (for the species: that is `other` or a farm animal).
//! - *What the reader cleans*: names lose decoration such as stars and placeholders such as "Stray" count as no name; runs
//!   of blanks, markup and contact details go from texts, and what is longer than its limit is cut.
//! - *What the reader refuses*: animals that have neither a stay nor a report have no date; intakes before 2000; weights
//!   above 1,500 kg; chips that no maker gives; places at 0/0; births on 1900-01-01, which other systems write for "never".
//! - *Fractions of a second*: times are rounded down to seconds, days of birth to days.
//! - *Animals without an id of the shelter* have ours in the file, and come back with that as the shelter's; animals with
//!   the same id from two systems come back as one. Places come back only with [`inventory::Places::True`].

pub mod csv;
pub mod feed;
pub mod inventory;
pub mod monthly;
pub mod pet_fbi;
mod public_animal;
mod words;

pub use public_animal::PublicAnimal;
