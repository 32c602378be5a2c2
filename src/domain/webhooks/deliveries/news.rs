//! Which facts of the log are told to webhooks, to which shelters, and about what.

use entity::{
    Timestamp,
    id::{ClaimId, ImportId, JobId, MatchId, ShelterId, StayId},
    pet, stay,
    vocabulary::{MatchState, WebhookEvent},
    webhook,
};
use sea_orm::{ActiveEnum, ConnectionTrait};

use super::queue::{Subject, queue};
use crate::{
    deps::Deps,
    domain::{
        claims, custody, matching, pets, shelters,
        staff::Actor,
        webhooks::{model::events_of, store},
    },
    events::{ClaimEvent, CustodyEvent, Event, MatchEvent, ShelterEvent},
    kernel::{OrGone, Outcome, Result, Viewer},
};

/// Something that shelters are told of.
struct News {
    event: WebhookEvent,
    /// Identifies it: a webhook that has a delivery with this key gets no other.
    key: String,
    /// What it is about, for each shelter.
    told: Vec<(ShelterId, Vec<Subject>)>,
}

/// Whether webhooks may be told of a fact.
pub fn calls_for_deliveries(event: &Event) -> bool {
    matches!(
        event,
        Event::Custody(_)
            | Event::Matching(MatchEvent::MatchFound { .. } | MatchEvent::MatchDecided { .. })
            | Event::Claims(ClaimEvent::ClaimOpened { .. })
            | Event::Shelters(ShelterEvent::ImportFinished { .. })
    )
}

/// Whether there may be a webhook to tell of such a fact. Of animals, an import announces very much, and most shelters have no
/// webhooks: for those it ends here.
pub async fn may_be_told(db: &impl ConnectionTrait, event: &Event) -> Result<bool> {
    match event {
        Event::Custody(fact) => store::has_enabled(db, fact.shelter()).await,
        _ => Ok(true),
    }
}

/// Job: writes a delivery down for every webhook that is to be told of the fact. The id of the job stands for the fact where
/// nothing else does: it is the same at every try.
pub async fn queue_deliveries(deps: &Deps, job_id: JobId, event: &Event) -> Result<Outcome> {
    tell(deps, job_id, event).await.or_gone("what happened is gone")
}

async fn tell(deps: &Deps, job_id: JobId, event: &Event) -> Result<()> {
    let Some(news) = news(deps.db.read(), job_id, event).await? else {
        return Ok(());
    };
    if !is_heard(deps.db.read(), &news).await? {
        // Most shelters have no webhooks, and nothing is written for them.
        return Ok(());
    }
    deps.write(async |tx| {
        for (shelter, subjects) in &news.told {
            for webhook in listeners(tx, *shelter, news.event).await? {
                queue(deps, tx, &webhook, (news.event, news.key.as_str()), subjects).await?;
            }
        }
        Ok(())
    })
    .await
}

