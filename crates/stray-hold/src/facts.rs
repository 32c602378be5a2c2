//! What is known about an animal, its intake and the shelter that has it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::{
    place::Place,
    rule::{CountsFrom, Exemption, Length, OpenWhen, ShelterKind},
};

/// All that a hold is computed from. Whenever one of these changes, the hold is computed anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// A lower-case word, compared with those of the rules letter by letter.
    pub species: String,
    /// How it came, a lower-case word such as `stray`, compared with those of the rules letter by letter.
    pub intake_kind: String,
    /// What kind of shelter has it.
    pub shelter: ShelterKind,
    /// Where it was found, as far as known: rules of a county or city count only if that is named here.
    pub found_in: Place,
    /// When the shelter took it in.
    pub impounded_at: DateTime<Utc>,
    /// The zone of the shelter, whose days are counted.
    pub zone: Tz,
    /// Since when a chip, a tag or its owner is known; `None` if none is.
    pub identified_at: Option<DateTime<Utc>>,
    /// What its owner was told.
    pub notice: Notice,
    /// Its age in weeks when it was taken in, if anybody can say.
    pub age_weeks: Option<u16>,
    /// What was found out about it.
    pub flags: BTreeSet<Flag>,
    /// When owners can come.
    pub opening: Opening,
    /// Local dates on which the shelter is closed besides weekends and holidays; they are no business days.
    pub closed_days: BTreeSet<NaiveDate>,
    /// How long the shelter keeps such an animal of its own accord where no rule fits; `None` if it does not, as for
    /// animals that their owners gave up. Counted from the intake, whose day does not count, with weekends on
    /// Saturday and Sunday, to the end of the last day.
    pub default_hold: Option<Length>,
}

/// What was done to tell the owner. An event before the intake counts as if it had happened at the intake.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notice {
    /// When the owner was told.
    pub owner_notified_at: Option<DateTime<Utc>>,
    /// When a notice to the owner was mailed.
    pub mailed_at: Option<DateTime<Utc>>,
    /// When a notice to the public was posted.
    pub posted_at: Option<DateTime<Utc>>,
    /// How the owner was told, a lower-case word as in the rules.
    pub method: Option<String>,
}

/// What an examination or the intake found out about an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// It suffers and cannot be helped.
    IrremediablySuffering,
    /// It is feral.
    Feral,
    /// It belongs to a litter that its owner gave up.
    OwnerSurrenderLitter,
}

/// When owners can come for their animals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// On at least one day of the weekend.
    pub weekend: bool,
    /// On at least one evening of the week.
    pub evening: bool,
    /// The local time at which the shelter closes, for rules that end at the close. Midnight is the end of the day.
    pub closes_at: Option<NaiveTime>,
}

impl Facts {
    /// When an event happened; `None` if it has not.
    pub(crate) fn event(&self, event: CountsFrom) -> Option<DateTime<Utc>> {
        match event {
            CountsFrom::Impound => Some(self.impounded_at),
            CountsFrom::OwnerNotified => self.notice.owner_notified_at,
            CountsFrom::NoticeMailed => self.notice.mailed_at,
            CountsFrom::NoticePosted => self.notice.posted_at,
        }
    }

    /// Whether an exemption is about this animal.
    pub(crate) fn are_exempt(&self, exemption: Exemption) -> bool {
        match exemption {
            Exemption::UnderAgeWeeks(weeks) => self.age_weeks.is_some_and(|age| age < weeks),
            Exemption::IrremediablySuffering => self.flags.contains(&Flag::IrremediablySuffering),
            Exemption::Feral => self.flags.contains(&Flag::Feral),
            Exemption::OwnerSurrenderLitter => self.flags.contains(&Flag::OwnerSurrenderLitter),
        }
    }

    /// Whether the shelter is open as a reduction wants it.
    pub(crate) fn are_open(&self, when: OpenWhen) -> bool {
        match when {
            OpenWhen::OpenWeekend => self.opening.weekend,
            OpenWhen::OpenEvening => self.opening.evening,
        }
    }
}
