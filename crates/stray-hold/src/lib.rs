//! How long a shelter has to keep an animal for its owner, by rules that are data.
//!
//! Pure: neither clock nor input or output. A [`Rule`] tells what the law or a custom of one place says; [`compute`]
//! applies rules to [`Facts`] and gives an end with a trace of [`Step`]s that people can read. When facts change, such as
//! when a chip is found or the owner is told, it is simply called again.
//!
//! The library knows no law. Whoever fills in the rules answers for them, and what rests on a rule that nobody has
//! verified, or on no rule at all, says so in its trace: check the local law.

mod choose;
mod clock;
mod compute;
mod computed;
mod count;
mod facts;
mod holidays;
mod load;
mod place;
mod rule;
mod ruling;
mod trace;

#[cfg(test)]
mod tests;

pub use compute::compute;
pub use computed::{Basis, Computed, End, Hold, Verdict};
pub use facts::{Facts, Flag, Notice, Opening};
pub use holidays::{BuiltIn, FreeDay, Holiday, HolidayDate, Holidays, Observed, us_federal};
pub use load::{EXAMPLES, LoadError, rules_from_json};
pub use place::Place;
pub use rule::{
    Confidence, CountsFrom, Disposition, EndsAt, Exemption, IdentifiedDuration, Length, MAX_DAYS, MAX_EXEMPT_WEEKS,
    MAX_HOLIDAYS, MAX_HOURS, MAX_WEEKEND_DAYS, NoticeDuration, OpenWhen, Precedence, Reduction, Rule, RuleFault,
    ShelterKind, Unit,
};
pub use trace::{Step, Subject};
