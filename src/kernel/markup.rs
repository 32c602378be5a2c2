//! Escaping for HTML and XML.

/// Escapes every character with a meaning in HTML or XML, also within quoted attributes. Control characters that XML
/// does not allow are removed.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(c),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            escape("</p><script src='x'>\"&amp;\u{0}\n"),
            "&lt;/p&gt;&lt;script src=&#39;x&#39;&gt;&quot;&amp;amp;\n"
        );
        assert_eq!(escape("Sweetie 🐾 é"), "Sweetie 🐾 é");
    }
}
