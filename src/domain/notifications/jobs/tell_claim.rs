//! Job: notifies the sides of a claim of what has become of it.

use entity::{
    claim, claim_try,
    id::{ClaimId, MemberId},
    pet,
    vocabulary::{ClaimState, NotificationKind, StaffRole},
};

use super::called::called;
use crate::{
    deps::{Deps, Tx},
    domain::{
        claims,
        notifications::notify::{News, notify},
        pets::{self, policy::is_seen_by_all},
        staff,
    },
    kernel::{OrGone, Outcome, Result, Viewer},
};

/// Tells the judging side that there are answers, and the claimant how they were judged; each once, and nobody while one
/// of the two reports is hidden. A claim that was withdrawn is news to nobody.
pub async fn tell_claim(deps: &Deps, id: ClaimId) -> Result<Outcome> {
    deps.write(async |tx| {
        let claim = claims::with_id(tx, id).await?;
        let last = claims::last_try(tx, &claim).await?;
        let claimed = pets::find(tx, &Viewer::System, claim.claimant_pet_id).await?;
        let judged = pets::find(tx, &Viewer::System, claim.judged_pet_id).await?;
        if ![&claimed, &judged].into_iter().all(is_seen_by_all) {
            return Ok(());
        }
        let told = match claim.state {
            ClaimState::Answered => judges(tx, &claim, &judged).await?,
            _ => vec![claim.claimant_id],
        };
        let own = match claim.state {
            ClaimState::Answered => &judged,
            _ => &claimed,
        };
        let Some((title, body)) = words(&claim, last.as_ref(), own) else {
            return Ok(());
        };
        for member_id in told {
            let news = News {
                kind: NotificationKind::Claim,
                title: title.clone(),
                body: body.clone(),
                subject: Some(id.to_string()),
                unique_key: key(&claim),
            };
            notify(deps, tx, member_id, news).await?;
        }
        Ok(())
    })
    .await
    .or_gone("the claim is gone")
}

/// The members to judge a claim: the staff of the shelter that has the animal, or its reporter.
async fn judges(tx: &Tx, claim: &claim::Model, judged: &pet::Model) -> Result<Vec<MemberId>> {
    let mut members: Vec<MemberId> = match judged.shelter_id {
        Some(shelter) => {
            let staff = staff::staff_of(tx, shelter).await?;
            let answering = staff.iter().filter(|row| row.role != StaffRole::Volunteer);
            answering.map(|row| row.member_id).collect()
        }
        None => judged.reporter_id.into_iter().collect(),
    };
    members.retain(|member| *member != claim.claimant_id);
    Ok(members)
}

/// Headline and text for the side with that report; `None` if there is nothing to tell.
fn words(claim: &claim::Model, last: Option<&claim_try::Model>, own: &pet::Model) -> Option<(String, String)> {
    let name = called(own);
    let reason = last.and_then(|last| last.reason.as_deref());
    let with_reason = |text: String| match reason {
        Some(reason) => format!("{text} The other side wrote: {reason}"),
        None => text,
    };
    let news = match claim.state {
        ClaimState::Answered => (
            format!("Answers about {name}"),
            "Someone says that it is the same animal and has answered the questions. Compare the answers and judge them."
                .to_owned(),
        ),
        ClaimState::Open if last.is_some() => {
            let left = match claim.tries_left {
                1 => "one more try".to_owned(),
                left => format!("{left} more tries"),
            };
            let text = format!("The other side is not convinced yet. You have {left}, in 10 minutes.");
            (format!("Not yet: your claim about {name}"), with_reason(text))
        }
        ClaimState::Accepted => {
            let text = "The exact place and the phone of the other side are in the claim now.";
            (format!("Your claim about {name} was accepted"), with_reason(text.to_owned()))
        }
        ClaimState::Rejected => {
            let text = "The other side is sure that it is not the same animal.";
            (format!("Your claim about {name} was rejected"), with_reason(text.to_owned()))
        }
        ClaimState::Expired => (
            format!("Your claim about {name} has expired"),
            "Nobody went on with it for 14 days, or one of the two reports was closed or changed.".to_owned(),
        ),
        ClaimState::Open | ClaimState::Withdrawn => return None,
    };
    Some(news)
}

/// One for each try and what became of it.
fn key(claim: &claim::Model) -> String {
    let stage = match claim.state {
        ClaimState::Answered => "answered",
        ClaimState::Open => "refused",
        ClaimState::Accepted => "accepted",
        ClaimState::Rejected => "rejected",
        ClaimState::Withdrawn => "withdrawn",
        ClaimState::Expired => "expired",
    };
    format!("claim:{}:{}:{stage}", claim.id, claim.tries)
}
