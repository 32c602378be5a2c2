//! Time-based codes: six digits that change every 30 seconds, the form that every authenticator app knows.

use entity::{Timestamp, id::MemberId, second_factor};
use qrcode::{EcLevel, QrCode, render::svg};
use totp_rs::{Builder, Secret, Totp};

use crate::{
    deps::Deps,
    kernel::{
        Error, Result,
        secret::sealed::{IsPresent, open, seal},
    },
};

const PURPOSE: &str = "authenticator secrets";
/// Bytes of a secret: as long as the output of SHA-1, as RFC 4226 (section 4) recommends.
const LENGTH: usize = 20;
const ISSUER: &str = "Finding Sweetie";

/// A new secret.
pub fn new_secret(deps: &Deps) -> Vec<u8> {
    deps.ids.secret()[..LENGTH].to_vec()
}

/// The secret in the form that the database keeps.
pub fn sealed(deps: &Deps, member: MemberId, secret: &[u8]) -> String {
    seal(&deps.secret, PURPOSE, &member.to_string(), deps.ids.secret(), secret)
}

/// The secret of a row, and whether the present secret of the installation has encrypted it.
pub fn unsealed(deps: &Deps, row: &second_factor::Model) -> Result<(Vec<u8>, IsPresent)> {
    let secret = open(&deps.secret, PURPOSE, &row.member_id.to_string(), &row.sealed_secret);
    secret.ok_or_else(|| Error::broken("the secret of an authenticator app cannot be decrypted"))
}

/// The generator of codes for an account. A code of the step before or after counts as well (RFC 6238, section 5.2).
pub fn generator(secret: Vec<u8>, account: &str) -> Result<Totp> {
    // The label must not hold what would part it.
    let account = account.replace(':', " ");
    Builder::new()
        .with_secret(Secret::new(secret.into_boxed_slice()))
        .with_issuer(Some(ISSUER))
        .with_account_name(account)
        .build()
        .map_err(|error| Error::broken(format!("{error:?}")))
}

/// The time step of a code that is right at that time.
pub fn step_of(generator: &Totp, code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(now.0 / 1000).ok()?;
    generator.check(code, seconds).and_then(|step| i64::try_from(step).ok())
}

/// A picture of the address that an app scans, as SVG.
pub fn qr_svg(address: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(Error::internal)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}
