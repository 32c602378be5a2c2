//! A mailer that records mails.

use std::sync::Mutex;

use finding_sweetie::ports::mail::{DeliveryError, Mail, Mailer};

/// All mails that the server has sent.
#[derive(Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    failing: Mutex<u32>,
    /// What happens to the next mail instead of normal delivery.
    mishap: Mutex<Option<Mishap>>,
}

/// Abnormal outcomes of sending a mail.
enum Mishap {
    /// The mail is accepted, but the sender never learns of it.
    LostAnswer,
    /// The mailbox does not exist.
    Refused,
}

impl Mailbox {
    /// All mails to an address, including those that verify it.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let mails = self.mails.lock().unwrap();
        mails.iter().filter(|mail| mail.to == address).cloned().collect()
    }

    /// The token behind the link to that page in the newest mail to an address that has one.
    pub fn token(&self, address: &str, page: &str) -> String {
        let link = format!("/{page}#");
        let mails = self.to(address);
        let token = mails.iter().rev().find_map(|mail| mail.text.split_once(&link));
        let (_, token) = token.expect("no mail with that link");
        token.lines().next().unwrap().to_owned()
    }

    /// Number of mails of all kinds.
    pub fn count(&self) -> usize {
        self.mails.lock().unwrap().len()
    }

    /// Makes the next `times` mails fail as if the relay were down.
    pub fn fail_next(&self, times: u32) {
        *self.failing.lock().unwrap() = times;
    }

    /// Makes the relay accept the next mail, but lose its response.
    pub fn lose_next_answer(&self) {
        *self.mishap.lock().unwrap() = Some(Mishap::LostAnswer);
    }

    /// Makes the relay refuse the next mail permanently.
    pub fn refuse_next(&self) {
        *self.mishap.lock().unwrap() = Some(Mishap::Refused);
    }
}

#[async_trait::async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let mut failing = self.failing.lock().unwrap();
        if 0 < *failing {
            *failing -= 1;
            return Err(DeliveryError::Temporary("the relay is down".into()));
        }
        let mishap = self.mishap.lock().unwrap().take();
        if matches!(mishap, Some(Mishap::Refused)) {
            return Err(DeliveryError::Permanent("550 no such mailbox".into()));
        }
        self.mails.lock().unwrap().push(mail.clone());
        match mishap {
            None => Ok(()),
            Some(_) => Err(DeliveryError::Temporary("the connection broke".into())),
        }
    }
}
