//! Determines the two sides of a new conversation, and the key by which an existing one is found.

use entity::{
    id::{MatchId, MemberId, PetId, ShelterId},
    pet,
    vocabulary::PetKind,
};
use sea_orm::ConnectionTrait;

use crate::{
    domain::{
        accounts,
        chat::{blocked::blocked_error, gone::gone_error},
        matching, pets, safety, shelters,
        staff::{self, Actor},
    },
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// The recipient of a conversation. If only a pet is given, it is whoever can be asked about that pet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Recipient {
    /// Another member.
    pub member: Option<MemberId>,
    /// The pet that the conversation is about.
    pub pet: Option<PetId>,
    /// A shelter's inbox.
    pub shelter: Option<ShelterId>,
    /// A match: the people of the other side's report.
    pub match_id: Option<MatchId>,
}

/// The other side of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    Member(MemberId),
    Shelter(ShelterId),
}

/// A conversation that may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    pub me: MemberId,
    pub other: Other,
    pub pet_id: Option<PetId>,
    /// Whether it is about a report of a lost pet.
    pub is_about_lost: bool,
}

impl Opening {
    /// The same for both sides and the same pet, whoever opens the conversation.
    pub(super) fn key(&self) -> String {
        let pet = self.pet_id.map_or_else(|| "-".to_owned(), |pet| pet.to_string());
        let (first, second) = match self.other {
            Other::Member(other) => (self.me.min(other).to_string(), self.me.max(other).to_string()),
            Other::Shelter(shelter) => (shelter.to_string(), self.me.to_string()),
        };
        format!("{first}:{second}:{pet}")
    }

    /// Determines the recipient, and refuses conversations that may not be opened.
    pub(super) async fn resolve(db: &impl ConnectionTrait, viewer: &Viewer, recipient: Recipient) -> Result<Self> {
        let me = viewer.require_member()?;
        let field = recipient.field();
        let Recipient {
            member, pet, shelter, ..
        } = recipient.named(db, viewer).await?;
        let pet = match pet {
            Some(id) => Some(pets::find(db, viewer, id).await.at("petId")?),
            None => None,
        };
        let opening = Self {
            me,
            other: other_side(me, member, shelter, pet.as_ref())?,
            is_about_lost: pet.as_ref().is_some_and(|pet| pet.kind == PetKind::Lost),
            pet_id: pet.map(|pet| pet.id),
        };
        match opening.other {
            Other::Member(other) if other == me => Err(own_side(field)),
            Other::Member(other) => {
                let member = accounts::member_by_id(db, other).await.at(field)?;
                if member.deleted_at.is_some() {
                    return Err(gone_error(field));
                }
                match safety::either_has_blocked(db, me, other).await? {
                    true => Err(blocked_error(field)),
                    false => Ok(opening),
                }
            }
            Other::Shelter(other) => {
                shelters::find(db, other).await.at(field)?;
                match staff::staff_role(db, other, me).await? {
                    Some(_) => Err(own_side(field)),
                    None => Ok(opening),
                }
            }
        }
    }
}

impl Recipient {
    /// The input field that determines the recipient.
    fn field(&self) -> &'static str {
        match self {
            Self { member: Some(_), .. } => "memberId",
            Self { shelter: Some(_), .. } => "shelterId",
            Self { match_id: Some(_), .. } => "matchId",
            _ => "petId",
        }
    }

    /// The same recipient; instead of a match, the report of its other side.
    async fn named(self, db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Self> {
        let Some(id) = self.match_id else {
            return Ok(self);
        };
        if self.member.is_some() || self.pet.is_some() || self.shelter.is_some() {
            let message = "a match says whom you are writing to: leave out memberId, petId and shelterId";
            return Err(Error::field("matchId", FieldCode::Invalid, message));
        }
        let actor = Actor::of(db, viewer).await?;
        let (_, sides) = matching::find(db, &actor, id).await.at("matchId")?;
        let counterpart = sides.iter().find(|pet| !matching::speaks_for(&actor, pet));
        match counterpart.filter(|_| sides.iter().any(|pet| matching::speaks_for(&actor, pet))) {
            Some(pet) => Ok(Self {
                pet: Some(pet.id),
                ..Self::default()
            }),
            None => Err(Error::field(
                "matchId",
                FieldCode::NotAllowed,
                "you do not speak for exactly one of the two reports: give petId instead",
            )),
        }
    }
}

