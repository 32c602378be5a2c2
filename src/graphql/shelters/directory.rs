//! Mutations of the directory of shelters.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::{id::ShelterId, vocabulary::Species};

use super::{
    Shelter,
    hold_rules::HoldRuleInput,
    profile::{HoursExceptionInput, OpeningHoursInput, SpeciesCapacityInput},
};
use crate::{
    domain::shelters::{self, GivenException, GivenSpan, ProfileChange, UpdateShelter},
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        pets::LocationInput,
        scalars::{Date, EmailAddress, PhoneNumber, URL},
        vocabulary::{ShelterMatchAlerts, ShelterType},
    },
    kernel::Result,
};

/// What a shelter says of itself; all of it is public.
#[derive(InputObject)]
pub struct RegisterShelterInput {
    /// 1 to 120 characters.
    name: String,
    /// Kind of organisation.
    #[graphql(name = "type")]
    kind: ShelterType,
    /// Where it stands; shown exactly.
    location: LocationInput,
    /// Phone number for the public.
    phone: Option<PhoneNumber>,
    /// E-mail address for the public.
    email: Option<EmailAddress>,
    /// Its site.
    website: Option<URL>,
    /// How many animals it can hold, 0 to 100,000.
    capacity: Option<i32>,
    /// Name of its time zone in the IANA database, such as America/Chicago. Left out, that of its place counts.
    time_zone: Option<String>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first shelter again.
    idempotency_key: Option<String>,
}

