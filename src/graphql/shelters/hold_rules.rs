//! Rules of a shelter about how long it keeps animals for their owners.

use async_graphql::{Context, InputObject, SimpleObject};

use super::Shelter;
use crate::{
    domain::custody::{self, GivenIdentified, GivenLength, GivenNotice, GivenRule},
    graphql::{
        context::ContextExt,
        scalars::Date,
        vocabulary::{
            HoldEndsAt, HoldPrecedence, HoldStart, HoldUnit, HolidayCalendar, IntakeKind, NoticeMethod, Species,
            Weekday,
        },
    },
    kernel::Result,
};

/// A rule about how long animals are kept for their owners. The shelter answers for it: check the local law.
#[derive(InputObject)]
pub struct HoldRuleInput {
    /// What people call it, 1 to 200 characters. The hold of an animal names it.
    name: String,
    /// Whose rule it is; that of the shelter's country when left out.
    jurisdiction: Option<HoldJurisdictionInput>,
    /// The species that it is about; all when left out or empty.
    species: Option<Vec<Species>>,
    /// The kinds of intakes that it is about; strays when left out or empty.
    intake_kinds: Option<Vec<IntakeKind>>,
    /// How long an animal is kept if nothing below says otherwise.
    base: HoldLengthInput,
    /// The event that the count of the base starts with.
    #[graphql(default_with = "Some(HoldStart::Impound)")]
    counts_from: Option<HoldStart>,
    /// Whether the count of days starts on the day after that event. Hours always run from the event itself.
    #[graphql(default_with = "Some(true)")]
    exclude_day_of_start: Option<bool>,
    /// How long an animal is kept that has a chip, a tag or a known owner; it never shortens the hold.
    identified: Option<IdentifiedHoldInput>,
    /// Lengths that depend on how the owner was told, at most one for each way. They replace the length for identified
    /// animals; in a rule without one, the base.
    by_notice_method: Option<Vec<NoticeHoldInput>>,
    /// At first only the owner may have the animal, for this long and at most until the end of the hold.
    owner_only: Option<HoldLengthInput>,
    /// After this long, and at the latest at the end of the hold, the animal may go to another organisation.
    rescue_release: Option<HoldLengthInput>,
    /// At which moment of the last counted day the hold ends.
    #[graphql(default_with = "Some(HoldEndsAt::EndOfDay)")]
    ends_at: Option<HoldEndsAt>,
    /// Days of the week that are no business days, at most three; SATURDAY and SUNDAY when left out.
    weekend: Option<Vec<Weekday>>,
    /// Holidays, which are no business days; others are among UpdateShelterInput.closedDays.
    #[graphql(default_with = "Some(HolidayCalendar::None)")]
    holidays: Option<HolidayCalendar>,
    /// What it does to rules of larger places.
    #[graphql(default_with = "Some(HoldPrecedence::LocalOverridesIfLonger)")]
    precedence: Option<HoldPrecedence>,
    /// Where the law says so, such as its section, at most 1,000 characters.
    citation: Option<String>,
    /// First local day of intakes that it is about; since ever when left out.
    effective_from: Option<Date>,
    /// Last local day of intakes that it is about; without end when left out.
    effective_to: Option<Date>,
}

/// A part of the shelter's country. All rules of a shelter name the same ones, as far as they name them.
#[derive(InputObject)]
pub struct HoldJurisdictionInput {
    /// State or province, as its abbreviation, such as TX.
    region: Option<String>,
    /// County, by its name; needs a region.
    county: Option<String>,
    /// City or town, by its name; needs a region.
    city: Option<String>,
}

/// A length of time.
#[derive(InputObject)]
pub struct HoldLengthInput {
    /// How many, 0 to 365 days or 8,760 hours.
    length: i32,
    /// Of what.
    unit: HoldUnit,
}

/// A length of time for animals with a chip, a tag or a known owner.
#[derive(InputObject)]
pub struct IdentifiedHoldInput {
    /// How many, 0 to 365 days or 8,760 hours.
    length: i32,
    /// Of what.
    unit: HoldUnit,
    /// The event that this count starts with. The end is open until it has happened.
    #[graphql(default_with = "Some(HoldStart::Impound)")]
    counts_from: Option<HoldStart>,
}

