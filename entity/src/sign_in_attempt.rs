//! Table `sign_in_attempts`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, SessionId, SignInAttemptId},
};

/// Attempts to sign in, or to link an identity, at a provider of OpenID Connect. Each can be finished once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempts")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SignInAttemptId,
    /// SHA-256, in hex, of the state that the provider sends back.
    #[sea_orm(column_type = "Text")]
    pub state_hash: String,
    /// SHA-256, in hex, of the secret that the browser keeps which has started it.
    #[sea_orm(column_type = "Text")]
    pub secret_hash: String,
    /// Id of the provider in the settings.
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    /// What the provider's token must repeat.
    #[sea_orm(column_type = "Text")]
    pub nonce: String,
    /// The verifier of PKCE, encrypted with a key derived from the installation's secret.
    #[sea_orm(column_type = "Text")]
    pub sealed_verifier: String,
    /// The member to link the identity to; null for a sign-in.
    pub member_id: Option<MemberId>,
    /// The log-in in which that member has started it.
    pub session_id: Option<SessionId>,
    /// When a request began to exchange the provider's code; no other may.
    pub claimed_at: Option<Timestamp>,
    /// Who the provider says it is, encrypted as the verifier is; null until the code was exchanged.
    #[sea_orm(column_type = "Text")]
    pub sealed_proof: Option<String>,
    /// When it was started.
    pub created_at: Timestamp,
    /// When it is void.
    pub expires_at: Timestamp,
    /// When it led to a log-in or a link.
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
