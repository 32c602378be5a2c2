//! Finishes signing in with an account at another service.

use entity::{member, sign_in_attempt};

use super::{
    account::{Account, NewAccount, changed, create, link},
    attempt,
    prove::prove,
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{
        limits::{IDENTITY_FINISHES, REGISTRATIONS},
        model::LoggedIn,
        password,
        second_factor::{check_code, refuse_unasked},
        sessions::open_session,
    },
    kernel::{Error, Result, secret::hex, viewer::Origin},
    ports::identity_provider::ProvedIdentity,
};

/// Input for finishing.
pub struct FinishIdentitySignIn {
    /// From the provider, by way of the browser.
    pub state: String,
    /// As the state.
    pub code: String,
    /// What the browser kept.
    pub secret: String,
    /// Code of the second factor, if the account has one.
    pub two_factor_code: Option<String>,
}

/// Logs in whoever the provider says it is: the member who has linked that identity; or the member who has verified the
/// address that the provider has verified too, to whom it is linked then; or a new member. If a second factor is asked for,
/// the same state and secret are good once more, with its code.
pub async fn finish_identity_sign_in(deps: &Deps, origin: &Origin, input: FinishIdentitySignIn) -> Result<LoggedIn> {
    deps.limit(&IDENTITY_FINISHES, origin.address).await?;
    let attempt = attempt::find(deps, &input.state, &input.secret, None).await?;
    let proved = prove(deps, origin, &attempt, &input.code).await?;
    let account = Account::of(deps.db.read(), &proved).await?;
    let mut was_asked = false;
    let new = match account.member() {
        Some(member) => {
            let checked = check_code(deps, origin, member, input.two_factor_code.as_deref()).await;
            was_asked = checked.map_err(of_the_second_factor)?;
            None
        }
        None => {
            deps.limit(&REGISTRATIONS, origin.address).await?;
            let password_hash = password::hash(deps, hex(&deps.ids.secret())).await?;
            Some(NewAccount::new(&proved, password_hash)?)
        }
    };
    let expected = account.member().map(|member| member.id);
    deps.write(async |tx| {
        attempt::finish(tx, attempt.id).await?;
        let account = Account::of(tx, &proved).await?;
        // The code of one account must not open another.
        if account.member().map(|member| member.id) != expected {
            return Err(changed(Error::Invalid(Vec::new())));
        }
        let member = settle(deps, tx, origin, &attempt, &proved, (account, new)).await?;
        let logged_in = open_session(deps, tx, origin, member).await?;
        refuse_unasked(tx, logged_in.member.id, was_asked).await?;
        Ok(logged_in)
    })
    .await
}

/// The member, with the identity linked.
async fn settle(
    deps: &Deps,
    tx: &Tx,
    origin: &Origin,
    attempt: &sign_in_attempt::Model,
    proved: &ProvedIdentity,
    found: (Account, Option<NewAccount>),
) -> Result<member::Model> {
    match found {
        (Account::Known(identity, member), _) => {
            store::touch(tx, identity.id, &attempt.provider, proved).await?;
            Ok(member)
        }
        (Account::OfTheAddress(member), _) => {
            link(deps, tx, origin, member.id, &attempt.provider, proved).await?;
            Ok(member)
        }
        (Account::New, Some(new)) => create(deps, tx, origin, &attempt.provider, proved, new).await,
        (Account::New, None) => Err(changed(Error::Invalid(Vec::new()))),
    }
}

/// The second factor says `code`, which is another field here.
fn of_the_second_factor(error: Error) -> Error {
    match error {
        Error::Invalid(mut faults) => {
            for fault in &mut faults {
                fault.path = vec!["twoFactorCode".to_owned()];
            }
            Error::Invalid(faults)
        }
        other => other,
    }
}
