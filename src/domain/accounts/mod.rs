//! Accounts: identity of members, and their sessions on devices.
//!
//! A password is stored only as an Argon2id hash. A refresh token can be used once; a second use ends its whole
//! family, unless the same client repeats the request at once. A revoked session ends everywhere at once. An address
//! belongs to the account for which it was verified, and all other accounts that gave it lose it. Nobody can find out
//! which addresses have accounts. Guessing is limited: ten failures from one network at one account block that pair
//! for a quarter of an hour, and fifty an hour from all networks where a member never logged in block those, which
//! locks nobody out of their own devices.

mod audit;
mod email_verification;
mod give_way;
mod grant_role;
mod limits;
mod model;
mod password;
mod register;
mod sessions;
mod store;

pub use audit::{AuditFilter, audit, audit_entry, audit_log, count_audit_log};
pub use email_verification::{request_email_verification, send_verification_mail, verify_email};
pub use grant_role::grant_role;
pub use limits::LIMITS;
pub use model::{ACCESS_TOKEN_FOR, LoggedIn, REFRESH_TOKEN_FOR, Tokens};
pub use password::{RECOMMENDED_COST, Settings};
pub use register::{Register, register};
pub use sessions::{
    Authenticated, LogIn, authenticate_member, ended_log_ins, log_in, log_out, refresh_tokens, revoke_session,
};
pub use store::{
    find_session, has_members, lock_member, member_batched, member_by_email, member_by_id, members_by_ids, sessions_of,
};
