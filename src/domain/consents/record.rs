//! Gives consents and takes them back.

use entity::{
    consent,
    id::{ConsentId, MemberId},
    vocabulary::ConsentPurpose,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::store::last;
use crate::{
    deps::{DAY, Deps, Limit, Tx},
    domain::accounts,
    kernel::{Error, FieldCode, Result, Viewer, text},
};

/// Most characters of what somebody was shown.
const WORDING: usize = 2_000;

/// Every change is kept for ever, so that there is a most.
pub(super) const CONSENTS: Limit = Limit::new("record-consent", 50, "consents", DAY);

/// What is said about a consent.
#[derive(Debug, Clone)]
pub struct RecordConsent {
    /// What it is about.
    pub purpose: ConsentPurpose,
    /// Whether the member agrees from now on.
    pub granted: bool,
    /// The words that they were shown.
    pub wording: String,
}

/// Records what the viewer agrees to from now on, or no longer. Saying the same again changes nothing, and does not count.
pub async fn record_consent(deps: &Deps, viewer: &Viewer, input: RecordConsent) -> Result<consent::Model> {
    let member = viewer.require_member()?;
    let wording = text::prose("wording", &input.wording, WORDING).map_err(|fault| Error::Invalid(vec![fault]))?;
    let input = RecordConsent { wording, ..input };
    if input.purpose == ConsentPurpose::TextMessages {
        let message = "text messages begin with verifyPhone, and end when STOP is sent to their number";
        return Err(Error::field("purpose", FieldCode::NotAllowed, message));
    }
    if let Some(known) = said_before(deps.db.read(), member, &input).await? {
        return Ok(known);
    }
    deps.limit(&CONSENTS, member).await?;
    deps.write(async |tx| {
        accounts::lock_member(tx, member).await?;
        match said_before(tx, member, &input).await? {
            Some(known) => Ok(known),
            None => note_consent(deps, tx, member, input.clone()).await,
        }
    })
    .await
}

/// The member's last word about the purpose, if it is the same.
async fn said_before(
    db: &impl ConnectionTrait,
    member: MemberId,
    said: &RecordConsent,
) -> Result<Option<consent::Model>> {
    let known = last(db, member, said.purpose).await?;
    Ok(known.filter(|known| known.granted == said.granted && known.wording == said.wording))
}

/// Writes down what a member has agreed to, or taken back, in the caller's transaction.
pub async fn note_consent(deps: &Deps, tx: &Tx, member: MemberId, said: RecordConsent) -> Result<consent::Model> {
    let row = consent::ActiveModel {
        id: Set(ConsentId(deps.ids.uuid(tx.now()))),
        member_id: Set(member),
        purpose: Set(said.purpose),
        granted: Set(said.granted),
        wording: Set(said.wording),
        address: Set(deps.asker().map(|address| address.to_string())),
        created_at: Set(tx.now()),
    };
    Ok(consent::Entity::insert(row).exec_with_returning(tx).await?)
}
