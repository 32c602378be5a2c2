//! Opens a claim.

use entity::{
    claim,
    id::{ClaimId, MatchId, MemberId},
    pet, pet_match,
    vocabulary::{ClaimState, MatchState},
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, SqlErr};

use super::{
    model::{BARRED_FOR, COOL_DOWN, EXPIRES_AFTER, SeenClaim, TRIES, in_words},
    questions::{photo_challenge, questions_about},
    scam_patterns,
    store::{self, Claimant},
};
use crate::{
    deps::{DAY, Deps, IdempotencyKey, Limit, Remembered, Tx, is_repeat, once},
    domain::{
        matching,
        pets::{is_live, policy::may_edit},
        safety,
        staff::Actor,
    },
    events::ClaimEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer, network::subscriber_network, viewer::Origin},
};

/// Maximum number of claims per member and day.
pub(super) const OPENINGS: Limit = Limit::new("open-claim", 10, "claims", DAY);

/// Input for opening a claim.
#[derive(Debug, Clone)]
pub struct OpenClaim {
    /// The match.
    pub match_id: MatchId,
    /// A repeat with the same key and input within 24 hours returns the first claim.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Opens a claim for the viewer's side of a match, which confirms the match for that side as well; the people of the
/// other report judge it. Its questions are those of
/// the other report at this moment. Refused if the match was dismissed, a report is closed, another claim on the match is
/// active, both sides are the viewer's, one has blocked the other, or the side was rejected within the last 7 days.
pub async fn open_claim(deps: &Deps, viewer: &Viewer, origin: &Origin, input: OpenClaim) -> Result<SeenClaim> {
    let member = viewer.require_member()?;
    let key = input.idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "openClaim", key).await? {
        deps.limit(&OPENINGS, member).await?;
    }
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let reservation = match once(tx, viewer, "openClaim", key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(first) => return store::find(tx, &actor, first.parse().map_err(Error::internal)?).await,
        };
        let (found, reports) = matching::find(tx, &actor, input.match_id).await.at("matchId")?;
        let (own, other) = sides(&actor, &reports)?;
        check_match(&found, &reports)?;
        refuse_blocked(tx, "matchId", member, other).await?;
        refuse_second(tx, found.id).await?;
        // Before the claim refers to the match: whatever else changes matches locks their reports first.
        matching::confirm(tx, viewer, "matchId", found.id).await?;
        // The animal may have been adopted while this waited for the reports.
        check_match(
            &matching::with_id(tx, found.id).await?,
            &matching::sides(tx, &found).await?,
        )?;
        let row = claim::Model {
            opened_from: subscriber_network(origin.address).to_string(),
            ..new_claim(deps, tx, (member, own, other), found.id).await?
        };
        insert(tx, row.clone()).await?;
        scam_patterns::note_opening(tx, &row).await?;
        tx.announce(ClaimEvent::ClaimOpened { claim_id: row.id });
        reservation.fulfil(tx, row.id).await?;
        store::find(tx, &actor, row.id).await
    })
    .await
}

/// The viewer's report and the other one.
fn sides<'a>(actor: &Actor, reports: &'a [pet::Model]) -> Result<(&'a pet::Model, &'a pet::Model)> {
    let [one, other] = reports else {
        return Err(Error::broken("a match has not two reports"));
    };
    let is_same = |one: Option<_>, other: Option<_>| one.is_some() && one == other;
    let is_of_one_shelter = one.shelter_id.is_some() && one.shelter_id == other.shelter_id;
    let own = match (may_edit(actor, one), may_edit(actor, other)) {
        (false, false) => {
            let message = "only the people who made the two reports can open a claim";
            return Err(Error::Forbidden(message.into()));
        }
        (true, false) => (one, other),
        (false, true) => (other, one),
        (true, true) => return Err(of_one_side()),
    };
    match is_of_one_shelter || is_same(one.reporter_id, other.reporter_id) {
        true => Err(of_one_side()),
        false => Ok(own),
    }
}

fn of_one_side() -> Error {
    let message = "both reports belong to the same people, and nobody can claim from themselves: close one of them";
    Error::field("matchId", FieldCode::NotAllowed, message)
}

