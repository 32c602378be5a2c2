//! The parts of a rule: lengths of time, what they count from, and what makes them shorter, longer or void.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Exact hours from the moment of the start; neither days nor the clocks of summer time matter.
    Hours,
    /// Days of the local calendar, weekends and holidays included.
    CalendarDays,
    /// Days of the local calendar without the rule's weekend and holidays and the days on which the shelter is closed.
    BusinessDays,
}

/// A length of time, such as five business days. Zero means that nothing has to be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// How many.
    pub n: u16,
    /// Of what.
    pub unit: Unit,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Hours => "hour",
            Unit::CalendarDays => "calendar day",
            Unit::BusinessDays => "business day",
        };
        let plural = if self.n == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.n)
    }
}

/// The event that starts the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountsFrom {
    /// The shelter took the animal in.
    Impound,
    /// The owner was told.
    OwnerNotified,
    /// A notice to the owner went to the post.
    NoticeMailed,
    /// A notice to the public was put up.
    NoticePosted,
}

impl fmt::Display for CountsFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Impound => "the intake",
            Self::OwnerNotified => "the notification of the owner",
            Self::NoticeMailed => "the mailing of a notice",
            Self::NoticePosted => "the posting of a notice",
        })
    }
}

/// How long an animal with a chip, a tag or a known owner is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentifiedDuration {
    /// How many.
    pub n: u16,
    /// Of what.
    pub unit: Unit,
    /// The event that starts this count.
    pub counts_from: CountsFrom,
}

impl IdentifiedDuration {
    /// The length alone.
    pub fn length(&self) -> Length {
        Length {
            n: self.n,
            unit: self.unit,
        }
    }
}

/// A length that depends on how the owner was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeDuration {
    /// The way of telling, a lower-case word such as `mail` or `in_person`; the facts use the same words.
    pub method: String,
    /// How many.
    pub n: u16,
    /// Of what.
    pub unit: Unit,
    /// The event that starts this count; without it, the one of the duration that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_from: Option<CountsFrom>,
}

impl NoticeDuration {
    /// The length alone.
    pub fn length(&self) -> Length {
        Length {
            n: self.n,
            unit: self.unit,
        }
    }
}

/// Opening hours that allow a shorter hold, because people can come after work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenWhen {
    /// Owners can come on at least one day of the weekend.
    OpenWeekend,
    /// Owners can come on at least one evening of the week.
    OpenEvening,
}

/// A shorter length for a shelter with certain opening hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// What the shelter has to offer.
    pub condition: OpenWhen,
    /// How many.
    pub n: u16,
    /// Of what.
    pub unit: Unit,
}

impl Reduction {
    /// The length alone.
    pub fn length(&self) -> Length {
        Length {
            n: self.n,
            unit: self.unit,
        }
    }
}

/// A reason not to keep an animal for its owner at all. In JSON `"feral"`, or `{"under_age_weeks": 8}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exemption {
    /// It was younger than this many weeks when it was taken in. An unknown age exempts nothing.
    UnderAgeWeeks(u16),
    /// It suffers and cannot be helped.
    IrremediablySuffering,
    /// It was examined and found to be feral.
    Feral,
    /// It belongs to a litter that its owner gave up.
    OwnerSurrenderLitter,
}

impl fmt::Display for Exemption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnderAgeWeeks(weeks) => write!(f, "animals under {weeks} weeks"),
            Self::IrremediablySuffering => f.write_str("animals that suffer beyond help"),
            Self::Feral => f.write_str("feral animals"),
            Self::OwnerSurrenderLitter => f.write_str("litters that their owner gave up"),
        }
    }
}

/// What may be done with the animal after the hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It may be adopted.
    Adopt,
    /// It may go to another organisation.
    Transfer,
    /// The rule says nothing: whatever else the law allows.
    #[default]
    Any,
}

/// The moment of the last counted day at which the hold ends; lengths in hours end at their own exact moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndsAt {
    /// When the local day is over.
    #[default]
    EndOfDay,
    /// When the shelter closes on that day, if the facts say when; otherwise, or if the count started later than that
    /// on the same day, when the local day is over.
    Closing,
}

/// What a rule of a smaller place does to those of the larger places around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precedence {
    /// It counts where it keeps the animal longer; otherwise the larger place's does.
    LocalOverridesIfLonger,
    /// It counts alone, even if it is shorter.
    LocalReplaces,
}

/// How far a rule can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nobody has compared it with the law.
    #[default]
    Unverified,
    /// Somebody has read the law that is cited and found the rule to agree.
    ReadInSource,
    /// The authority or a lawyer has confirmed it.
    Confirmed,
}

/// What kind of shelter has the animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShelterKind {
    /// Run by a city, a county or a state.
    Public,
    /// Private, with a contract to take in strays for a public body.
    Contracted,
    /// Private, without such a contract.
    Private,
}
