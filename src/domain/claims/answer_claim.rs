//! Answers the questions of a claim.

use entity::{
    claim, claim_try,
    id::{ClaimId, MemberId, PetId, PhotoId},
    vocabulary::{ClaimState, MatchState, UploadPurpose},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    copies::copied_from,
    model::{EXPIRES_AFTER, Part, SeenClaim, ended, in_words},
    open_claim::refuse_blocked,
    scam_patterns, store,
};
use crate::{
    deps::{Deps, Tx},
    domain::{matching, pets, pets::is_live, photos, staff::Actor},
    events::ClaimEvent,
    kernel::{AtField, Error, FieldCode, FieldError, Result, Viewer, text},
};

/// Maximum length of an answer, in characters.
const MAX_ANSWER: usize = 300;

/// An answer to one question.
#[derive(Debug, Clone)]
pub struct ClaimAnswer {
    /// Number of the question.
    pub number: i32,
    /// At most 300 characters.
    pub answer: String,
}

/// Input for answering a claim.
#[derive(Debug, Clone)]
pub struct AnswerClaim {
    /// The claim.
    pub id: ClaimId,
    /// At most one for each question, and at least one.
    pub answers: Vec<ClaimAnswer>,
    /// A photo of the viewer's own that shows what the challenge asks for.
    pub photo_id: Option<PhotoId>,
    /// A photo of the viewer's own of a document.
    pub document_id: Option<PhotoId>,
}

/// The content of a try.
struct Content {
    answers: String,
    photo_id: Option<PhotoId>,
    document_id: Option<PhotoId>,
}

/// Gives the judging side answers to look at. The same answers again change nothing while they wait or once they have
/// led to an end; other answers have to wait for the judgement, and for 10 minutes after a refusal.
pub async fn answer_claim(deps: &Deps, viewer: &Viewer, input: AnswerClaim) -> Result<SeenClaim> {
    let member = viewer.require_member()?;
    let copied = copied(deps, viewer, &input).await?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let seen = store::find_for_update(tx, &actor, input.id).await.at("id")?;
        if seen.part != Part::Claimant {
            return Err(Error::Forbidden(
                "only the side that opened a claim can answer it".into(),
            ));
        }
        let content = checked(&seen, &input)?;
        let is_repeat = seen.last.as_ref().is_some_and(|last| content.is(last));
        match seen.claim.state {
            ClaimState::Open if is_repeat => return Err(refused_before()),
            ClaimState::Open => {}
            _ if is_repeat => return Ok(seen),
            ClaimState::Answered => return Err(not_judged_yet()),
            state => return Err(ended(state)),
        }
        check_time(tx, &seen).await?;
        refuse_blocked(tx, "id", member, &seen.judged_pet).await?;
        check_pictures(tx, member, &input).await?;
        save(tx, &seen.claim, content, !copied.is_empty()).await?;
        let foreign = foreign(tx, &seen, &copied).await?;
        if !foreign.is_empty() {
            scam_patterns::note_copied_photo(tx, &seen.claim, member).await?;
        }
        tx.announce(ClaimEvent::ClaimAnswered { claim_id: input.id });
        store::find(tx, &actor, input.id).await
    })
    .await
}

/// The reports that show a copy of the photo. Before the transaction, because looking takes a while.
async fn copied(deps: &Deps, viewer: &Viewer, input: &AnswerClaim) -> Result<Vec<PetId>> {
    let (Some(photo), Some(member)) = (input.photo_id, viewer.member()) else {
        return Ok(Vec::new());
    };
    let db = deps.db.read();
    let actor = Actor::of(db, viewer).await?;
    let claim = store::find(db, &actor, input.id).await.at("id")?.claim;
    own_picture(db, member, photo, "photoId").await?;
    copied_from(deps, photo, [claim.claimant_pet_id, claim.judged_pet_id]).await
}

/// Those of these reports that are not the member's own.
async fn foreign(tx: &Tx, seen: &SeenClaim, copied: &[PetId]) -> Result<Vec<PetId>> {
    let own = &seen.claimant_pet;
    let reports = pets::find_many(tx, &Viewer::System, copied).await?;
    let is_own = |pet: &entity::pet::Model| {
        (pet.reporter_id.is_some() && pet.reporter_id == own.reporter_id)
            || (pet.shelter_id.is_some() && pet.shelter_id == own.shelter_id)
    };
    Ok(reports
        .into_iter()
        .filter(|pet| !is_own(pet))
        .map(|pet| pet.id)
        .collect())
}

