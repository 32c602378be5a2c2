//! Tells members of changes to their account, in case that it was somebody else.

use entity::id::{JobId, MemberId};

use super::store;
use crate::{
    deps::{Button, Deps, Letter, send_mail},
    events::SecurityChange,
    kernel::{OrGone, Outcome, Result},
};

/// Job: writes to the member.
pub async fn send_security_mail(
    deps: &Deps,
    job_id: JobId,
    member_id: MemberId,
    change: SecurityChange,
) -> Result<Outcome> {
    send(deps, job_id, member_id, change)
        .await
        .or_gone("the member is gone")
}

async fn send(deps: &Deps, job_id: JobId, member_id: MemberId, change: SecurityChange) -> Result<()> {
    let member = store::member_by_id(deps.db.read(), member_id).await?;
    if member.email.is_empty() {
        return Ok(());
    }
    send_mail(deps, job_id, async |_| {
        let (subject, what) = words(change);
        let and_then = Some("Then unlink the account that is not yours: a new password does not.");
        Ok(Letter {
            sender_id: member.id,
            to: member.email,
            subject: subject.to_owned(),
            paragraphs: vec![
                what.to_owned(),
                "If that was you, there is nothing to do.".to_owned(),
                remedy(change).to_owned(),
            ],
            button: Some(Button {
                label: "Choose a new password",
                url: format!("{}/forgot-password", deps.app_url),
            }),
            afterwards: and_then
                .filter(|_| change == SecurityChange::IdentityLinked)
                .map(str::to_owned)
                .into_iter()
                .collect(),
        })
    })
    .await
}

/// What to do if it was somebody else.
fn remedy(change: SecurityChange) -> &'static str {
    match change {
        SecurityChange::PasskeyAdded => {
            "If it was not you, choose a new password at once, which ends all log-ins on all devices. Then log in and remove \
             the passkey, which the new password does not do."
        }
        _ => "If it was not you, choose a new password at once. It ends all log-ins on all devices.",
    }
}

/// The subject and what happened.
fn words(change: SecurityChange) -> (&'static str, &'static str) {
    match change {
        SecurityChange::PasswordChanged => (
            "Your password was changed",
            "The password of your Finding Sweetie account was changed. All other devices were logged out.",
        ),
        SecurityChange::PasswordReset => (
            "Your password was changed",
            "A new password was chosen for your Finding Sweetie account, with a link that was sent to this address. All \
             devices were logged out.",
        ),
        SecurityChange::EmailChanged => (
            "Your e-mail address was changed",
            "Your Finding Sweetie account uses this e-mail address from now on.",
        ),
        SecurityChange::TotpEnabled => (
            "Two-step verification is on",
            "Logging in to your Finding Sweetie account needs a code of your authenticator app from now on. Keep the \
             recovery codes in a safe place: without them, nobody can let you in when the app is lost.",
        ),
        SecurityChange::TextCodesEnabled => (
            "Two-step verification is on",
            "Logging in to your Finding Sweetie account needs a code that is sent to your phone from now on. Keep the \
             recovery codes in a safe place: without them, nobody can let you in when the phone is lost.",
        ),
        SecurityChange::SecondFactorDisabled => (
            "Two-step verification is off",
            "Logging in to your Finding Sweetie account needs only the password from now on.",
        ),
        SecurityChange::PhoneLost => (
            "Your phone number was verified by someone else",
            "Another member has verified the phone number of your Finding Sweetie account, so text messages no longer come to \
             you. If codes for logging in came there, use one of your recovery codes, then turn the codes off.",
        ),
        SecurityChange::PasskeyAdded => (
            "You have a new passkey",
            "A passkey was added to your Finding Sweetie account. It opens the account without the password.",
        ),
        SecurityChange::PasskeyRemoved => (
            "A passkey was removed",
            "A passkey was removed from your Finding Sweetie account. It does not open the account any more.",
        ),
        SecurityChange::RecoveryCodesMade => (
            "You have new recovery codes",
            "New recovery codes were made for your Finding Sweetie account. The old ones no longer work.",
        ),
        SecurityChange::DeletionScheduled => (
            "Your account will be deleted",
            "Your Finding Sweetie account will be deleted in 14 days, with your reports. To keep it, log in before then.",
        ),
        SecurityChange::DeletionTakenBack => (
            "Your account stays",
            "Someone logged in to your Finding Sweetie account, so it will not be deleted.",
        ),
        SecurityChange::IdentityLinked => (
            "There is another way to log in",
            "An account at another service was linked to your Finding Sweetie account. Whoever has that account can log in \
             with it from now on, until you unlink it in your settings.",
        ),
        SecurityChange::IdentityUnlinked => (
            "A way to log in was removed",
            "An account at another service was unlinked from your Finding Sweetie account. Nobody can log in with it any more.",
        ),
        SecurityChange::RecoveryCodeUsed => (
            "A recovery code was used",
            "Someone used one of your recovery codes to log in. Each works once.",
        ),
    }
}
