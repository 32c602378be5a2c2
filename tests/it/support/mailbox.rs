//! The mailer that keeps what it is given.

use std::sync::Mutex;

use finding_sweetie::ports::mail::{DeliveryError, Mail, Mailer};

/// Every mail that the server has sent.
#[derive(Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    failing: Mutex<u32>,
    /// What becomes of the next mail, instead of being taken.
    mishap: Mutex<Option<Mishap>>,
}

/// What may become of a mail besides being taken.
enum Mishap {
    /// It is taken, but nobody hears of it.
    LostAnswer,
    /// There is no such mailbox.
    Refused,
}

impl Mailbox {
    /// All mails to one address, those that ask to prove it too.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let mails = self.mails.lock().unwrap();
        mails.iter().filter(|mail| mail.to == address).cloned().collect()
    }

    /// How many mails there are of any kind.
    pub fn count(&self) -> usize {
        self.mails.lock().unwrap().len()
    }

    /// The relay is down for the next `times` mails.
    pub fn fail_next(&self, times: u32) {
        *self.failing.lock().unwrap() = times;
    }

    /// The relay takes the next mail, but its answer is lost.
    pub fn lose_next_answer(&self) {
        *self.mishap.lock().unwrap() = Some(Mishap::LostAnswer);
    }

    /// The relay refuses the next mail for good.
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
