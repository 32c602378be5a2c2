//! Job: tells one side of a match what the other has decided.

use entity::{
    id::{MatchId, MemberId},
    pet, pet_match,
    vocabulary::{MatchAlertKind, MatchState},
};

use super::{
    called::called,
    match_people::{MatchNews, alert, answering_for},
};
use crate::{
    deps::{Deps, Tx},
    domain::{claims, matching, pets::policy::is_seen_by_all},
    kernel::{OrGone, Outcome, Result},
};

/// Tells the people who answer for the other report of a confirmation, and of a dismissal if they had confirmed.
/// Nobody is told of their own decision, or of a match with a report that is hidden.
pub async fn tell_decision(deps: &Deps, id: MatchId) -> Result<Outcome> {
    deps.write(async |tx| {
        let found = matching::with_id(tx, id).await?;
        let sides = matching::sides(tx, &found).await?;
        let report = |id| sides.iter().find(|pet| pet.id == id);
        let (Some(lost), Some(other)) = (report(found.lost_id), report(found.other_id)) else {
            return Ok(());
        };
        if !sides.iter().all(is_seen_by_all) {
            return Ok(());
        }
        match found.state {
            MatchState::New => Ok(()),
            // Of an accepted claim both sides hear as such.
            MatchState::Confirmed if claims::is_accepted(tx, id).await? => Ok(()),
            MatchState::Confirmed => {
                let (by_lost, by_other) = (found.lost_confirmed_by, found.other_confirmed_by);
                let news = |own: &pet::Model| confirmed(own, by_lost.is_some() && by_other.is_some());
                tell(deps, tx, &found, other, by_lost, news).await?;
                tell(deps, tx, &found, lost, by_other, news).await
            }
            MatchState::Dismissed => {
                let dismissed_by =
                    |by: Option<MemberId>, confirmed: Option<MemberId>| by.filter(|_| confirmed.is_some());
                let by_lost = dismissed_by(found.lost_dismissed_by, found.other_confirmed_by);
                let by_other = dismissed_by(found.other_dismissed_by, found.lost_confirmed_by);
                tell(deps, tx, &found, other, by_lost, dismissed).await?;
                tell(deps, tx, &found, lost, by_other, dismissed).await
            }
        }
    })
    .await
    .or_gone("the match is gone")
}

/// Tells the people of a report what the member of the other side has decided, if they have.
async fn tell(
    deps: &Deps,
    tx: &Tx,
    found: &pet_match::Model,
    own: &pet::Model,
    decided_by: Option<MemberId>,
    news: impl Fn(&pet::Model) -> MatchNews,
) -> Result<()> {
    let Some(decided_by) = decided_by else {
        return Ok(());
    };
    for member_id in answering_for(tx, own).await? {
        if member_id != decided_by {
            alert(deps, tx, member_id, found, news(own)).await?;
        }
    }
    Ok(())
}

fn confirmed(own: &pet::Model, is_agreed: bool) -> MatchNews {
    let body = match is_agreed {
        true => "You both say that it is the same animal. Write to each other about how to meet.",
        false => "The other side says that it is the same animal. Have a look, then confirm or dismiss it too.",
    };
    MatchNews {
        kind: MatchAlertKind::Confirmed,
        title: format!("A match for {} was confirmed", called(own)),
        body: body.to_owned(),
    }
}

fn dismissed(own: &pet::Model) -> MatchNews {
    MatchNews {
        kind: MatchAlertKind::Dismissed,
        title: format!("A match for {} was dismissed", called(own)),
        body: "The other side says that it is another animal. The search goes on.".to_owned(),
    }
}
