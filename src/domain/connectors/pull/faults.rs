//! What is wrong with the settings of a connector, as far as can be told without asking anybody.

use entity::connector::ConnectorKind;
use url::Url;

use super::{asm3, sftp, source::Source};
use crate::ports::outbound::{SftpSecret, host_key};

/// How to learn the key of a server; by the kind that every server has, as one of RSA is not taken.
const HOW_TO_GET_IT: &str = "run ssh-keyscan -t ed25519 HOST | ssh-keygen -lf - on a computer in the shelter, and enter what \
                             begins with SHA256:";

/// Each field that is missing, not wanted or unusable, and what to do.
pub(in crate::domain::connectors) fn faults(source: &Source) -> Vec<(&'static str, String)> {
    let faults = [
        address(source).map(|fault| ("address", fault)),
        account(source).map(|fault| ("account", fault)),
        secret(source).map(|fault| ("secret", fault)),
        key(source).map(|fault| ("hostKey", fault)),
    ];
    faults.into_iter().flatten().collect()
}

fn address(source: &Source) -> Option<String> {
    let fault = match source.kind {
        ConnectorKind::CsvSftp => {
            let is_place = sftp::place(&source.address).is_some();
            (!is_place).then_some(
                "address is not one of a file: write sftp://files.example.org/folder/pets.csv, without the user",
            )
        }
        _ => match Url::parse(&source.address) {
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                Some("address contains a user name or a password: enter them as account and secret")
            }
            Ok(url) if matches!(url.scheme(), "https" | "http") && url.has_host() => None,
            Ok(_) | Err(_) => Some("address is not one on the web: write one such as https://example.org/pets.csv"),
        },
    };
    fault.map(str::to_owned)
}

fn account(source: &Source) -> Option<String> {
    let account = source.account.as_deref().map_or("", str::trim);
    let fault = match source.kind {
        ConnectorKind::Shelterluv if !account.is_empty() => {
            Some("account is not needed for Shelterluv, whose key says which shelter it is: leave it out")
        }
        ConnectorKind::RescueGroups if account.is_empty() || !account.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some("account must be the number of your organization at RescueGroups, such as 1234")
        }
        ConnectorKind::Asm3 => {
            let (account, user) = asm3::account(account);
            let is_missing = user.is_empty() || account == Some("");
            is_missing.then_some(
                "account must be account/user, as you log in at sheltermanager.com, or only the user if ASM3 is your own \
                 installation",
            )
        }
        ConnectorKind::CsvHttps if account.contains(':') => {
            Some("account contains a colon, which no user name has: correct it")
        }
        ConnectorKind::CsvSftp if account.is_empty() => Some("account must be the user on the server"),
        _ => None,
    };
    fault.map(str::to_owned)
}

fn secret(source: &Source) -> Option<String> {
    let secret = source.secret.as_str();
    let is_line = !secret.chars().any(char::is_control);
    let fault = match source.kind {
        ConnectorKind::CsvSftp if SftpSecret::parse(secret).is_none() => Some(
            "secret is a private key that cannot be used: enter one of Ed25519 or ECDSA, whole and without a passphrase, as \
             ssh-keygen -t ed25519 makes it",
        ),
        ConnectorKind::CsvHttps if secret.is_empty() && source.account.is_none() => None,
        _ if secret.is_empty() => Some("secret is missing: enter the key or password"),
        ConnectorKind::Shelterluv | ConnectorKind::RescueGroups | ConnectorKind::CsvHttps
            if !is_line || !secret.is_ascii() =>
        {
            Some("secret has characters that no key has: copy it again, without the space around it")
        }
        _ => None,
    };
    fault.map(str::to_owned)
}

fn key(source: &Source) -> Option<String> {
    match (source.kind, source.host_key.as_deref()) {
        (ConnectorKind::CsvSftp, None) => Some(format!("hostKey is missing: {HOW_TO_GET_IT}")),
        (ConnectorKind::CsvSftp, Some(text)) if host_key(text).is_none() => {
            Some(format!("hostKey is no fingerprint of a key: {HOW_TO_GET_IT}"))
        }
        (ConnectorKind::CsvSftp, Some(_)) | (_, None) => None,
        (_, Some(_)) => Some("hostKey is for files over SFTP alone: leave it out".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINT: &str = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";

    fn fields(kind: ConnectorKind, [address, account, secret, host_key]: [&str; 4]) -> Vec<&'static str> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let faults = faults(&Source {
            kind,
            address: address.to_owned(),
            account: given(account),
            secret: secret.to_owned(),
            host_key: given(host_key),
        });
        faults.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn each_kind_says_which_fields_it_needs() {
        use ConnectorKind::{Asm3, CsvHttps, CsvSftp, RescueGroups, Shelterluv};
        let (web, file) = ("https://example.org/a", "sftp://example.org/a.csv");
        for (kind, entered, expected) in [
            (Shelterluv, [web, "", "key", ""], &[][..]),
            (
                Shelterluv,
                [file, "me", "", PRINT],
                &["address", "account", "secret", "hostKey"],
            ),
            (Shelterluv, [web, "", "a\nb", ""], &["secret"]),
            (RescueGroups, [web, "1234", "key", ""], &[]),
            (RescueGroups, [web, "", "key", ""], &["account"]),
            (RescueGroups, [web, "12/../34", "key", ""], &["account"]),
            (Asm3, [web, "zz1/ann", "word", ""], &[]),
            (Asm3, [web, "ann", "word", ""], &[]),
            (Asm3, [web, "/ann", "", ""], &["account", "secret"]),
            (CsvHttps, [web, "", "", ""], &[]),
            (CsvHttps, [web, "ann", "", ""], &["secret"]),
            (
                CsvHttps,
                ["https://ann:word@example.org/", "a:n", "word", ""],
                &["address", "account"],
            ),
            (CsvSftp, [file, "ann", "word", PRINT], &[]),
            (CsvSftp, [web, "", "", ""], &["address", "account", "secret", "hostKey"]),
            (
                CsvSftp,
                [file, "ann", "-----BEGIN OPENSSH PRIVATE KEY-----", "SHA256:abc"],
                &["secret", "hostKey"],
            ),
        ] {
            assert_eq!(fields(kind, entered), expected, "{kind:?} {entered:?}");
        }
    }
}
