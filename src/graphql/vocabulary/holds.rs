//! Words for rules about stray holds.

use async_graphql::Enum;

/// What a length of time is counted in.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stray_hold::Unit")]
pub enum HoldUnit {
    /// Exact hours from the moment of the start.
    Hours,
    /// Days of the local calendar, weekends and holidays included.
    CalendarDays,
    /// Days of the local calendar without the rule's weekend and holidays and the days on which the shelter is closed.
    BusinessDays,
}

/// The event that a count starts with.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stray_hold::CountsFrom")]
pub enum HoldStart {
    /// The shelter took the animal in.
    Impound,
    /// The owner was told: Stay.ownerNotifiedAt.
    OwnerNotified,
    /// A notice to the owner was mailed: Stay.noticeAt with the method MAIL.
    NoticeMailed,
    /// A notice to the public was put up: Stay.noticeAt with the method POSTED.
    NoticePosted,
}

/// The moment of the last counted day at which a hold ends; lengths in hours end at their own exact moment.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stray_hold::EndsAt")]
pub enum HoldEndsAt {
    /// When the local day is over.
    EndOfDay,
    /// When the shelter closes on that day; when the local day is over if Shelter.closesAt is null, or if the count started
    /// later than that on the same day.
    Closing,
}

/// What a rule of a smaller place does to those of the larger places around it.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stray_hold::Precedence")]
pub enum HoldPrecedence {
    /// It counts where it keeps the animal longer; otherwise the larger place's does.
    LocalOverridesIfLonger,
    /// It counts alone, even if it is shorter.
    LocalReplaces,
}

/// A calendar of holidays, which are no business days.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stray_hold::BuiltIn")]
pub enum HolidayCalendar {
    /// No holidays.
    None,
    /// The federal holidays of the United States, and the days on which they are observed.
    UsFederal,
}

/// A day of the week.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "chrono::Weekday")]
pub enum Weekday {
    /// Monday.
    #[graphql(name = "MONDAY")]
    Mon,
    /// Tuesday.
    #[graphql(name = "TUESDAY")]
    Tue,
    /// Wednesday.
    #[graphql(name = "WEDNESDAY")]
    Wed,
    /// Thursday.
    #[graphql(name = "THURSDAY")]
    Thu,
    /// Friday.
    #[graphql(name = "FRIDAY")]
    Fri,
    /// Saturday.
    #[graphql(name = "SATURDAY")]
    Sat,
    /// Sunday.
    #[graphql(name = "SUNDAY")]
    Sun,
}

/// What a step of a hold's reckoning is about.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "stray_hold::Subject")]
pub enum HoldSubject {
    /// When, where and how the animal came.
    Intake,
    /// A rule that fits, or that is for the place but does not.
    Rule,
    /// The shelter's own default.
    ShelterDefault,
    /// A reason not to keep the animal.
    Exemption,
    /// The event that starts the count.
    Start,
    /// Which length counts.
    Length,
    /// A chip, a tag or a known owner.
    Identification,
    /// How the owner was told.
    Notice,
    /// When owners can come.
    OpeningHours,
    /// A day that counts or does not.
    Day,
    /// When a count ends.
    End,
    /// Until when only the owner may have the animal.
    OwnerOnly,
    /// From when the animal may go to another organisation.
    RescueRelease,
    /// Which of two rules counts.
    Precedence,
    /// What the staff decided beside the rules.
    Decision,
    /// How far to trust the answer.
    Advice,
}
