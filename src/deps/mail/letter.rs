//! What a mail says, written out as plain text and as HTML.

use entity::id::MemberId;

use crate::kernel::markup::escape;

/// Longest line of the plain text, so that the mail folder and old programs keep it readable.
const WIDTH: usize = 72;

const BODY: &str = "font:16px/1.5 system-ui,sans-serif;color:#222;background:#fffdf8;margin:0;padding:24px";
const COLUMN: &str = "max-width:560px;margin:0 auto";
const BUTTON: &str = "display:inline-block;background:#1b7f4d;color:#fff;padding:12px 20px;border-radius:8px;\
     text-decoration:none;font-weight:600";
const SMALL: &str = "color:#666;font-size:14px;overflow-wrap:anywhere";

/// A mail to one person.
pub struct Letter {
    /// Who is told when it is refused for good.
    pub sender_id: MemberId,
    /// Address of the receiver, without a display name.
    pub to: String,
    /// One line.
    pub subject: String,
    /// What stands before the button, a text for each paragraph.
    pub paragraphs: Vec<String>,
    /// What the reader is asked to do, if anything.
    pub button: Option<Button>,
    /// What stands after the button.
    pub afterwards: Vec<String>,
}

/// A link to a page where the reader does the one thing that the mail asks for.
pub struct Button {
    /// What it does, in two to five words.
    pub label: &'static str,
    /// The page; it may hold a token behind `#`, which browsers send to no server.
    pub url: String,
}

impl Letter {
    /// The mail as plain text.
    pub(super) fn text(&self) -> String {
        let mut parts = vec!["Hello,".to_owned()];
        parts.extend(self.paragraphs.iter().map(|paragraph| wrapped(paragraph)));
        if let Some(button) = &self.button {
            parts.push(format!("{}:\n{}", button.label, button.url));
        }
        parts.extend(self.afterwards.iter().map(|paragraph| wrapped(paragraph)));
        parts.join("\n\n") + "\n"
    }

    /// The mail as HTML, which loads nothing.
    pub(super) fn html(&self) -> String {
        let paragraph = |text: &String| format!("<p>{}</p>\n", escape(text));
        let mut body = "<p>Hello,</p>\n".to_owned();
        body.extend(self.paragraphs.iter().map(paragraph));
        if let Some(Button { label, url }) = &self.button {
            let (label, url) = (escape(label), escape(url));
            body.push_str(&format!(
                "<p><a href=\"{url}\" style=\"{BUTTON}\">{label}</a></p>\n\
                 <p style=\"{SMALL}\">If the button does not work, open this address: {url}</p>\n"
            ));
        }
        body.extend(self.afterwards.iter().map(paragraph));
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
             <body style=\"{BODY}\"><div style=\"{COLUMN}\">\n{body}<p style=\"{SMALL}\">Finding Sweetie</p></div></body></html>\n",
            escape(&self.subject)
        )
    }
}

/// The text in lines of at most [`WIDTH`] characters; a longer word has a line of its own.
fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn letter() -> Letter {
        Letter {
            sender_id: MemberId(Uuid::nil()),
            to: "ann@example.com".into(),
            subject: "Is <b>this</b> Sweetie?".into(),
            paragraphs: vec!["Tom & Ann wrote: \"".to_owned() + &"dog ".repeat(40) + "\"."],
            button: Some(Button {
                label: "Look at it",
                url: "https://sweetie.example/look?a=1&b=2#to_ken".into(),
            }),
            afterwards: vec!["If it was not you, do nothing.".into()],
        }
    }

    #[test]
    fn the_text_has_short_lines_and_the_whole_address() {
        let text = letter().text();
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.contains("\nLook at it:\nhttps://sweetie.example/look?a=1&b=2#to_ken\n\nIf it was not you"));
    }

    #[test]
    fn the_html_has_a_button_and_no_markup_of_others() {
        let html = letter().html();
        assert!(html.contains("href=\"https://sweetie.example/look?a=1&amp;b=2#to_ken\""));
        assert!(html.contains(">Look at it</a>") && html.contains("Tom &amp; Ann"));
        assert!(!html.contains("<b>"));
    }
}