/// Refuses what can no longer be claimed.
fn check_match(found: &pet_match::Model, reports: &[pet::Model]) -> Result<()> {
    let refused = |message| Err(Error::field("matchId", FieldCode::NotAllowed, message));
    if found.state == MatchState::Dismissed {
        return refused("this match was dismissed: write to the other side instead");
    }
    if found.ended_at.is_some() && reports.iter().all(|pet| is_live(pet.status)) {
        return refused("the reports say by now that they are two animals: write to the other side instead");
    }
    match reports.iter().all(|pet| is_live(pet.status)) {
        true => Ok(()),
        false => refused("one of the two reports is closed: there is nothing left to claim"),
    }
}

/// Refuses two members of whom one has blocked the other; a shelter has no blocks.
pub(super) async fn refuse_blocked(tx: &Tx, field: &'static str, member: MemberId, other: &pet::Model) -> Result<()> {
    let Some(reporter) = other.reporter_id.filter(|_| other.shelter_id.is_none()) else {
        return Ok(());
    };
    if safety::either_has_blocked(tx, member, reporter).await? {
        let message = "you and the member who made the other report cannot write to each other";
        return Err(Error::field(field, FieldCode::NotAllowed, message));
    }
    Ok(())
}

async fn refuse_second(tx: &Tx, id: MatchId) -> Result<()> {
    match store::active_of(tx, id).await? {
        Some(active) => Err(taken(&format!("the claim {} on this match", active.id))),
        None => Ok(()),
    }
}

fn taken(what: &str) -> Error {
    let message = format!("{what} has not ended: fetch it, and go on with it or let it end first");
    Error::field("matchId", FieldCode::Conflict, message)
}

async fn new_claim(
    deps: &Deps,
    tx: &Tx,
    (member, own, other): (MemberId, &pet::Model, &pet::Model),
    match_id: MatchId,
) -> Result<claim::Model> {
    let claimant = Claimant {
        pet_id: own.id,
        // What staff claim is for many animals of their shelter.
        member_id: own.shelter_id.is_none().then_some(member),
        judged_pet_id: other.id,
    };
    if let Some(undecided) = store::undecided(tx, claimant).await? {
        return Err(taken(&format!("your claim {} on this animal", undecided.id)));
    }
    let (tries_left, may_answer_at) = tries_left(tx, claimant).await?;
    Ok(claim::Model {
        id: ClaimId(deps.ids.uuid(tx.now())),
        match_id,
        claimant_id: member,
        claimant_pet_id: own.id,
        judged_pet_id: other.id,
        state: ClaimState::Open,
        questions: serde_json::to_string(&questions_about(other)?)?,
        photo_challenge: photo_challenge(own, deps.ids.as_ref()),
        tries: 0,
        tries_left,
        may_answer_at,
        opened_from: String::new(),
        decided_by: None,
        decided_at: None,
        expires_at: tx.now().plus(EXPIRES_AFTER),
        created_at: tx.now(),
    })
}

/// The tries that this claimant has left, and when the next may be used: earlier claims count, also those with another
/// report of theirs, or else a guesser would withdraw, report the animal again, and open another one.
async fn tries_left(tx: &Tx, claimant: Claimant) -> Result<(i32, Option<entity::Timestamp>)> {
    let since = tx.now().minus(BARRED_FOR);
    let refusals = store::refusals(tx, claimant, since).await?;
    let left = TRIES.saturating_sub(i32::try_from(refusals.len()).unwrap_or(TRIES));
    let barred_since = match store::last_rejection(tx, claimant, since).await? {
        None if left <= 0 => refusals.last().copied(),
        rejection => rejection,
    };
    if let Some(since) = barred_since {
        let wait = in_words(since.plus(BARRED_FOR).since(tx.now()));
        let message =
            format!("the other side has rejected your claim on this animal: you can open another one in {wait}");
        return Err(Error::field("matchId", FieldCode::LimitReached, message));
    }
    let next = refusals.first().map(|refused| refused.plus(COOL_DOWN));
    Ok((left, next.filter(|next| tx.now() < *next)))
}

async fn insert(tx: &Tx, row: claim::Model) -> Result<()> {
    let row = row.into_active_model().reset_all();
    let inserted = claim::Entity::insert(row).exec_without_returning(tx).await;
    inserted.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken("a claim that has just been opened on this match"),
        _ => error.into(),
    })?;
    Ok(())
}
