//! Job: tells people that a match is over.

use entity::{
    id::{MatchId, PetId},
    pet, pet_match,
    vocabulary::{MatchAlertKind, PetStatus},
};

use super::{
    called::called,
    match_people::{MatchNews, alert, alerted_to, answering_for},
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        matching,
        pets::{self, policy::is_seen_by_all},
    },
    kernel::{OrGone, Outcome, Result},
};

/// Tells those who were alerted to the match, or whose side has confirmed it, and answer for the other report than the one
/// that was closed. If that animal is home, they are asked whether theirs is the same one, or told that their report was
/// closed too. If a report was changed so that the two cannot be one animal, both sides are told.
pub async fn tell_match_ended(deps: &Deps, id: MatchId, closed_id: PetId) -> Result<Outcome> {
    deps.write(async |tx| {
        let found = matching::with_id(tx, id).await?;
        let sides = matching::sides(tx, &found).await?;
        let closed = sides.iter().find(|pet| pet.id == closed_id);
        let own = sides.iter().find(|pet| pet.id != closed_id);
        let (Some(own), Some(closed)) = (own, closed) else {
            return Ok(());
        };
        if matching::is_ruled_out(&found) && sides.iter().all(|pet| pets::is_live(pet.status) && is_seen_by_all(pet)) {
            for own in [own, closed] {
                tell(deps, tx, &found, own, changed).await?;
            }
            return Ok(());
        }
        let is_over = !pets::is_live(own.status) && !is_closed_too(&found, own);
        if pets::is_live(closed.status) || is_over || !is_seen_by_all(closed) {
            return Ok(());
        }
        tell(deps, tx, &found, own, |own| news(own, closed.status)).await
    })
    .await
    .or_gone("the match is gone")
}

async fn tell(
    deps: &Deps,
    tx: &Tx,
    found: &pet_match::Model,
    own: &pet::Model,
    news: impl Fn(&pet::Model) -> MatchNews,
) -> Result<()> {
    let confirmed_by = match own.id == found.lost_id {
        true => found.lost_confirmed_by,
        false => found.other_confirmed_by,
    };
    let told = alerted_to(tx, found.id).await?;
    for member_id in answering_for(tx, own).await? {
        if confirmed_by.is_some() || told.contains(&member_id) {
            alert(deps, tx, member_id, found, news(own)).await?;
        }
    }
    Ok(())
}

fn changed(own: &pet::Model) -> MatchNews {
    MatchNews {
        kind: MatchAlertKind::Ended,
        title: format!("A match for {} is over", called(own)),
        body: "One of the two reports was changed: they cannot be about the same animal. The search goes on."
            .to_owned(),
    }
}

/// Whether the report was closed because both sides had confirmed that the animals are one.
fn is_closed_too(found: &pet_match::Model, own: &pet::Model) -> bool {
    own.status == PetStatus::Reunited && found.lost_confirmed_by.is_some() && found.other_confirmed_by.is_some()
}

fn news(own: &pet::Model, outcome: PetStatus) -> MatchNews {
    let called = called(own);
    match outcome {
        PetStatus::Reunited if !pets::is_live(own.status) => MatchNews {
            kind: MatchAlertKind::Reunited,
            title: format!("Home: {called}"),
            body:
                "The other side closed its report as reunited. You both had confirmed that it is the same animal, so \
                   yours is closed as well."
                    .to_owned(),
        },
        PetStatus::Reunited => MatchNews {
            kind: MatchAlertKind::Reunited,
            title: format!("Is it {called}? The other animal is home"),
            body: "The other report of a match was closed as reunited. If yours is about the same animal, confirm the \
                   match, and your report is closed as well."
                .to_owned(),
        },
        _ => MatchNews {
            kind: MatchAlertKind::Ended,
            title: format!("A match for {called} is over"),
            body: "The other report was closed. The search goes on.".to_owned(),
        },
    }
}
