//! Job: tells people that the other report of a match was closed.

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
    deps::Deps,
    domain::{
        matching,
        pets::{self, policy::is_seen_by_all},
    },
    kernel::{OrGone, Outcome, Result},
};

/// Tells those who were alerted to the match and answer for the other report than the one that was closed. If that animal
/// is home, they are asked whether theirs is the same one, or told that their report was closed too.
pub async fn tell_match_ended(deps: &Deps, id: MatchId, closed_id: PetId) -> Result<Outcome> {
    deps.write(async |tx| {
        let found = matching::with_id(tx, id).await?;
        let sides = matching::sides(tx, &found).await?;
        let closed = sides.iter().find(|pet| pet.id == closed_id);
        let own = sides.iter().find(|pet| pet.id != closed_id);
        let (Some(own), Some(closed)) = (own, closed) else {
            return Ok(());
        };
        let is_over = !pets::is_live(own.status) && !is_closed_too(&found, own);
        if pets::is_live(closed.status) || is_over || !is_seen_by_all(closed) {
            return Ok(());
        }
        let told = alerted_to(tx, id).await?;
        for member_id in answering_for(tx, own).await? {
            if told.contains(&member_id) {
                alert(deps, tx, member_id, &found, news(own, closed.status)).await?;
            }
        }
        Ok(())
    })
    .await
    .or_gone("the match is gone")
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
