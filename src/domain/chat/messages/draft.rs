//! Validates a message before it is sent.

use entity::{
    id::{MemberId, MessageId, PhotoId},
    message,
    vocabulary::UploadPurpose,
};
use sea_orm::ConnectionTrait;

use crate::{
    domain::{
        photos,
        safety::{self, Review},
    },
    kernel::{Error, FieldCode, FieldError, Result, secret::fingerprint, text},
};

/// Maximum length of a message in characters.
pub const MAX_TEXT: usize = 1_000;
/// Maximum number of images in a message.
pub const MAX_IMAGES: usize = 6;
/// Maximum length of a client key in characters.
const MAX_KEY: usize = 200;

/// The content of a message as the client sent it.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The text; optional if there are images.
    pub text: Option<String>,
    /// Ids of the member's own chat images, in order.
    pub image_ids: Vec<PhotoId>,
    /// The message being replied to, in the same conversation.
    pub reply_to: Option<MessageId>,
    /// The client's key that makes sending idempotent.
    pub client_key: Option<String>,
    /// Ids of the rules that the sender has confirmed.
    pub acknowledged: Vec<String>,
}

/// Validated content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: Option<String>,
    pub image_ids: Vec<PhotoId>,
    pub reply_to: Option<MessageId>,
    pub client_key: Option<String>,
    pub review: Review,
    acknowledged: Vec<String>,
}

impl Draft {
    /// Cleans and checks the content.
    pub fn parse(words: Words) -> Result<Self> {
        let Words {
            text,
            image_ids,
            reply_to,
            client_key,
            acknowledged,
        } = words;
        let invalid = |fault: FieldError| Error::Invalid(vec![fault]);
        check_number_of_images(&image_ids)?;
        let text = spoken(text.as_deref(), !image_ids.is_empty())?;
        let client_key = client_key.map(|key| text::line("clientKey", &key, MAX_KEY)).transpose();
        Ok(Self {
            review: text.as_deref().map(safety::review).unwrap_or_default(),
            acknowledged,
            text,
            image_ids,
            reply_to,
            client_key: client_key.map_err(invalid)?,
        })
    }

    /// Hash of the content, which distinguishes a repeat from a reuse of the key for another message.
    pub(super) fn hash(&self) -> Result<String> {
        let content = serde_json::to_string(&(&self.text, &self.image_ids, &self.reply_to))?;
        Ok(fingerprint(content))
    }

    /// Returns the message first sent with this draft's key; the same key with other content is refused.
    pub(super) fn repeat_of(&self, first: message::Model) -> Result<message::Model> {
        if first.request_hash.as_deref() == Some(self.hash()?.as_str()) {
            return Ok(first);
        }
        let message = "you sent another message under this key in this conversation: use a new key for a new message";
        Err(Error::field("clientKey", FieldCode::Conflict, message))
    }

    /// Refuses content that the sender has to confirm first. The caller skips this for a message that was already sent.
    pub fn refuse_unconfirmed(&self) -> Result<()> {
        self.review.refuse_unconfirmed(&self.acknowledged)
    }

    /// Refuses images that are not the sender's own chat images.
    pub async fn check_images(&self, db: &impl ConnectionTrait, sender: MemberId) -> Result<()> {
        for (place, id) in self.image_ids.iter().enumerate() {
            match photos::find_own(db, sender, *id, UploadPurpose::ChatImage).await {
                Ok(_) => {}
                Err(Error::NotFound(_)) => {
                    let message = "this is not an image that you uploaded for chat: use createUpload with CHAT_IMAGE";
                    return Err(image_fault(place, FieldCode::NotFound, message));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Cleans and checks the text of a message. Every text passes through here before it is sent, edited or stored. It may
/// be missing if there are images.
pub(super) fn spoken(raw: Option<&str>, has_images: bool) -> Result<Option<String>> {
    let checked = if has_images {
        text::optional_prose("text", raw, MAX_TEXT)
    } else {
        text::prose("text", raw.unwrap_or_default(), MAX_TEXT).map(Some)
    };
    checked.map_err(|fault| Error::Invalid(vec![fault]))
}

fn check_number_of_images(ids: &[PhotoId]) -> Result<()> {
    if MAX_IMAGES < ids.len() {
        let message = format!(
            "{} images; a message has at most {MAX_IMAGES}: send another message",
            ids.len()
        );
        return Err(Error::field("imageIds", FieldCode::TooMany, message));
    }
    let repeated = |place: &usize| ids.iter().take(*place).any(|id| Some(id) == ids.get(*place));
    match (0..ids.len()).find(repeated) {
        Some(place) => Err(image_fault(place, FieldCode::Invalid, "this image is there twice")),
        None => Ok(()),
    }
}

/// An error about one image of a draft.
pub(super) fn image_fault(place: usize, code: FieldCode, message: &str) -> Error {
    Error::Invalid(vec![FieldError {
        path: vec!["imageIds".to_owned(), place.to_string()],
        code,
        message: message.to_owned(),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn words(text: &str) -> Words {
        Words {
            text: Some(text.to_owned()),
            ..Words::default()
        }
    }

    fn image(number: u128) -> PhotoId {
        PhotoId(Uuid::from_u128(number))
    }

    fn fault(words: Words) -> (Vec<String>, FieldCode) {
        match Draft::parse(words) {
            Err(Error::Invalid(faults)) => (faults[0].path.clone(), faults[0].code),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn text_has_1_to_1000_characters_after_cleaning() {
        assert_eq!(
            Draft::parse(words(&"é".repeat(1_000)))
                .unwrap()
                .text
                .unwrap()
                .chars()
                .count(),
            1_000
        );
        assert_eq!(
            fault(words(&"é".repeat(1_001))),
            (vec!["text".into()], FieldCode::TooLong)
        );
        assert_eq!(fault(words(" \n\u{200b} ")), (vec!["text".into()], FieldCode::Required));
        assert_eq!(fault(Words::default()).1, FieldCode::Required);
    }

    #[test]
    fn text_may_be_missing_when_there_are_images() {
        let draft = Draft::parse(Words {
            image_ids: vec![image(1)],
            ..words("  ")
        });
        assert_eq!(draft.unwrap().text, None);
    }

    #[test]
    fn there_are_at_most_six_images_each_of_them_once() {
        let with = |image_ids: Vec<PhotoId>| Words {
            image_ids,
            ..words("look")
        };
        assert!(Draft::parse(with((0..6).map(image).collect())).is_ok());
        assert_eq!(
            fault(with((0..7).map(image).collect())),
            (vec!["imageIds".into()], FieldCode::TooMany)
        );
        assert_eq!(
            fault(with(vec![image(1), image(2), image(1)])),
            (vec!["imageIds".into(), "2".into()], FieldCode::Invalid)
        );
    }

    #[test]
    fn the_fingerprint_tells_other_content_but_not_another_key() {
        let hash = |words| Draft::parse(words).unwrap().hash().unwrap();
        let keyed = |key: &str| Words {
            client_key: Some(key.to_owned()),
            ..words("hello")
        };
        assert_eq!(hash(keyed("a")), hash(keyed("b")));
        assert_ne!(hash(words("hello")), hash(words("hello!")));
        let reply = Words {
            reply_to: Some(MessageId(Uuid::from_u128(1))),
            ..words("hello")
        };
        assert_ne!(hash(words("hello")), hash(reply));
    }
}