/// Whether any webhook is to be told.
async fn is_heard(db: &impl ConnectionTrait, news: &News) -> Result<bool> {
    for (shelter, _) in &news.told {
        if !listeners(db, *shelter, news.event).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The webhooks of a shelter that are on and told of such an event.
async fn listeners(db: &impl ConnectionTrait, shelter: ShelterId, event: WebhookEvent) -> Result<Vec<webhook::Model>> {
    let mut listening = Vec::new();
    for webhook in store::enabled_of(db, shelter).await? {
        if events_of(&webhook)?.contains(&event) {
            listening.push(webhook);
        }
    }
    Ok(listening)
}

async fn news(db: &impl ConnectionTrait, job_id: JobId, event: &Event) -> Result<Option<News>> {
    match event {
        Event::Custody(fact) => animals(db, job_id, fact).await,
        Event::Matching(MatchEvent::MatchFound { match_id }) => match_found(db, *match_id).await,
        Event::Matching(MatchEvent::MatchDecided { match_id, .. }) => match_confirmed(db, *match_id).await,
        Event::Claims(ClaimEvent::ClaimOpened { claim_id }) => claim_opened(db, *claim_id).await.map(Some),
        Event::Shelters(ShelterEvent::ImportFinished { import_id }) => import_finished(db, *import_id).await.map(Some),
        _ => Ok(None),
    }
}

async fn animals(db: &impl ConnectionTrait, job_id: JobId, fact: &CustodyEvent) -> Result<Option<News>> {
    let event = match fact {
        CustodyEvent::AnimalsTakenIn { .. } => WebhookEvent::AnimalTakenIn,
        CustodyEvent::AnimalsChanged { .. } => WebhookEvent::AnimalChanged,
        CustodyEvent::AnimalsLeft { .. } => WebhookEvent::AnimalLeft,
    };
    let shelter = fact.shelter();
    if listeners(db, shelter, event).await?.is_empty() {
        return Ok(None);
    }
    let subjects = stays(db, fact.stays()).await?;
    let key = format!("animals:{job_id}");
    Ok((!subjects.is_empty()).then(|| News {
        event,
        key,
        told: vec![(shelter, subjects)],
    }))
}

/// The stays that are still there, in the order of their ids.
async fn stays(db: &impl ConnectionTrait, ids: &[StayId]) -> Result<Vec<Subject>> {
    let actor = Actor::of(db, &Viewer::System).await?;
    let mut found = custody::stays_by_ids(db, &actor, ids).await?;
    found.sort_by_key(|stay| stay.id);
    let subject = |stay: stay::Model| Subject {
        kind: "Stay",
        id: stay.id.to_string(),
        animal_id: Some(stay.animal_id.to_string()),
        pet_id: stay.pet_id.map(|id| id.to_string()),
        ..Subject::default()
    };
    Ok(found.into_iter().map(subject).collect())
}

/// A match is told once in each band that it rises to, as members are alerted to it.
async fn match_found(db: &impl ConnectionTrait, id: MatchId) -> Result<Option<News>> {
    let found = matching::with_id(db, id).await?;
    if found.ended_at.is_some() || found.state == MatchState::Dismissed {
        return Ok(None);
    }
    let band = found.band.to_value();
    Ok(Some(News {
        event: WebhookEvent::MatchFound,
        key: format!("match:{id}:{band}"),
        told: of_sides(&matching::sides(db, &found).await?, ("Match", id.to_string()), None),
    }))
}

/// Confirmed by both sides, it is told once all the same.
async fn match_confirmed(db: &impl ConnectionTrait, id: MatchId) -> Result<Option<News>> {
    let found = matching::with_id(db, id).await?;
    if found.state != MatchState::Confirmed {
        return Ok(None);
    }
    Ok(Some(News {
        event: WebhookEvent::MatchConfirmed,
        key: format!("match:{id}:confirmed"),
        told: of_sides(&matching::sides(db, &found).await?, ("Match", id.to_string()), None),
    }))
}

async fn claim_opened(db: &impl ConnectionTrait, id: ClaimId) -> Result<News> {
    let claim = claims::with_id(db, id).await?;
    let sides = [claim.claimant_pet_id, claim.judged_pet_id];
    let sides = pets::find_many(db, &Viewer::System, &sides).await?;
    Ok(News {
        event: WebhookEvent::ClaimOpened,
        key: format!("claim:{id}"),
        told: of_sides(&sides, ("Claim", id.to_string()), Some(claim.match_id)),
    })
}

async fn import_finished(db: &impl ConnectionTrait, id: ImportId) -> Result<News> {
    // An import is found whatever the time, by the server itself.
    let import = shelters::find_import(db, &Viewer::System, id, Timestamp(0)).await?;
    let subject = Subject {
        kind: "Import",
        id: id.to_string(),
        ..Subject::default()
    };
    Ok(News {
        event: WebhookEvent::ImportFinished,
        key: format!("import:{id}"),
        told: vec![(import.shelter_id, vec![subject])],
    })
}

/// What the shelters of two reports are told, each with its own report and not with the other one. If both are of one
/// shelter, it is told once.
fn of_sides(
    sides: &[pet::Model],
    (kind, id): (&'static str, String),
    match_id: Option<MatchId>,
) -> Vec<(ShelterId, Vec<Subject>)> {
    let mut told: Vec<(ShelterId, Vec<Subject>)> = Vec::new();
    for side in sides {
        let Some(shelter) = side.shelter_id else { continue };
        if told.iter().any(|(known, _)| *known == shelter) {
            continue;
        }
        let subject = Subject {
            kind,
            id: id.clone(),
            match_id: match_id.map(|id| id.to_string()),
            pet_id: Some(side.id.to_string()),
            ..Subject::default()
        };
        told.push((shelter, vec![subject]));
    }
    told
}
