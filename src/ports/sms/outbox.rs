//! Text messages without a gateway: every message becomes a file.

use std::{io, path::PathBuf};

use entity::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Accepted, OutgoingSms, SmsError, SmsGateway, segments, signature};
use crate::ports::{Swept, durable_file};

/// The output folder and the secret of the local webhooks.
#[derive(Debug, Clone)]
pub struct OutboxSettings {
    /// Created when needed.
    pub directory: PathBuf,
    /// Sender number written into the messages, in E.164.
    pub sender: String,
    /// Anybody who knows it may call the webhooks, signing as Twilio does, to try out replies and delivery reports.
    pub webhook_secret: SecretString,
}

/// Writes messages into a folder as `<id>.json`. Sending the same message twice leaves one file.
#[derive(Debug, Clone)]
pub struct SmsOutbox {
    settings: OutboxSettings,
}

/// The content of a file.
#[derive(Serialize)]
struct Entry<'a> {
    provider_id: &'a str,
    from: &'a str,
    to: &'a str,
    body: &'a str,
    segments: u32,
    status_callback: Option<&'a str>,
}

impl SmsOutbox {
    /// An outbox in `settings.directory`.
    pub fn new(settings: OutboxSettings) -> Self {
        Self { settings }
    }

    async fn write(&self, sms: &OutgoingSms) -> std::io::Result<Accepted> {
        durable_file::check_id(&sms.id)?;
        let accepted = Accepted {
            provider_id: provider_id(&sms.id),
            segments: Some(segments(&sms.body).count),
        };
        let entry = Entry {
            provider_id: &accepted.provider_id,
            from: &self.settings.sender,
            to: &sms.to,
            body: &sms.body,
            segments: segments(&sms.body).count,
            status_callback: sms.status_callback.as_deref(),
        };
        let json = serde_json::to_vec_pretty(&entry)?;
        durable_file::write(self.settings.directory.clone(), format!("{}.json", sms.id), json).await?;
        Ok(accepted)
    }
}

/// Looks like one of Twilio's ids; always the same for the same message.
fn provider_id(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("SM{hex}")
}

#[async_trait::async_trait]
impl SmsGateway for SmsOutbox {
    async fn send(&self, sms: &OutgoingSms) -> Result<Accepted, SmsError> {
        self.write(sms).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidInput => SmsError::Permanent {
                code: None,
                reason: error.to_string(),
            },
            _ => SmsError::Temporary {
                may_have_been_sent: true,
                source: error.into(),
            },
        })
    }

    async fn sweep(&self, before: Timestamp) -> io::Result<Swept> {
        durable_file::sweep(self.settings.directory.clone(), before).await
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn sender(&self) -> &str {
        &self.settings.sender
    }

    fn verify_webhook(&self, url: &str, form: &[(String, String)], signature: &str) -> bool {
        signature::is_genuine(self.settings.webhook_secret.expose_secret(), url, form, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::scratch_folder::ScratchFolder;

    #[tokio::test]
    async fn the_same_message_twice_is_one_file_and_one_provider_id() {
        let folder = ScratchFolder::new();
        let outbox = SmsOutbox::new(OutboxSettings {
            directory: folder.path().join("sms"),
            sender: "+15550100".into(),
            webhook_secret: "local".into(),
        });
        let sms = OutgoingSms {
            id: "sms_1".into(),
            to: "+15550101".into(),
            body: "Sweetie was seen".into(),
            status_callback: None,
        };
        let first = outbox.send(&sms).await.unwrap();
        let second = outbox.send(&sms).await.unwrap();

        assert_eq!(first, second);
        assert!(
            first.provider_id.len() == 34 && first.provider_id.starts_with("SM"),
            "{first:?}"
        );
        assert_eq!(std::fs::read_dir(folder.path().join("sms")).unwrap().count(), 1);
        let json = std::fs::read(folder.path().join("sms/sms_1.json")).unwrap();
        let entry: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(
            (&entry["to"], &entry["body"], &entry["segments"]),
            (&"+15550101".into(), &"Sweetie was seen".into(), &1.into())
        );
    }

    #[test]
    fn a_developer_who_knows_the_secret_may_call_the_webhooks() {
        let outbox = SmsOutbox::new(OutboxSettings {
            directory: "nowhere".into(),
            sender: "+15550100".into(),
            webhook_secret: "local".into(),
        });
        let (url, form) = (
            "http://127.0.0.1:8080/webhooks/sms",
            [("Body".to_owned(), "STOP".to_owned())],
        );
        assert!(outbox.verify_webhook(url, &form, &super::super::sign("local", url, &form)));
        assert!(!outbox.verify_webhook(url, &form, &super::super::sign("other", url, &form)));
    }
}
