//! Accounts: identity of members, and their sessions on devices.
//!
//! A password is stored only as an Argon2id hash. A refresh token can be used once; a second use ends its whole
//! family, unless the same client repeats the request at once. A revoked session ends everywhere at once. An address
//! belongs to the account for which it was verified, and all other accounts that gave it lose it. Nobody can find out
//! which addresses have accounts. Guessing is limited: ten failures from one network at one account block that pair
//! for a quarter of an hour, and fifty an hour from all networks where a member never logged in block those, which
//! locks nobody out of their own devices. Whatever makes an account less secure needs the password once more, and a
//! mail tells the member.

mod audit;
mod deletion;
mod email;
mod grant_role;
mod housekeeping;
mod identities;
mod limits;
mod model;
mod passkeys;
mod password;
mod register;
mod second_factor;
mod security_mail;
mod sessions;
mod store;
mod ways_in;

pub use audit::{AuditFilter, audit, audit_entry, audit_log, count_audit_log};
pub use deletion::{DELETED_MEMBER, DeleteAccount, empty_account, members_to_delete, schedule_deletion};
pub use email::{
    ChangeEmail, EmailConfirmed, change_email, confirm_email_change, pending_email, request_email_verification,
    send_change_mail, send_verification_mail, verify_email,
};
pub use grant_role::grant_role;
pub use housekeeping::forget_mailed_tokens;
pub use identities::{
    FinishIdentityLink, FinishIdentitySignIn, StartedAttempt, finish_identity_link, finish_identity_sign_in,
    identities_of, identity_of, provider_name, start_identity_link, start_identity_sign_in, unlink_identity,
};
pub use limits::LIMITS;
pub use model::{ACCESS_TOKEN_FOR, DELETED_AFTER, LoggedIn, REFRESH_TOKEN_FOR, Tokens};
pub use passkeys::{
    AddPasskey, RemovePasskey, add_passkey, log_in_with_passkey, passkeys_of, remove_passkey, rename_passkey,
    start_passkey_log_in, start_passkey_registration,
};
pub use password::{
    ChangePassword, RECOMMENDED_COST, ResetPassword, Settings, change_password, confirm_password,
    request_password_reset, reset_password, send_reset_mail,
};
pub use register::{Register, register};
pub use second_factor::{
    CreateRecoveryCodes, DisableSecondFactor, StartTotp, TotpSecret, TwoFactor, confirm_totp, create_recovery_codes,
    disable_second_factor, log_in_code, pending_log_in_code, reseal, start_totp, turn_on_texts, two_factor_of,
};
pub use security_mail::send_security_mail;
pub use sessions::{
    Authenticated, LogIn, authenticate_member, device, ended_log_ins, log_in, log_out, public_keys, refresh_tokens,
    revoke_session,
};
pub use store::{
    find_session, has_members, lock_member, member_batched, member_by_email, member_by_id, members_by_ids, sessions_of,
};
