//! Checked values of connectors.

use std::time::Duration;

use entity::connector::{self, ConnectorKind};

use super::pull::{Source, default_address, faults};
use crate::{
    deps::{Deps, HOUR},
    kernel::{Error, FieldCode, FieldError, Result, text},
};

/// Maximum length of a name in characters.
const LONGEST_NAME: usize = 80;
/// Maximum length of an address in characters.
const LONGEST_ADDRESS: usize = 2_048;
/// Maximum length of an account in characters.
const LONGEST_ACCOUNT: usize = 300;
/// Maximum length of a host key in characters.
const LONGEST_HOST_KEY: usize = 4_096;
/// Maximum length of a secret in bytes: a private key for SFTP has some 3,400.
const LONGEST_SECRET: usize = 16_384;
/// Least and most hours from one run to the next.
const HOURS: (i32, i32) = (1, 168);

/// What a shelter says of a connector.
pub(super) struct Given {
    pub kind: ConnectorKind,
    pub name: String,
    pub address: Option<String>,
    pub account: Option<String>,
    pub secret: String,
    pub hours: i32,
    pub host_key: Option<String>,
}

impl Given {
    /// The same, cleaned; or everything that is wrong with it.
    pub(super) fn checked(self, deps: &Deps) -> Result<Self> {
        let mut wrong = Vec::new();
        let mut line = |field: &str, raw: Option<String>, most: usize| {
            let read = text::optional_line(field, raw.as_deref(), most);
            read.unwrap_or_else(|fault| {
                wrong.push(fault);
                None
            })
        };
        let address = line("address", self.address, LONGEST_ADDRESS);
        let account = line("account", self.account, LONGEST_ACCOUNT);
        let host_key = line("hostKey", self.host_key, LONGEST_HOST_KEY);
        let name = text::line("name", &self.name, LONGEST_NAME).unwrap_or_else(|fault| {
            wrong.push(fault);
            String::new()
        });
        wrong.extend(secret_fault(&self.secret));
        wrong.extend(hours_fault(self.hours));
        let given = Self {
            name,
            address,
            account,
            host_key,
            secret: self.secret.trim().to_owned(),
            ..self
        };
        if wrong.is_empty() {
            wrong = given.faults(deps);
        }
        match wrong.is_empty() {
            true => Ok(given),
            false => Err(Error::Invalid(wrong)),
        }
    }

    /// What its kind, and the rules for addresses, say against it.
    fn faults(&self, deps: &Deps) -> Vec<FieldError> {
        let source = self.source();
        let mut found: Vec<FieldError> = faults(&source)
            .into_iter()
            .map(|(field, message)| self.fault(field, message))
            .collect();
        let is_sound = found.iter().all(|fault| fault.path != ["address"]);
        // A file server is asked in another way, which checks its address itself.
        if is_sound && self.kind != ConnectorKind::CsvSftp {
            let refused = deps.outbound.check_confidential(&source.address).err();
            found.extend(refused.map(|error| FieldError::new("address", FieldCode::Invalid, error.to_string())));
        }
        found
    }

    fn fault(&self, field: &'static str, message: String) -> FieldError {
        let (field, is_missing) = match field {
            "address" => ("address", self.address.is_none()),
            "account" => ("account", self.account.is_none()),
            "secret" => ("secret", self.secret.is_empty()),
            "hostKey" => ("hostKey", self.host_key.is_none()),
            other => (other, false),
        };
        let code = if is_missing {
            FieldCode::Required
        } else {
            FieldCode::Invalid
        };
        FieldError::new(field, code, message)
    }

    fn source(&self) -> Source {
        Source {
            kind: self.kind,
            address: address(self.kind, self.address.clone()),
            account: self.account.clone(),
            secret: self.secret.clone(),
            host_key: self.host_key.clone(),
        }
    }
}

/// Where the software is: at the given address, or at the usual one of its kind.
fn address(kind: ConnectorKind, given: Option<String>) -> String {
    given.unwrap_or_else(|| default_address(kind).unwrap_or_default().to_owned())
}

fn secret_fault(secret: &str) -> Option<FieldError> {
    let bytes = secret.len();
    (LONGEST_SECRET < bytes).then(|| {
        let message = format!("secret has {bytes} bytes; at most {LONGEST_SECRET} are allowed: check what was pasted");
        FieldError::new("secret", FieldCode::TooLong, message)
    })
}

fn hours_fault(hours: i32) -> Option<FieldError> {
    let (least, most) = HOURS;
    let is_allowed = (least..=most).contains(&hours);
    (!is_allowed).then(|| {
        let message = format!("hours is {hours}; {least} to {most} are allowed");
        FieldError::new("hours", FieldCode::OutOfRange, message)
    })
}

/// The software of a connector, with the secret in the open.
pub(super) fn source(connector: &connector::Model, secret: String) -> Source {
    Source {
        kind: connector.kind,
        address: address(connector.kind, connector.address.clone()),
        account: connector.account.clone(),
        secret,
        host_key: connector.host_key.clone(),
    }
}

/// Time from one run to the next.
pub(super) fn interval(connector: &connector::Model) -> Duration {
    u32::try_from(connector.interval_hours).unwrap_or(1).max(1) * HOUR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_an_hour_to_a_week_apart() {
        for hours in [1, 6, 168] {
            assert_eq!(hours_fault(hours), None);
        }
        for hours in [i32::MIN, 0, 169] {
            assert_eq!(hours_fault(hours).unwrap().code, FieldCode::OutOfRange);
        }
    }

    #[test]
    fn a_secret_is_no_whole_file() {
        assert_eq!(secret_fault("key"), None);
        let long = "a".repeat(LONGEST_SECRET + 1);
        let fault = secret_fault(&long).unwrap();
        assert_eq!(fault.code, FieldCode::TooLong);
        assert!(!fault.message.contains(&long), "no error repeats a secret");
    }
}
