//! Documents that clients name instead of sending them.
//!
//! A hash (Apollo's automatic persisted queries) names a document that some client has sent along with it before, and that
//! the guard has approved. An id names one of the trusted documents, which the operator gives; a hash may be such an id too.
//! If only those are taken, nothing else runs.

mod manifest;

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

pub use manifest::TrustedDocuments;

use super::{Approved, Code, DocumentName, Envelope, Guard, Problem};
use crate::ports::persisted_documents::{Digest, PersistedDocuments};

/// The guard, and the documents that it need not be sent.
pub struct Documents {
    guard: Arc<Guard>,
    registered: Arc<dyn PersistedDocuments>,
    trusted: TrustedDocuments,
    only_trusted: bool,
}

/// Why a request does not run.
#[derive(Debug)]
pub enum Unapproved {
    /// Its document has to be sent along with the hash. That is how the protocol begins and no fault: 200, as clients expect
    /// who take everything else for a failure of the network.
    Unregistered(Problem),
    /// Its document is named, and not as it must be: 400.
    Misnamed(Problem),
    /// Its document or its variables are refused.
    Refused(Vec<Problem>),
}

impl Unapproved {
    /// What is wrong: never empty.
    pub fn into_problems(self) -> Vec<Problem> {
        match self {
            Self::Unregistered(problem) | Self::Misnamed(problem) => vec![problem],
            Self::Refused(problems) => problems,
        }
    }
}

impl Documents {
    /// Any documents; those with a hash are registered there.
    pub fn new(guard: Arc<Guard>, registered: Arc<dyn PersistedDocuments>) -> Self {
        Self {
            guard,
            registered,
            trusted: TrustedDocuments::default(),
            only_trusted: false,
        }
    }

    /// The same with trusted documents, and perhaps with no others.
    pub fn trusting(self, trusted: TrustedDocuments, only_trusted: bool) -> Self {
        Self {
            trusted,
            only_trusted,
            ..self
        }
    }

    /// What every document must pass.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Puts the document into the request, has the guard look at it, and registers it if it came with its hash.
    pub async fn approve(&self, envelope: &mut Envelope) -> Result<Approved, Unapproved> {
        let new = match self.only_trusted {
            true => self.take_trusted(envelope).map(|()| None),
            false => self.find(envelope).await,
        };
        let new = new.map_err(|problem| match problem.code {
            Code::PersistedQueryNotFound => Unapproved::Unregistered(problem),
            _ => Unapproved::Misnamed(problem),
        })?;
        let approved = self.guard.check(envelope).map_err(Unapproved::Refused)?;
        if let Some(digest) = new {
            self.registered.keep(&digest, &envelope.query).await;
        }
        Ok(approved)
    }

    /// Finds the document by its name, unless it came along; the digest of one that is to be registered.
    async fn find(&self, envelope: &mut Envelope) -> Result<Option<Digest>, Problem> {
        let is_sent = !envelope.query.is_empty();
        match envelope.name.take() {
            Some(DocumentName::Hash(hash)) if is_sent => digest_of(&envelope.query, &hash).map(Some),
            Some(DocumentName::Hash(hash)) => {
                envelope.query = self.named_by(&hash).await.ok_or_else(not_found)?;
                Ok(None)
            }
            Some(DocumentName::Id(id)) if !is_sent => {
                envelope.query = self.trusted(&id)?;
                Ok(None)
            }
            Some(DocumentName::Id(_)) | None => Ok(None),
        }
    }

    async fn named_by(&self, hash: &str) -> Option<String> {
        if let Some(document) = self.trusted.get(hash) {
            return Some(document.to_owned());
        }
        let document = self.registered.find(&digest(hash)?).await?;
        Some(document.as_ref().to_owned())
    }

    /// Only a trusted document: what is sent along must be that document.
    fn take_trusted(&self, envelope: &mut Envelope) -> Result<(), Problem> {
        let Some(DocumentName::Hash(id) | DocumentName::Id(id)) = envelope.name.take() else {
            let message = "this server runs trusted documents only: name one by its id in \"documentId\" or in \
                           \"extensions.persistedQuery.sha256Hash\"";
            return Err(Problem::new(Code::PersistedQueryIdRequired, message));
        };
        let document = self.trusted(&id)?;
        if !envelope.query.is_empty() && envelope.query != document {
            let message = "\"query\" is not the trusted document of that id: leave it out";
            return Err(Problem::new(Code::BadUserInput, message));
        }
        envelope.query = document;
        Ok(())
    }

    fn trusted(&self, id: &str) -> Result<String, Problem> {
        self.trusted.get(id).map(str::to_owned).ok_or_else(|| {
            let message = match self.trusted.is_empty() {
                true => "this server has no trusted documents: send the document itself in \"query\"",
                false => "no trusted document has this id: has the list of this version of the client been given to the server?",
            };
            Problem::new(Code::PersistedQueryNotInList, message)
        })
    }
}

/// In the very words that clients wait for: then they send the whole document.
fn not_found() -> Problem {
    Problem::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound")
}

/// The digest of a document, which must be the one that its client gives.
fn digest_of(query: &str, hash: &str) -> Result<Digest, Problem> {
    let actual = Sha256::digest(query).into();
    match digest(hash) == Some(actual) {
        true => Ok(actual),
        false => {
            let message =
                "\"sha256Hash\" is not the SHA-256 of \"query\" in hexadecimal: hash the very text that is sent";
            Err(Problem::new(Code::BadUserInput, message))
        }
    }
}

/// Reads 64 hexadecimal digits.
fn digest(hash: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    if hash.len() != 2 * digest.len() || !hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (place, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hash.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_hexadecimal_digits_of_either_case() {
        let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
        let expected: Digest = Sha256::digest("{__typename}").into();
        assert_eq!(digest(hash), Some(expected));
        assert_eq!(digest(&hash.to_uppercase()), Some(expected));
        for wrong in ["", "c0fb", &hash[1..], &format!("+{}", &hash[1..]), &"ä".repeat(32)] {
            assert_eq!(digest(wrong), None, "{wrong}");
        }
    }
}
