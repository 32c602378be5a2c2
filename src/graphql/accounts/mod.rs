//! Accounts in the schema.

mod addresses;
mod identities;
mod loaders;
mod member;
mod mutation;
mod passkeys;
mod passwords;
mod query;
mod session;
mod two_factor;
mod viewer;

pub use addresses::AddressMutation;
pub use identities::{Identity, IdentityMutation, IdentityQuery};
pub use loaders::Members;
pub use member::Member;
pub use mutation::AccountMutation;
pub use passkeys::{Passkey, PasskeyMutation};
pub use passwords::PasswordMutation;
pub use query::AccountQuery;
pub use session::{Session, Tokens};
pub use two_factor::{TwoFactor, TwoFactorMutation};
pub use viewer::AccountViewer;