/// Answer of registerShelter.
#[derive(SimpleObject)]
pub struct RegisterShelterPayload {
    /// The new shelter, unverified; the caller is its ADMIN.
    shelter: Option<Shelter>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which shelter is verified.
#[derive(InputObject)]
pub struct VerifyShelterInput {
    /// Which shelter.
    shelter_id: ID,
    /// Whether it is what it says; false takes the verification back.
    #[graphql(default_with = "Some(true)")]
    verified: Option<bool>,
}

/// Answer of verifyShelter.
#[derive(SimpleObject)]
pub struct VerifyShelterPayload {
    /// The shelter.
    shelter: Option<Shelter>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What a shelter changes.
#[derive(InputObject)]
pub struct UpdateShelterInput {
    /// Which shelter.
    id: ID,
    /// Name of its time zone in the IANA database, such as America/Chicago; null goes back to that of its place, and left
    /// out, it stays as it is.
    time_zone: MaybeUndefined<String>,
    /// Which matches its staff is alerted to; left out, it stays as it is.
    match_alerts: Option<ShelterMatchAlerts>,
    /// All of its rules about how long it keeps animals for their owners, at most 20; left out, they stay as they are. The
    /// shelter answers for them: check the local law.
    hold_rules: Option<Vec<HoldRuleInput>>,
    /// For how many calendar days after that of the intake it keeps a stray where no rule fits, 0 to 365; left out, it stays
    /// as it is.
    hold_days: Option<i32>,
    /// All days on which it is closed besides weekends and holidays, at most 400; they are no business days. Left out, they
    /// stay as they are.
    closed_days: Option<Vec<Date>>,
    /// Local time at which it closes, such as 18:30, for rules that end then; null empties it, and left out, it stays as it
    /// is.
    closes_at: MaybeUndefined<String>,
    /// 1 to 120 characters; left out, it stays as it is. A verified shelter that takes another name has to be verified again.
    name: Option<String>,
    /// Kind of organisation; left out, it stays as it is.
    #[graphql(name = "type")]
    kind: Option<ShelterType>,
    /// Where it stands, shown exactly; left out, it stays as it is. Its animals stay where they are shown.
    location: Option<LocationInput>,
    /// Its address as it is shown, at most 300 characters; left out, it is that of the location.
    address: MaybeUndefined<String>,
    /// Phone number for the public; null empties it, as for all that follow, and left out, it stays as it is.
    phone: MaybeUndefined<PhoneNumber>,
    /// E-mail address for the public.
    email: MaybeUndefined<EmailAddress>,
    /// Its site.
    website: MaybeUndefined<URL>,
    /// How many animals it can hold, 0 to 100,000.
    capacity: MaybeUndefined<i32>,
    /// The same by species.
    capacity_by_species: MaybeUndefined<Vec<SpeciesCapacityInput>>,
    /// What it says of itself, at most 2,000 characters.
    description: MaybeUndefined<String>,
    /// How to visit it, at most 1,000 characters.
    how_to_visit: MaybeUndefined<String>,
    /// When it is open in every week, at most 50 spans; all of them.
    hours: MaybeUndefined<Vec<OpeningHoursInput>>,
    /// The days that differ, at most 100; all of them.
    hours_exceptions: MaybeUndefined<Vec<HoursExceptionInput>>,
}

impl UpdateShelterInput {
    /// Which shelter, and what changes.
    fn change(self) -> Result<(ShelterId, UpdateShelter)> {
        let id = input_id("id", &self.id)?;
        let profile = ProfileChange {
            name: self.name,
            kind: self.kind.map(Into::into),
            location: self.location.map(Into::into),
            address: self.address.into(),
            phone: self.phone.map_value(|phone| phone.0).into(),
            email: self.email.map_value(|email| email.0).into(),
            website: self.website.map_value(|website| website.0).into(),
            capacity: self.capacity.into(),
            capacity_by_species: self.capacity_by_species.map_value(listed::<_, (Species, i32)>).into(),
            description: self.description.into(),
            how_to_visit: self.how_to_visit.into(),
            hours: self.hours.map_value(listed::<_, GivenSpan>).into(),
            hours_exceptions: self.hours_exceptions.map_value(listed::<_, GivenException>).into(),
        };
        let change = UpdateShelter {
            time_zone: self.time_zone.into(),
            match_alerts: self.match_alerts.map(Into::into),
            holds: shelters::HoldSettings {
                rules: self.hold_rules.map(|rules| rules.into_iter().map(Into::into).collect()),
                days: self.hold_days,
                closed_days: self.closed_days.map(|days| days.into_iter().map(|day| day.0).collect()),
                closes_at: self.closes_at.into(),
            },
            profile,
        };
        Ok((id, change))
    }
}

fn listed<T, U: From<T>>(given: Vec<T>) -> Vec<U> {
    given.into_iter().map(U::from).collect()
}

/// Answer of updateShelter.
#[derive(SimpleObject)]
pub struct UpdateShelterPayload {
    /// The shelter.
    shelter: Option<Shelter>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of the directory of shelters.
#[derive(Default)]
pub struct ShelterMutation;

#[Object]
impl ShelterMutation {
    /// Adds a shelter to the directory, unverified. The caller becomes its ADMIN. At most 5 an hour.
    async fn register_shelter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says of itself.")] input: RegisterShelterInput,
    ) -> async_graphql::Result<RegisterShelterPayload> {
        let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
        let RegisterShelterInput {
            name,
            kind,
            location,
            phone,
            email,
            website,
            capacity,
            time_zone,
            idempotency_key: _,
        } = input;
        let input = shelters::RegisterShelter {
            name,
            kind: kind.into(),
            location: location.into(),
            phone: phone.map(|phone| phone.0),
            email: email.map(|email| email.0),
            website: website.map(|website| website.0),
            capacity,
            time_zone,
            idempotency_key,
        };
        let (shelter, user_errors) = settle(shelters::register_shelter(ctx.deps()?, ctx.viewer()?, input).await)?;
        Ok(RegisterShelterPayload {
            shelter: shelter.map(|row| Shelter(Arc::new(row))),
            user_errors,
        })
    }

    /// Changes what a shelter says of itself: what is left out stays. For ADMINs of the shelter. Another name takes the
    /// verification back, until an admin verifies the shelter again. Rules about holds, and its time zone, count for the
    /// animals that are there, too: their holds are computed anew within moments.
    async fn update_shelter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateShelterInput,
    ) -> async_graphql::Result<UpdateShelterPayload> {
        let done = async {
            let (id, change) = input.change()?;
            shelters::update_shelter(ctx.deps()?, ctx.viewer()?, id, change).await
        };
        let (shelter, user_errors) = settle(done.await)?;
        Ok(UpdateShelterPayload {
            shelter: shelter.map(|row| Shelter(Arc::new(row))),
            user_errors,
        })
    }

    /// Says that a shelter is what it claims to be, or takes that back. For admins.
    async fn verify_shelter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which shelter.")] input: VerifyShelterInput,
    ) -> async_graphql::Result<VerifyShelterPayload> {
        let done = async {
            let id = input_id("shelterId", &input.shelter_id)?;
            shelters::verify_shelter(ctx.deps()?, ctx.viewer()?, id, input.verified.unwrap_or(true)).await
        };
        let (shelter, user_errors) = settle(done.await)?;
        Ok(VerifyShelterPayload {
            shelter: shelter.map(|row| Shelter(Arc::new(row))),
            user_errors,
        })
    }
}
