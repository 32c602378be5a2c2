//! All jobs, one file each, and the list of their kinds.

pub mod alert_match;
pub mod deliver_to_webhook;
pub mod end_claims;
pub mod end_matches;
pub mod enrol_staff;
pub mod erase_account;
pub mod fetch_photos;
pub mod find_matches;
pub mod learn_all_photos;
pub mod learn_photos;
pub mod look_up_places;
pub mod make_export;
pub mod recompute_holds;
pub mod run_connector;
pub mod run_import;
pub mod send_connector_mail;
pub mod send_email_change_mail;
pub mod send_export_mail;
pub mod send_invitation_mail;
pub mod send_reset_mail;
pub mod send_security_mail;
pub mod send_sms;
pub mod send_verification_mail;
pub mod send_webhook_mail;
pub mod settle_pulled_import;
pub mod tell_claim;
pub mod tell_connector_off;
pub mod tell_conversation;
pub mod tell_decision;
pub mod tell_import;
pub mod tell_mail_refused;
pub mod tell_match_ended;
pub mod tell_searches;
pub mod tell_shelter_verified;
pub mod tell_sighting;
pub mod tell_transfer;
pub mod tell_webhook_off;
pub mod tell_webhooks;
pub mod text_log_in_code;
pub mod undo_import;
pub mod withdraw_offers;

mod reported;

pub use reported::Reported;

use super::job::{Kind, NewJob};
use crate::{deps::Deps, events::Event, kernel::Result};

/// Every kind of job.
static KINDS: &[Kind] = &[
    Kind::of::<alert_match::AlertMatch>(),
    Kind::of::<deliver_to_webhook::DeliverToWebhook>(),
    Kind::of::<end_matches::EndMatches>(),
    Kind::of::<end_claims::EndClaims>(),
    Kind::of::<enrol_staff::EnrolStaff>(),
    Kind::of::<erase_account::EraseAccount>(),
    Kind::of::<fetch_photos::FetchPhotos>(),
    Kind::of::<find_matches::FindMatches>(),
    Kind::of::<learn_all_photos::LearnAllPhotos>(),
    Kind::of::<learn_photos::LearnPhotos>(),
    Kind::of::<look_up_places::LookUpPlaces>(),
    Kind::of::<make_export::MakeExport>(),
    Kind::of::<recompute_holds::RecomputeHolds>(),
    Kind::of::<run_connector::RunConnector>(),
    Kind::of::<run_import::RunImport>(),
    Kind::of::<send_connector_mail::SendConnectorMail>(),
    Kind::of::<send_email_change_mail::SendEmailChangeMail>(),
    Kind::of::<send_export_mail::SendExportMail>(),
    Kind::of::<send_invitation_mail::SendInvitationMail>(),
    Kind::of::<send_reset_mail::SendResetMail>(),
    Kind::of::<send_security_mail::SendSecurityMail>(),
    Kind::of::<send_sms::SendSms>(),
    Kind::of::<send_verification_mail::SendVerificationMail>(),
    Kind::of::<send_webhook_mail::SendWebhookMail>(),
    Kind::of::<settle_pulled_import::SettlePulledImport>(),
    Kind::of::<tell_claim::TellClaim>(),
    Kind::of::<tell_connector_off::TellConnectorOff>(),
    Kind::of::<tell_conversation::TellConversation>(),
    Kind::of::<tell_decision::TellDecision>(),
    Kind::of::<tell_import::TellImport>(),
    Kind::of::<tell_mail_refused::TellMailRefused>(),
    Kind::of::<tell_match_ended::TellMatchEnded>(),
    Kind::of::<tell_searches::TellSearches>(),
    Kind::of::<tell_shelter_verified::TellShelterVerified>(),
    Kind::of::<tell_sighting::TellSighting>(),
    Kind::of::<tell_transfer::TellTransfer>(),
    Kind::of::<tell_webhook_off::TellWebhookOff>(),
    Kind::of::<tell_webhooks::TellWebhooks>(),
    Kind::of::<text_log_in_code::TextLogInCode>(),
    Kind::of::<undo_import::UndoImport>(),
    Kind::of::<withdraw_offers::WithdrawOffers>(),
];

/// The kind with that name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The jobs that an event triggers. This is the only place where features meet.
pub fn reactions(event: &Event) -> Result<Vec<NewJob>> {
    KINDS.iter().filter_map(|kind| kind.reaction(event)).collect()
}

/// The same without those that have nothing to do.
pub async fn needed_reactions(deps: &Deps, event: &Event) -> Result<Vec<NewJob>> {
    let mut needed = Vec::new();
    for kind in KINDS {
        if let Some(job) = kind.reaction(event)
            && kind.is_needed(deps, event).await?
        {
            needed.push(job?);
        }
    }
    Ok(needed)
}