/// A length of time after a certain notice.
#[derive(InputObject)]
pub struct NoticeHoldInput {
    /// How the notice was given.
    method: NoticeMethod,
    /// How many, 0 to 365 days or 8,760 hours.
    length: i32,
    /// Of what.
    unit: HoldUnit,
    /// The event that this count starts with; that of the length which it replaces when left out.
    counts_from: Option<HoldStart>,
}

impl From<HoldLengthInput> for GivenLength {
    fn from(input: HoldLengthInput) -> Self {
        Self {
            length: input.length,
            unit: input.unit.into(),
        }
    }
}

impl From<IdentifiedHoldInput> for GivenIdentified {
    fn from(input: IdentifiedHoldInput) -> Self {
        Self {
            length: GivenLength {
                length: input.length,
                unit: input.unit.into(),
            },
            counts_from: input.counts_from.unwrap_or(HoldStart::Impound).into(),
        }
    }
}

impl From<NoticeHoldInput> for GivenNotice {
    fn from(input: NoticeHoldInput) -> Self {
        Self {
            method: input.method.into(),
            length: GivenLength {
                length: input.length,
                unit: input.unit.into(),
            },
            counts_from: input.counts_from.map(Into::into),
        }
    }
}

impl From<HoldRuleInput> for GivenRule {
    fn from(input: HoldRuleInput) -> Self {
        let (region, county, city) = match input.jurisdiction {
            Some(place) => (place.region, place.county, place.city),
            None => (None, None, None),
        };
        let weekend = input.weekend.unwrap_or_else(|| vec![Weekday::Sat, Weekday::Sun]);
        Self {
            name: input.name,
            region,
            county,
            city,
            species: input.species.unwrap_or_default().into_iter().map(Into::into).collect(),
            intake_kinds: input
                .intake_kinds
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            base: input.base.into(),
            counts_from: input.counts_from.unwrap_or(HoldStart::Impound).into(),
            exclude_day_of_start: input.exclude_day_of_start.unwrap_or(true),
            identified: input.identified.map(Into::into),
            by_notice_method: input
                .by_notice_method
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            owner_only: input.owner_only.map(Into::into),
            rescue_release: input.rescue_release.map(Into::into),
            ends_at: input.ends_at.unwrap_or(HoldEndsAt::EndOfDay).into(),
            weekend: weekend.into_iter().map(Into::into).collect(),
            holidays: input.holidays.unwrap_or(HolidayCalendar::None).into(),
            precedence: input
                .precedence
                .unwrap_or(HoldPrecedence::LocalOverridesIfLonger)
                .into(),
            citation: input.citation,
            effective_from: input.effective_from.map(|day| day.0),
            effective_to: input.effective_to.map(|day| day.0),
        }
    }
}

/// A rule about how long animals are kept for their owners. The shelter answers for it: check the local law.
#[derive(SimpleObject)]
pub struct HoldRule {
    /// What people call it.
    name: String,
    /// State or province that it is for; null for the whole country.
    region: Option<String>,
    /// County that it is for.
    county: Option<String>,
    /// City or town that it is for.
    city: Option<String>,
    /// The species that it is about; empty for all.
    species: Vec<Species>,
    /// The kinds of intakes that it is about.
    intake_kinds: Vec<IntakeKind>,
    /// How long an animal is kept if nothing below says otherwise.
    base: HoldLength,
    /// The event that the count of the base starts with.
    counts_from: HoldStart,
    /// Whether the count of days starts on the day after that event.
    exclude_day_of_start: bool,
    /// How long an animal is kept that has a chip, a tag or a known owner.
    identified: Option<IdentifiedHold>,
    /// Lengths that depend on how the owner was told.
    by_notice_method: Vec<NoticeHold>,
    /// At first only the owner may have the animal.
    owner_only: Option<HoldLength>,
    /// After this long the animal may go to another organisation.
    rescue_release: Option<HoldLength>,
    /// At which moment of the last counted day the hold ends.
    ends_at: HoldEndsAt,
    /// Days of the week that are no business days.
    weekend: Vec<Weekday>,
    /// Holidays, which are no business days.
    holidays: HolidayCalendar,
    /// What it does to rules of larger places.
    precedence: HoldPrecedence,
    /// Where the law says so.
    citation: Option<String>,
    /// First local day of intakes that it is about; null since ever.
    effective_from: Option<Date>,
    /// Last local day of intakes that it is about; null without end.
    effective_to: Option<Date>,
}

