//! Mutations of the directory of shelters.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{Shelter, hold_rules::HoldRuleInput};
use crate::{
    domain::shelters,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        pets::LocationInput,
        scalars::{Date, EmailAddress, PhoneNumber, URL},
        vocabulary::{ShelterMatchAlerts, ShelterType},
    },
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

    /// Changes what a shelter says of itself. For ADMINs of the shelter. Rules about holds, and its time zone, count for the
    /// animals that are there, too: their holds are computed anew within moments.
    async fn update_shelter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateShelterInput,
    ) -> async_graphql::Result<UpdateShelterPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            let change = shelters::UpdateShelter {
                time_zone: input.time_zone.into(),
                match_alerts: input.match_alerts.map(Into::into),
                holds: shelters::HoldSettings {
                    rules: input
                        .hold_rules
                        .map(|rules| rules.into_iter().map(Into::into).collect()),
                    days: input.hold_days,
                    closed_days: input
                        .closed_days
                        .map(|days| days.into_iter().map(|day| day.0).collect()),
                    closes_at: input.closes_at.into(),
                },
            };
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
