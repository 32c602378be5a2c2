//! Detects keywords from a phone, or sentences with the same meaning.
//!
//! Carriers require that STOP is recognised as the whole message, in any case; the law requires it for any reasonable
//! wish ("please stop texting me"). A sentence counts only if it contains nothing else, because such messages do not
//! reach the conversation: "please don't stop looking" is an ordinary message.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::lexicon;
use pet_vocabulary::fold;

/// A request from a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Stop sending messages.
    Stop,
    /// Start sending messages again.
    Start,
    /// Send an explanation.
    Help,
}

impl Word {
    /// The request in a message that contains nothing else.
    pub fn of(body: &str) -> Option<Self> {
        let is_question = body.contains('?');
        let whole = fold(body);
        match WHOLE.get(&whole) {
            Some(word) if !is_question => Some(*word),
            _ if asks_politely(&whole) || clauses(body).any(|clause| asks_about_messages(&clause)) => Some(Self::Stop),
            _ => None,
        }
    }
}

static WHOLE: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let lists = [
        (lexicon::STOP, Word::Stop),
        (lexicon::START, Word::Start),
        (lexicon::HELP, Word::Help),
    ];
    let of_list =
        |(words, word): (&[&str], Word)| words.iter().map(move |known| (fold(known), word)).collect::<Vec<_>>();
    lists.into_iter().flat_map(of_list).collect()
});

/// A word list of the lexicon, folded in the same way as messages.
struct Words(HashSet<String>);

impl Words {
    fn of(words: &[&str]) -> Self {
        Self(words.iter().map(|word| fold(word)).collect())
    }

    fn any(&self, clause: &str) -> bool {
        clause.split(' ').any(|word| self.0.contains(word))
    }
}

static ENDING: LazyLock<Words> = LazyLock::new(|| Words::of(lexicon::ENDING));
static ENDING_OF_MESSAGES: LazyLock<Words> = LazyLock::new(|| Words::of(lexicon::ENDING_OF_MESSAGES));
static NEVER: LazyLock<Words> = LazyLock::new(|| Words::of(lexicon::NEVER));
static AGAIN: LazyLock<Words> = LazyLock::new(|| Words::of(lexicon::AGAIN));
static MESSAGES: LazyLock<Words> = LazyLock::new(|| Words::of(lexicon::MESSAGES));
static COURTESIES: LazyLock<Words> = LazyLock::new(|| Words::of(lexicon::COURTESIES));
static LINKS: LazyLock<Words> = LazyLock::new(|| Words::of(lexicon::LINKS));

fn holds_only(clause: &str, lists: &[&LazyLock<Words>]) -> bool {
    let is_known = |word: &str| lists.iter().any(|list| list.0.contains(word));
    clause.split(' ').all(is_known)
}

/// "Please stop": a word for stopping among courtesies.
fn asks_politely(message: &str) -> bool {
    ENDING.any(message) && holds_only(message, &[&ENDING, &COURTESIES])
}

/// "Stop texting me", "no more messages please": a request to stop messages, or not to get any.
fn asks_about_messages(clause: &str) -> bool {
    let known = [
        &ENDING,
        &ENDING_OF_MESSAGES,
        &NEVER,
        &AGAIN,
        &MESSAGES,
        &COURTESIES,
        &LINKS,
    ];
    if !MESSAGES.any(clause) || !holds_only(clause, &known) {
        return false;
    }
    let ends = ENDING.any(clause) || ENDING_OF_MESSAGES.any(clause);
    match NEVER.any(clause) {
        true => AGAIN.any(clause) && !ends,
        false => ends,
    }
}

fn clauses(body: &str) -> impl Iterator<Item = String> {
    let is_end = |sign: char| matches!(sign, '.' | '!' | '?' | ';' | ',' | '\n' | '¡' | '¿');
    body.split(is_end).map(fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_in_any_case_and_trimmed() {
        for body in [
            "STOP",
            "stop",
            " Stop\n",
            "Stop.",
            "STOP!",
            "stopall",
            "Unsubscribe",
            "cancel",
            "END",
            "quit",
            "revoke",
            "OptOut",
            "opt-out",
        ] {
            assert_eq!(Word::of(body), Some(Word::Stop), "{body:?}");
        }
        for body in ["start", "UNSTOP", "Unstop", "Reanudar"] {
            assert_eq!(Word::of(body), Some(Word::Start), "{body:?}");
        }
        for body in ["help", "INFO", "¡Ayuda!", "aide"] {
            assert_eq!(Word::of(body), Some(Word::Help), "{body:?}");
        }
    }

    #[test]
    fn stop_is_understood_in_many_languages() {
        for body in [
            "ARRET",
            "Arrêt",
            "arrêtez",
            "ALTO",
            "Alto.",
            "PARAR",
            "pare",
            "BAJA",
            "Sair",
            "Stopp",
            "Abmelden",
            "СТОП",
            "停止",
            "수신거부",
        ] {
            assert_eq!(Word::of(body), Some(Word::Stop), "{body:?}");
        }
    }

    #[test]
    fn a_sentence_that_asks_for_an_end_of_messages_and_nothing_else_is_a_stop() {
        for body in [
            "Please stop",
            "stop please",
            "STOP PLEASE!!",
            "Ok, stop. Thanks",
            "please unsubscribe me",
            "Stop texting me",
            "I want you to stop sending me messages",
            "Can you please stop texting me?",
            "Don't text me again",
            "do not contact me",
            "No more texts please",
            "Remove me from your list",
            "Leave me alone, stop messaging me",
            "Arrêtez s'il vous plaît",
            "arrêtez de m'envoyer des messages",
            "Ne m'envoyez plus de messages",
            "Por favor, parar",
            "Deja de escribirme por favor",
            "No me escribas más",
            "Pare de enviar mensagens",
            "Não me envie mais mensagens",
            "Bitte keine Nachrichten mehr",
        ] {
            assert_eq!(Word::of(body), Some(Word::Stop), "{body:?}");
        }
    }

    #[test]
    fn a_word_within_a_message_is_a_message() {
        for body in [
            "",
            "Yes, he is here",
            "Yes?",
            "Yes",
            "YES",
            "yes!",
            "Sí",
            "don't stop",
            "Please don't stop looking",
            "please don't stop texting me",
            "Please stop looking, she is home",
            "Stop! Don't chase her, she will run",
            "She is at the bus stop",
            "Please stop by the shelter",
            "HELP me find her",
            "he ended up at the stop",
            "st op",
            "No messages",
            "I got your text",
            "no",
            "No, she has not come back. I will text you",
            "Ne vous arrêtez pas de chercher",
            "no pares de buscar",
            "El perro es alto y negro",
            "Send me the number",
            "Text me",
            "Don't send me the number",
        ] {
            assert_eq!(Word::of(body), None, "{body:?}");
        }
    }
}
