//! Invites a person to a shelter's staff, by e-mail.

use std::time::Duration;

use entity::{
    id::{InvitationId, JobId, MemberId, ShelterId},
    shelter, shelter_staff, staff_invitation,
    vocabulary::StaffRole,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    deps::{Button, DAY, Deps, IdempotencyKey, Letter, Limit, Remembered, Tx, is_repeat, once, send_mail},
    domain::{
        accounts,
        shelters::{access, store},
        staff,
    },
    events::ShelterEvent,
    kernel::{
        Error, FieldCode, OrGone, Outcome, Result, Viewer,
        secret::{fingerprint, hex},
        text,
    },
};

const GOOD_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Limited because the mails go to addresses that never asked for them.
pub(in crate::domain::shelters) const OF_SHELTER: Limit =
    Limit::new("invite-staff", 50, "invitations", DAY).of("of one shelter");
pub(in crate::domain::shelters) const OF_MEMBER: Limit =
    Limit::new("invite-staff-of-member", 50, "invitations", DAY).of("of one member");
/// Invitations from unverified shelters are counted separately, so that they do not use up the limit for others.
pub(in crate::domain::shelters) const TO_ADDRESS: Limit =
    Limit::new("invite-staff-to", 5, "invitations", DAY).of("to one address");

/// Input for inviting a person.
pub struct InviteStaff {
    /// The shelter that invites.
    pub shelter_id: ShelterId,
    /// E-mail address of the person, who must log in with an account that has it.
    pub email: String,
    /// The role offered.
    pub role: StaffRole,
    /// A repeat with the same key and input within 24 hours sends no second mail.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Result of an invitation.
pub enum Invited {
    /// A mail with a token is being sent.
    Waiting(staff_invitation::Model),
    /// The person already works there in that role; nothing was sent.
    Already(shelter_staff::Model),
}

/// Invites a person; the mail follows. A new invitation to the same address replaces a pending one.
pub async fn invite_staff(deps: &Deps, viewer: &Viewer, input: InviteStaff) -> Result<Invited> {
    let InviteStaff {
        shelter_id,
        email,
        role,
        idempotency_key,
    } = input;
    let shelter = access::administered(deps.db.read(), viewer, shelter_id).await?;
    let invited_by = viewer.require_member()?;
    let email = text::email("email", &email).map_err(|fault| Error::Invalid(vec![fault]))?;
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "inviteStaff", key).await? {
        count(deps, &shelter, invited_by, &email).await?;
    }
    deps.write(async |tx| {
        access::administered(tx, viewer, shelter_id).await?;
        let reservation = match once(tx, viewer, "inviteStaff", key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(first) => return invited_before(tx, shelter_id, &email, &first).await,
        };
        if let Some(known) = working_here(tx, shelter_id, &email).await? {
            reservation.fulfil(tx, "").await?;
            return already(known, role);
        }
        staff_invitation::Entity::delete_many()
            .filter(staff_invitation::COLUMN.shelter_id.eq(shelter_id))
            .filter(staff_invitation::COLUMN.email.eq(email.as_str()))
            .filter(staff_invitation::COLUMN.accepted_at.is_null())
            .exec(tx)
            .await?;
        let row = invitation(deps, tx, shelter_id, invited_by, email, role);
        let invitation = staff_invitation::Entity::insert(row).exec_with_returning(tx).await?;
        let subject = Some(shelter_id.to_string());
        accounts::audit(deps, tx, viewer.actor(), "staff_invited", subject, None).await?;
        reservation.fulfil(tx, invitation.id).await?;
        tx.announce(ShelterEvent::StaffInvited {
            invitation_id: invitation.id,
        });
        Ok(Invited::Waiting(invitation))
    })
    .await
}

async fn count(deps: &Deps, shelter: &shelter::Model, sender: MemberId, recipient: &str) -> Result<()> {
    let kind = if shelter.verified { "verified" } else { "unverified" };
    deps.limit(&OF_SHELTER, shelter.id).await?;
    deps.limit(&OF_MEMBER, sender).await?;
    deps.limit(&TO_ADDRESS, format!("{kind}:{recipient}")).await
}

