//! How often people try to log in, to register and to verify an address.

use std::time::Duration;

use crate::deps::{DAY, Deps, HOUR, Limit};

const QUARTER: Duration = Duration::from_secs(15 * 60);

/// Tries of one network at one account.
pub(super) const TRIES_AT_ONE_ACCOUNT: Limit = Limit::new("log-in-at", 10, "tries to log in", QUARTER);
/// Tries of one network at all accounts.
pub(super) const TRIES: Limit = Limit::new("log-in", 300, "tries to log in", QUARTER).of("from one network");
/// Tries at one account from all networks where its member has never logged in.
pub(super) const TRIES_FROM_ELSEWHERE: Limit = Limit::new("log-in-from-elsewhere", 50, "tries", HOUR).of(
    "to log in from where this member has never logged in: use a device or a network from which you have logged in before, \
     or wait",
);
/// Accounts of one network: a school or a shelter behind one router still gets through.
pub(super) const REGISTRATIONS: Limit = Limit::new("register", 300, "accounts", HOUR).of("from one network");
/// Accounts of one network for one e-mail address.
pub(super) const REGISTRATIONS_OF_ONE_ADDRESS: Limit =
    Limit::new("register-address", 5, "accounts", HOUR).of("with one e-mail address from one network");
/// Tokens of mails that one network tries.
pub(super) const PROOFS: Limit = Limit::new("verify-email", 300, "tokens", HOUR).of("from one network");
/// Codes of second factors that one network tries at one account.
pub(super) const CODES_AT_ONE_ACCOUNT: Limit = Limit::new("second-factor-at", 10, "codes", QUARTER);
/// Codes at one account from all networks where its member has never logged in.
pub(super) const CODES_FROM_ELSEWHERE: Limit = Limit::new("second-factor-from-elsewhere", 30, "codes", HOUR)
    .of("from where this member has never logged in: use a network from which you have logged in before, or wait");
/// Text messages with codes for the log-ins of one member.
pub(super) const CODES_TEXTED: Limit = Limit::new("second-factor-text", 5, "codes by text message", QUARTER);
/// Passkeys that the devices of one network are asked for, to add one or to log in.
pub(super) const PASSKEYS_STARTED: Limit =
    Limit::new("passkey", 300, "challenges for a passkey", QUARTER).of("from one network");
/// Passwords that a member who is logged in gives once more.
pub(super) const PASSWORDS_CONFIRMED: Limit = Limit::new("confirm-password", 10, "passwords", QUARTER);
/// Mails for forgotten passwords that one network asks for.
pub(super) const RESETS: Limit =
    Limit::new("reset-password", 60, "mails for forgotten passwords", HOUR).of("from one network");
/// Mails for forgotten passwords to one address, whoever asks for them.
pub(super) const RESETS_OF_ONE_ADDRESS: Limit =
    Limit::new("reset-password-of", 5, "mails for forgotten passwords", HOUR).of("to one address");
/// Changes of address that one member asks for; each sends mails to an address that may be a stranger's.
pub(super) const EMAIL_CHANGES: Limit = Limit::new("change-email", 5, "changes of the address", DAY);
/// Verification mails that one member asks for.
pub(super) const MAILS_ASKED_FOR: Limit = Limit::new("verification-mail", 5, "verification mails", HOUR);
/// Sign-ins with an account at another service, and links to one, that one network begins.
pub(super) const IDENTITY_STARTS: Limit =
    Limit::new("identity-start", 300, "sign-ins begun", QUARTER).of("from one network");
/// Those that one network tries to finish; each may ask the other service.
pub(super) const IDENTITY_FINISHES: Limit =
    Limit::new("identity-finish", 300, "sign-ins finished", QUARTER).of("from one network");
/// Mails about registrations that one address gets, whoever asks for them.
const MAILS: Limit = Limit::new("mails-to", 10, "mails about registrations", HOUR).of("to one address");
const MAILS_A_DAY: Limit = Limit::new("mails-to-day", 30, "mails about registrations", DAY).of("to one address");

/// Rate limits for accounts.
pub const LIMITS: &[Limit] = &[
    TRIES_AT_ONE_ACCOUNT,
    TRIES,
    TRIES_FROM_ELSEWHERE,
    REGISTRATIONS,
    REGISTRATIONS_OF_ONE_ADDRESS,
    PROOFS,
    CODES_AT_ONE_ACCOUNT,
    CODES_FROM_ELSEWHERE,
    CODES_TEXTED,
    PASSKEYS_STARTED,
    PASSWORDS_CONFIRMED,
    RESETS,
    RESETS_OF_ONE_ADDRESS,
    EMAIL_CHANGES,
    MAILS_ASKED_FOR,
    IDENTITY_STARTS,
    IDENTITY_FINISHES,
    MAILS,
    MAILS_A_DAY,
];

/// Whether one more mail about a registration may go to an address that perhaps never asked for it.
pub(super) async fn may_mail(deps: &Deps, email: &str) -> bool {
    deps.hit(&MAILS, email).await.is_ok() && deps.hit(&MAILS_A_DAY, email).await.is_ok()
}
