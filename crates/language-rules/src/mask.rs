//! What is left of a text when something in it was hidden.

/// Text without the details that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text, with every contact detail replaced by a word in brackets.
    pub text: String,
    /// Number of details replaced.
    pub hidden: usize,
}