/// A length of time.
#[derive(SimpleObject)]
pub struct HoldLength {
    /// How many.
    length: i32,
    /// Of what.
    unit: HoldUnit,
}

/// A length of time for animals with a chip, a tag or a known owner.
#[derive(SimpleObject)]
pub struct IdentifiedHold {
    /// How many.
    length: i32,
    /// Of what.
    unit: HoldUnit,
    /// The event that this count starts with.
    counts_from: HoldStart,
}

/// A length of time after a certain notice.
#[derive(SimpleObject)]
pub struct NoticeHold {
    /// How the notice was given.
    method: NoticeMethod,
    /// How many.
    length: i32,
    /// Of what.
    unit: HoldUnit,
    /// The event that this count starts with; null for that of the length which it replaces.
    counts_from: Option<HoldStart>,
}

impl From<GivenLength> for HoldLength {
    fn from(given: GivenLength) -> Self {
        Self {
            length: given.length,
            unit: given.unit.into(),
        }
    }
}

impl From<GivenIdentified> for IdentifiedHold {
    fn from(given: GivenIdentified) -> Self {
        Self {
            length: given.length.length,
            unit: given.length.unit.into(),
            counts_from: given.counts_from.into(),
        }
    }
}

impl From<GivenNotice> for NoticeHold {
    fn from(given: GivenNotice) -> Self {
        Self {
            method: given.method.into(),
            length: given.length.length,
            unit: given.length.unit.into(),
            counts_from: given.counts_from.map(Into::into),
        }
    }
}

impl From<GivenRule> for HoldRule {
    fn from(rule: GivenRule) -> Self {
        Self {
            name: rule.name,
            region: rule.region,
            county: rule.county,
            city: rule.city,
            species: rule.species.into_iter().map(Into::into).collect(),
            intake_kinds: rule.intake_kinds.into_iter().map(Into::into).collect(),
            base: rule.base.into(),
            counts_from: rule.counts_from.into(),
            exclude_day_of_start: rule.exclude_day_of_start,
            identified: rule.identified.map(Into::into),
            by_notice_method: rule.by_notice_method.into_iter().map(Into::into).collect(),
            owner_only: rule.owner_only.map(Into::into),
            rescue_release: rule.rescue_release.map(Into::into),
            ends_at: rule.ends_at.into(),
            weekend: rule.weekend.into_iter().map(Into::into).collect(),
            holidays: rule.holidays.into(),
            precedence: rule.precedence.into(),
            citation: rule.citation,
            effective_from: rule.effective_from.map(Date),
            effective_to: rule.effective_to.map(Date),
        }
    }
}

impl Shelter {
    /// Its rules, for those who work there.
    pub(super) async fn rules_inside(&self, ctx: &Context<'_>) -> Result<Option<Vec<HoldRule>>> {
        let shown = custody::shown_holds(&self.0)?;
        let is_inside = self.is_inside(ctx).await?;
        Ok(is_inside.then(|| shown.rules.into_iter().map(Into::into).collect()))
    }

    /// The days on which it is closed, for the same.
    pub(super) async fn closed_days_inside(&self, ctx: &Context<'_>) -> Result<Option<Vec<Date>>> {
        let shown = custody::shown_holds(&self.0)?;
        let is_inside = self.is_inside(ctx).await?;
        Ok(is_inside.then(|| shown.closed_days.into_iter().map(Date).collect()))
    }

    /// Whether the viewer may see how it is run.
    pub(super) async fn is_inside(&self, ctx: &Context<'_>) -> Result<bool> {
        let actor = ctx.loaders()?.actor(ctx.deps()?).await?;
        Ok(actor.may_see_inside(self.0.id))
    }
}
