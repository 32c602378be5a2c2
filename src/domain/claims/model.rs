//! A claim as a viewer sees it; pure.

use std::time::Duration;

use entity::{
    claim, claim_try,
    id::{MemberId, PhotoId, ShelterId},
    pet,
    vocabulary::{ClaimState, Role},
};

use super::questions::Question;
use crate::{
    domain::{pets::policy::may_edit, staff::Actor},
    kernel::{Error, FieldCode, Result},
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Number of tries that may be refused before a claim is rejected.
pub(super) const TRIES: i32 = 3;
/// Pause after each refusal before the next answers are taken.
pub(super) const COOL_DOWN: Duration = Duration::from_secs(10 * 60);
/// Time after a rejection before the same side may claim again, and for which refused tries count.
pub(super) const BARRED_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Time without a step after which a claim expires.
pub(super) const EXPIRES_AFTER: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// The states of a claim that keeps others off its match.
pub(super) const ACTIVE: [ClaimState; 3] = [ClaimState::Open, ClaimState::Answered, ClaimState::Accepted];

/// What a viewer is in a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Speaks for the claimant's report.
    Claimant,
    /// Speaks for the other report only.
    Judge,
    /// Speaks for neither, but moderates: sees how the claim stands, not what was asked and answered.
    Moderator,
}

impl Part {
    /// The viewer's part; `None` for those who may not know of the claim. Scripts have none.
    pub fn of(actor: &Actor, claimant_pet: &pet::Model, judged_pet: &pet::Model) -> Option<Self> {
        actor.viewer.member()?;
        if may_edit(actor, claimant_pet) {
            return Some(Self::Claimant);
        }
        if may_edit(actor, judged_pet) {
            return Some(Self::Judge);
        }
        actor.viewer.is_at_least(Role::Moderator).then_some(Self::Moderator)
    }
}

/// A claim that the viewer may know of.
#[derive(Debug, Clone)]
pub struct SeenClaim {
    /// The claim.
    pub claim: claim::Model,
    /// The claimant's latest answers.
    pub last: Option<claim_try::Model>,
    /// The claimant's report.
    pub claimant_pet: pet::Model,
    /// The other report.
    pub judged_pet: pet::Model,
    /// What the viewer is in it.
    pub part: Part,
}

/// A question with what the viewer may see of its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedQuestion {
    /// From 1.
    pub number: i32,
    /// The question.
    pub question: String,
    /// The claimant's latest answer; `None` if there is none, and for moderators.
    pub answer: Option<String>,
    /// The answer in the report; only for the judging side.
    pub expected: Option<String>,
}

/// Whose phone is shown to the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counterpart {
    /// A member.
    Member(MemberId),
    /// A shelter.
    Shelter(ShelterId),
}

impl SeenClaim {
    /// The questions, in their order.
    pub fn questions(&self) -> Result<Vec<AskedQuestion>> {
        let questions: Vec<Question> = serde_json::from_str(&self.claim.questions)?;
        let answers: Vec<Option<String>> = match self.evidence() {
            Some(last) => serde_json::from_str(&last.answers)?,
            None => Vec::new(),
        };
        let asked = (1..)
            .zip(questions)
            .zip(answers.into_iter().chain(std::iter::repeat(None)));
        let asked = asked.map(|((number, asked), answer)| AskedQuestion {
            number,
            question: asked.question,
            answer,
            expected: asked.expected.filter(|_| self.part == Part::Judge),
        });
        Ok(asked.collect())
    }

    /// The fresh photo, for the two sides.
    pub fn photo_id(&self) -> Option<PhotoId> {
        self.evidence()?.photo_id
    }

    /// The picture of a document, for the two sides.
    pub fn document_id(&self) -> Option<PhotoId> {
        self.evidence()?.document_id
    }

    /// Whether the fresh photo is a copy of one in a report, for the judging side.
    pub fn has_copied_photo(&self) -> bool {
        self.part == Part::Judge && self.evidence().is_some_and(|last| last.photo_is_copy)
    }

    /// What the judging side wrote about the latest answers, for the two sides.
    pub fn reason(&self) -> Option<&str> {
        let last = self.last.as_ref().filter(|_| self.part != Part::Moderator)?;
        last.reason.as_deref()
    }

    /// Whose phone the viewer may see: that of the other side once the claim is accepted.
    pub fn counterpart(&self) -> Option<(Counterpart, &pet::Model)> {
        if self.claim.state != ClaimState::Accepted {
            return None;
        }
        let other = match self.part {
            Part::Claimant => &self.judged_pet,
            Part::Judge => &self.claimant_pet,
            Part::Moderator => return None,
        };
        let shelter = other.shelter_id.map(Counterpart::Shelter);
        let counterpart = shelter.or(other.reporter_id.map(Counterpart::Member))?;
        Some((counterpart, other))
    }

    /// What the claimant sent last, as far as the viewer may see it. What was given up is the claimant's own again.
    fn evidence(&self) -> Option<&claim_try::Model> {
        let is_given_up = matches!(self.claim.state, ClaimState::Withdrawn | ClaimState::Expired);
        let is_shown = match self.part {
            Part::Claimant => true,
            Part::Judge => !is_given_up,
            Part::Moderator => false,
        };
        self.last.as_ref().filter(|_| is_shown)
    }
}

/// The error for a claim that is over.
pub(super) fn ended(state: ClaimState) -> Error {
    let how = match state {
        ClaimState::Accepted => "was accepted",
        ClaimState::Rejected => "was rejected",
        ClaimState::Withdrawn => "was withdrawn",
        ClaimState::Expired => "has expired",
        ClaimState::Open | ClaimState::Answered => "has just changed",
    };
    let message = format!("this claim {how}: fetch the match again to see what is possible now");
    Error::field("id", FieldCode::NotAllowed, message)
}

/// A time to wait, rounded up: `10 minutes`, `3 hours`, `7 days`.
pub(super) fn in_words(wait: Duration) -> String {
    let whole = |unit: Duration| wait.as_millis().div_ceil(unit.as_millis());
    if 2 * DAY <= wait {
        return format!("{} days", whole(DAY));
    }
    if 2 * HOUR <= wait {
        return format!("{} hours", whole(HOUR));
    }
    match whole(Duration::from_secs(60)) {
        1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_rounded_up_to_what_people_say() {
        let seconds = |seconds| in_words(Duration::from_secs(seconds));
        assert_eq!(seconds(1), "1 minute");
        assert_eq!(seconds(600), "10 minutes");
        assert_eq!(seconds(601), "11 minutes");
        assert_eq!(seconds(3 * 3600 - 1), "3 hours");
        assert_eq!(seconds(7 * 24 * 3600), "7 days");
    }
}
