//! Responses in `TwiML`, the SMS gateway's language.

use axum::{
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};

use crate::kernel::markup::escape;

/// Answers the phone with the text, or not at all.
pub fn answer(text: Option<&str>) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], document(text)).into_response()
}

fn document(text: Option<&str>) -> String {
    let content = text.map(|text| format!("<Message>{}</Message>", escape(text)));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{}</Response>",
        content.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn an_answer_is_one_message_whatever_it_says() {
        assert_eq!(
            document(Some("Tom & <Jerry>")),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>Tom &amp; &lt;Jerry&gt;</Message></Response>"
        );
    }

    #[test]
    fn no_answer_is_an_empty_response() {
        assert_eq!(
            document(None),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>"
        );
    }
}