fn other_side(
    me: MemberId,
    member: Option<MemberId>,
    shelter: Option<ShelterId>,
    pet: Option<&pet::Model>,
) -> Result<Other> {
    match (member, shelter, pet) {
        (Some(_), Some(_), _) => {
            let message = "give memberId or shelterId, not both";
            Err(Error::field("shelterId", FieldCode::Invalid, message))
        }
        (None, None, None) => {
            let message = "say who you are writing to: memberId, petId or shelterId";
            Err(Error::field("memberId", FieldCode::Required, message))
        }
        (Some(member), None, None) => Ok(Other::Member(member)),
        (Some(member), None, Some(pet)) => beside_pet(me, member, pet),
        (None, Some(shelter), pet) => match pet {
            Some(pet) if pet.shelter_id != Some(shelter) => {
                let message = "this animal is not in that shelter's care: leave out petId or shelterId";
                Err(Error::field("petId", FieldCode::Invalid, message))
            }
            _ => Ok(Other::Shelter(shelter)),
        },
        (None, None, Some(pet)) => match (pet.shelter_id, pet.reporter_id) {
            (Some(shelter), _) => Ok(Other::Shelter(shelter)),
            (None, Some(reporter)) => Ok(Other::Member(reporter)),
            (None, None) => Err(Error::field(
                "petId",
                FieldCode::NotAllowed,
                "there is nobody to ask about this animal",
            )),
        },
    }
}

/// Two members may talk about a pet that one of them has reported.
fn beside_pet(me: MemberId, member: MemberId, pet: &pet::Model) -> Result<Other> {
    if pet.shelter_id.is_some() {
        let message = "this animal is in a shelter's care: give petId alone to write to the shelter";
        return Err(Error::field("memberId", FieldCode::NotAllowed, message));
    }
    if pet.reporter_id != Some(me) && pet.reporter_id != Some(member) {
        let message = "neither you nor that member has reported this animal: leave out petId or memberId";
        return Err(Error::field("petId", FieldCode::Invalid, message));
    }
    Ok(Other::Member(member))
}

fn own_side(field: &'static str) -> Error {
    let message = match field {
        "petId" => "this report is your own or your shelter's: give memberId to write to someone about it",
        _ => "you cannot write to yourself or to a shelter that you work for",
    };
    Error::field(field, FieldCode::NotAllowed, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn member(number: u128) -> MemberId {
        MemberId(Uuid::from_u128(number))
    }

    #[test]
    fn a_pair_and_a_pet_have_one_key_whoever_opens() {
        let pet_id = Some(PetId(Uuid::from_u128(9)));
        let opened = |me, other, pet_id| {
            let other = Other::Member(member(other));
            Opening {
                me: member(me),
                other,
                pet_id,
                is_about_lost: false,
            }
            .key()
        };
        assert_eq!(opened(1, 2, pet_id), opened(2, 1, pet_id));
        assert_ne!(opened(1, 2, pet_id), opened(1, 2, None));
        assert_ne!(opened(1, 2, None), opened(1, 3, None));
    }

    #[test]
    fn each_member_has_their_own_conversation_with_a_shelter() {
        let opened = |me| Opening {
            me: member(me),
            other: Other::Shelter(ShelterId(Uuid::from_u128(7))),
            pet_id: None,
            is_about_lost: false,
        };
        assert_ne!(opened(1).key(), opened(2).key());
    }

    #[test]
    fn somebody_and_only_one_must_be_named() {
        let code = |member, shelter| match other_side(MemberId(Uuid::nil()), member, shelter, None) {
            Err(Error::Invalid(faults)) => faults[0].code,
            other => panic!("{other:?}"),
        };
        assert_eq!(code(None, None), FieldCode::Required);
        assert_eq!(code(Some(member(1)), Some(ShelterId(Uuid::nil()))), FieldCode::Invalid);
    }
}