fn checked(seen: &SeenClaim, input: &AnswerClaim) -> Result<Content> {
    let mut answers: Vec<Option<String>> = vec![None; seen.questions()?.len()];
    let mut faults = Vec::new();
    for (place, given) in input.answers.iter().enumerate() {
        let mut fault = |code, message: String| {
            faults.push(FieldError {
                path: vec!["answers".to_owned(), place.to_string()],
                code,
                message,
            });
        };
        let index = usize::try_from(given.number)
            .ok()
            .and_then(|number| number.checked_sub(1));
        let count = answers.len();
        let Some(slot) = index.and_then(|index| answers.get_mut(index)) else {
            let message = format!(
                "there is no question {}: this claim has questions 1 to {count}",
                given.number
            );
            fault(FieldCode::OutOfRange, message);
            continue;
        };
        match text::optional_line("answer", Some(&given.answer), MAX_ANSWER) {
            Ok(_) if slot.is_some() => {
                let message = format!("question {} is answered twice: give one answer", given.number);
                fault(FieldCode::Invalid, message);
            }
            Ok(answer) => *slot = answer,
            Err(refused) => fault(refused.code, refused.message),
        }
    }
    if faults.is_empty() && answers.iter().all(Option::is_none) {
        let message = "answer at least one of the questions";
        faults.push(FieldError::new("answers", FieldCode::Required, message));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    Ok(Content {
        answers: serde_json::to_string(&answers)?,
        photo_id: input.photo_id,
        document_id: input.document_id,
    })
}

impl Content {
    fn is(&self, last: &claim_try::Model) -> bool {
        self.answers == last.answers && self.photo_id == last.photo_id && self.document_id == last.document_id
    }
}

fn refused_before() -> Error {
    let message = "the other side has refused exactly these answers: give others, or a photo";
    Error::field("answers", FieldCode::NotAllowed, message)
}

fn not_judged_yet() -> Error {
    let message = "the other side has not judged your answers yet: wait until they have";
    Error::field("id", FieldCode::Conflict, message)
}

/// Refuses answers that come too early, or too late.
async fn check_time(tx: &Tx, seen: &SeenClaim) -> Result<()> {
    check_open(tx, seen).await?;
    match seen.claim.may_answer_at.filter(|next| tx.now() < *next) {
        Some(next) => {
            let wait = in_words(next.since(tx.now()));
            let message = format!("your last answers were refused: you can give new ones in {wait}");
            Err(Error::field("id", FieldCode::LimitReached, message))
        }
        None => Ok(()),
    }
}

/// Refuses a claim that is about to end: a report was closed, the match dismissed, or nobody went on with it in time.
pub(super) async fn check_open(tx: &Tx, seen: &SeenClaim) -> Result<()> {
    let refused = |message| Err(Error::field("id", FieldCode::NotAllowed, message));
    if ![&seen.claimant_pet, &seen.judged_pet]
        .iter()
        .all(|pet| is_live(pet.status))
    {
        return refused("one of the two reports is closed: there is nothing left to claim");
    }
    if seen.claim.expires_at <= tx.now() {
        return Err(ended(ClaimState::Expired));
    }
    let found = matching::with_id(tx, seen.claim.match_id).await?;
    if found.ended_at.is_some() {
        return refused("the reports say by now that they are two animals: write to the other side instead");
    }
    match found.state {
        MatchState::Dismissed => refused("the match was dismissed: write to the other side instead"),
        MatchState::New | MatchState::Confirmed => Ok(()),
    }
}

async fn check_pictures(tx: &Tx, member: MemberId, input: &AnswerClaim) -> Result<()> {
    for (field, picture) in [("photoId", input.photo_id), ("documentId", input.document_id)] {
        let Some(picture) = picture else { continue };
        own_picture(tx, member, picture, field).await?;
        if store::is_used_elsewhere(tx, picture, input.id).await? {
            let message = "this picture was sent in another claim: take a new one";
            return Err(Error::field(field, FieldCode::NotAllowed, message));
        }
    }
    Ok(())
}

async fn own_picture(
    db: &impl sea_orm::ConnectionTrait,
    member: MemberId,
    picture: PhotoId,
    field: &'static str,
) -> Result<()> {
    match photos::find_own(db, member, picture, UploadPurpose::ClaimPhoto).await {
        Err(Error::NotFound(_)) => {
            let message = "this is not a photo that you uploaded for a claim: use createUpload with CLAIM_PHOTO";
            Err(Error::field(field, FieldCode::NotFound, message))
        }
        found => found.map(|_| ()),
    }
}

async fn save(tx: &Tx, claim: &claim::Model, content: Content, is_copy: bool) -> Result<()> {
    let number = claim.tries + 1;
    let row = claim_try::Model {
        claim_id: claim.id,
        number,
        answers: content.answers,
        photo_id: content.photo_id,
        document_id: content.document_id,
        photo_is_copy: is_copy,
        answered_at: tx.now(),
        reason: None,
        refused_by: None,
        refused_at: None,
    };
    claim_try::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    let changed = claim::ActiveModel {
        id: Set(claim.id),
        state: Set(ClaimState::Answered),
        tries: Set(number),
        may_answer_at: Set(None),
        expires_at: Set(tx.now().plus(EXPIRES_AFTER)),
        ..Default::default()
    };
    claim::Entity::update(changed).exec(tx).await?;
    Ok(())
}
