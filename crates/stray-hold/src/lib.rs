//! How long a shelter has to keep an animal for its owner, by rules that are data.
//!
//! Pure: neither clock nor input or output. A [`Rule`] tells what the law or a custom of one place says.
//!
//! The library knows no law. Whoever fills in the rules answers for them.

mod holidays;
mod load;
mod place;
mod rule;

pub use holidays::{BuiltIn, FreeDay, Holiday, HolidayDate, Holidays, Observed, us_federal};
pub use load::{EXAMPLES, LoadError, rules_from_json};
pub use place::Place;
pub use rule::{
    Confidence, CountsFrom, Disposition, EndsAt, Exemption, IdentifiedDuration, Length, MAX_DAYS, MAX_EXEMPT_WEEKS,
    MAX_HOLIDAYS, MAX_HOURS, MAX_WEEKEND_DAYS, NoticeDuration, OpenWhen, Precedence, Reduction, Rule, RuleFault,
    ShelterKind, Unit,
};
