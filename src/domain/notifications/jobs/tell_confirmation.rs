//! Job: notifies one side of a match that the other has confirmed it.

use entity::{
    id::{MatchId, MemberId},
    pet, pet_match,
    vocabulary::{MatchState, NotificationKind, StaffRole},
};

use super::called::called;
use crate::{
    deps::{Deps, Tx},
    domain::{
        matching,
        notifications::notify::{News, notify},
        pets::policy::is_seen_by_all,
        staff,
    },
    kernel::{OrGone, Outcome, Result},
};

/// Notifies the people responsible for the other report: its reporter or, for animals imported by a shelter, the staff.
/// They are notified once per confirmation, unless the match has been dismissed in the meantime or one of the two
/// reports is hidden.
pub async fn tell_confirmation(deps: &Deps, id: MatchId) -> Result<Outcome> {
    deps.write(async |tx| {
        let found = matching::with_id(tx, id).await?;
        let sides = matching::sides(tx, &found).await?;
        let report = |id| sides.iter().find(|pet| pet.id == id);
        let (Some(lost), Some(other)) = (report(found.lost_id), report(found.other_id)) else {
            return Ok(());
        };
        if found.state != MatchState::Confirmed || !sides.iter().all(is_seen_by_all) {
            return Ok(());
        }
        for (confirmed_by, own) in [(found.lost_confirmed_by, other), (found.other_confirmed_by, lost)] {
            for member_id in told(tx, own, confirmed_by).await? {
                notify(deps, tx, member_id, news(&found, own)).await?;
            }
        }
        Ok(())
    })
    .await
    .or_gone("the match is gone")
}

/// The members to notify: nobody if the other side has not confirmed, and never the member who did.
async fn told(tx: &Tx, own: &pet::Model, confirmed_by: Option<MemberId>) -> Result<Vec<MemberId>> {
    let Some(confirmed_by) = confirmed_by else {
        return Ok(Vec::new());
    };
    let mut members: Vec<MemberId> = match (own.reporter_id, own.shelter_id) {
        (Some(reporter), _) => vec![reporter],
        (None, Some(shelter)) => {
            let staff = staff::staff_of(tx, shelter).await?;
            let answering = staff.iter().filter(|row| row.role != StaffRole::Volunteer);
            answering.map(|row| row.member_id).collect()
        }
        (None, None) => Vec::new(),
    };
    members.retain(|member| *member != confirmed_by);
    Ok(members)
}

fn news(found: &pet_match::Model, own: &pet::Model) -> News {
    News {
        kind: NotificationKind::Match,
        title: format!("A match for {} was confirmed", called(own)),
        body: "The other side says that it is the same animal. Have a look, then confirm or dismiss it too.".to_owned(),
        subject: Some(found.id.to_string()),
        unique_key: format!("confirmed:{}:{}", found.id, own.id),
    }
}
