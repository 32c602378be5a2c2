//! Mail without a mail server: every mail becomes a file that any mail program can open.

use std::{io, path::PathBuf};

use entity::Timestamp;
use lettre::message::Mailbox;

use super::{DeliveryError, Mail, Mailer, message};
use crate::ports::{BoxError, Swept, durable_file};

/// Writes mails into a folder as `<id>.eml`. Sending the same mail twice leaves one file.
#[derive(Debug, Clone)]
pub struct FolderMailer {
    directory: PathBuf,
    from: Mailbox,
}

impl FolderMailer {
    /// A mailer that writes to `directory`, created when needed. `from` is `Name <address>` or an address alone.
    pub fn new(directory: impl Into<PathBuf>, from: &str) -> Result<Self, BoxError> {
        Ok(Self {
            directory: directory.into(),
            from: from.parse()?,
        })
    }
}

#[async_trait::async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        durable_file::check_id(&mail.id).map_err(|error| DeliveryError::Permanent(error.into()))?;
        let message = message::message(mail, &self.from, message::Encoding::Readable)?;
        durable_file::write(self.directory.clone(), format!("{}.eml", mail.id), message.formatted())
            .await
            .map_err(|error| DeliveryError::Temporary(error.into()))
    }

    async fn sweep(&self, before: Timestamp) -> io::Result<Swept> {
        durable_file::sweep(self.directory.clone(), before).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::scratch_folder::ScratchFolder;

    /// A token behind an address makes a line longer than others.
    const LONG_LINK: &str =
        "https://sweetie.example/verify-email#ev_15ce8e7747e7d2e55ed5a2854124716ca9f11bcc193577dc9b775b9054dc7993";

    fn mail(id: &str, to: &str) -> Mail {
        Mail {
            id: id.into(),
            to: to.into(),
            subject: "Is this Sweetie?".into(),
            text: format!("Look: https://sweetie.example/v?token=a=b\nWoof, Größe!\n{}", LONG_LINK),
            html: "<p>Look: <a href=\"https://sweetie.example/v?token=a=b\">here</a></p>".into(),
        }
    }

    #[tokio::test]
    async fn the_same_mail_twice_is_one_readable_file() {
        let folder = ScratchFolder::new();
        let mailer =
            FolderMailer::new(folder.path().join("mail"), "Finding Sweetie <no-reply@sweetie.example>").unwrap();
        mailer.send(&mail("mail_1", "ann@example.com")).await.unwrap();
        mailer.send(&mail("mail_1", "ann@example.com")).await.unwrap();

        let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().collect();
        assert_eq!(files.len(), 1, "{files:?}");
        let text = std::fs::read_to_string(folder.path().join("mail/mail_1.eml")).unwrap();
        for expected in [
            "Message-ID: <mail_1@sweetie.example>\r\n",
            "To: ann@example.com\r\n",
            "Subject: Is this Sweetie?\r\n",
            "https://sweetie.example/v?token=a=b\r\n",
            "Größe",
            LONG_LINK,
        ] {
            assert!(text.contains(expected), "{expected:?} is missing in\n{text}");
        }
    }

    #[tokio::test]
    async fn what_a_killed_process_left_half_written_is_swept_and_no_mail_is() {
        let folder = ScratchFolder::new();
        let mailer = FolderMailer::new(folder.path(), "no-reply@sweetie.example").unwrap();
        mailer.send(&mail("mail_1", "ann@example.com")).await.unwrap();
        std::fs::write(folder.path().join(".mail_2.eml.0011223344556677.tmp"), "half").unwrap();

        let early = mailer.sweep(Timestamp(0)).await.unwrap();
        assert_eq!(early.files, 0);
        let swept = mailer.sweep(Timestamp(i64::MAX)).await.unwrap();

        assert_eq!((swept.files, swept.bytes), (1, 4));
        assert!(folder.path().join("mail_1.eml").exists());
    }

    #[tokio::test]
    async fn a_bad_id_or_address_is_refused_for_good() {
        let folder = ScratchFolder::new();
        let mailer = FolderMailer::new(folder.path().join("mail"), "no-reply@sweetie.example").unwrap();
        for bad in [
            mail("../up", "ann@example.com"),
            mail("", "ann@example.com"),
            mail("mail_2", "nobody"),
            mail("mail_3", "ann@example.com\r\nBcc: bob@example.com"),
        ] {
            let refused = mailer.send(&bad).await;
            assert!(
                matches!(refused, Err(DeliveryError::Permanent(_))),
                "{bad:?}: {refused:?}"
            );
        }
        assert!(!folder.path().join("mail").exists());
    }
}