/// The present state of the invitation with that id: pending, or accepted, so that the person now works there.
async fn invited_before(tx: &Tx, shelter_id: ShelterId, email: &str, id: &str) -> Result<Invited> {
    if let Some(known) = working_here(tx, shelter_id, email).await? {
        return Ok(Invited::Already(known));
    }
    let found = match id.parse::<InvitationId>() {
        Ok(id) => staff_invitation::Entity::find_by_id(id).one(tx).await?,
        Err(_) => None,
    };
    found.map(Invited::Waiting).ok_or_else(|| {
        let message = "the invitation with this key has expired or was withdrawn: use a new key for a new invitation";
        Error::field("idempotencyKey", FieldCode::Conflict, message)
    })
}

async fn working_here(
    db: &impl ConnectionTrait,
    shelter_id: ShelterId,
    email: &str,
) -> Result<Option<shelter_staff::Model>> {
    let Some(member) = accounts::member_by_email(db, email).await? else {
        return Ok(None);
    };
    let staff = staff::staff_of(db, shelter_id).await?;
    Ok(staff.into_iter().find(|row| row.member_id == member.id))
}

fn already(known: shelter_staff::Model, role: StaffRole) -> Result<Invited> {
    if known.role == role {
        return Ok(Invited::Already(known));
    }
    let message =
        "this person already works for the shelter in another role: remove them first, then invite them again";
    Err(Error::field("email", FieldCode::Taken, message))
}

/// The hash is of a secret that nobody knows: the real token is generated when the mail is sent, and only the mail has
/// it.
fn invitation(
    deps: &Deps,
    tx: &Tx,
    shelter_id: ShelterId,
    invited_by: MemberId,
    email: String,
    role: StaffRole,
) -> staff_invitation::ActiveModel {
    staff_invitation::ActiveModel {
        id: Set(InvitationId(deps.ids.uuid(tx.now()))),
        shelter_id: Set(shelter_id),
        email: Set(email),
        role: Set(role),
        token_hash: Set(fingerprint(deps.ids.secret())),
        invited_by: Set(invited_by),
        expires_at: Set(tx.now().plus(GOOD_FOR)),
        accepted_at: Set(None),
        created_at: Set(tx.now()),
    }
}

/// Job: sends the mail, with a new token.
pub async fn send_invitation_mail(deps: &Deps, job_id: JobId, id: InvitationId) -> Result<Outcome> {
    send_token(deps, job_id, id).await.or_gone("the invitation is gone")
}

async fn send_token(deps: &Deps, job_id: JobId, id: InvitationId) -> Result<()> {
    let db = deps.db.read();
    let found = staff_invitation::Entity::find_by_id(id).one(db).await?;
    let invitation = found.ok_or(Error::NotFound("invitation"))?;
    if invitation.accepted_at.is_some() || invitation.expires_at <= deps.clock.now() {
        return Ok(());
    }
    let shelter = store::find(db, invitation.shelter_id).await?;
    send_mail(deps, job_id, async |tx| {
        let token = format!("inv_{}", hex(&deps.ids.secret()));
        set_token(tx, id, &token).await?;
        Ok(Letter {
            sender_id: invitation.invited_by,
            to: invitation.email,
            subject: format!("{} invites you to its staff", named(&shelter)),
            paragraphs: vec![
                format!(
                    "{} invites you to work with its animals on Finding Sweetie.",
                    named(&shelter)
                ),
                "To accept, log in with an account of this address, or create one, within seven days.".to_owned(),
            ],
            button: Some(Button {
                label: "Accept the invitation",
                url: format!("{}/accept-invitation#{token}", deps.app_url),
            }),
            afterwards: vec!["If you do not expect this invitation, ignore this mail.".to_owned()],
        })
    })
    .await
}

/// Makes a token the valid one of a pending invitation.
async fn set_token(tx: &Tx, id: InvitationId, token: &str) -> Result<()> {
    let kept = staff_invitation::Entity::update_many()
        .col_expr(staff_invitation::Column::TokenHash, Expr::value(fingerprint(token)))
        .filter(staff_invitation::COLUMN.id.eq(id))
        .filter(staff_invitation::COLUMN.accepted_at.is_null())
        .exec(tx)
        .await?;
    match kept.rows_affected {
        1 => Ok(()),
        _ => Err(Error::NotFound("invitation")),
    }
}

/// The shelter's name for a mail: anybody can register a shelter under any name, so only verified names are sent.
fn named(shelter: &shelter::Model) -> &str {
    if shelter.verified {
        &shelter.name
    } else {
        "A shelter that is not yet verified"
    }
}
