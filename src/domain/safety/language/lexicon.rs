//! Meanings of words. A word may have several meanings, and some meanings are expressed by several words.

use std::{collections::HashMap, ops::BitOr, sync::LazyLock};

use super::tokens::{Token, skeleton};

/// A set of meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Meaning(u32);

impl Meaning {
    /// A secret that a service sends to a phone, expressed by an ambiguous word.
    pub const CODE: Self = Self(1);
    /// The same, expressed by an unambiguous word.
    pub const SECRET: Self = Self(1 << 1);
    /// Things that have codes or numbers which are not secret: a gate, a chip, a collar.
    pub const PLAIN_CODE: Self = Self(1 << 2);
    /// Requests to pass words on: send, read, tell.
    pub const HAND_OVER: Self = Self(1 << 3);
    /// Requests for money: pay, send, transfer.
    pub const PAY: Self = Self(1 << 4);
    /// A payment method without refunds.
    pub const WAY_TO_PAY: Self = Self(1 << 5);
    /// Payment in advance: first, upfront, deposit.
    pub const BEFOREHAND: Self = Self(1 << 6);
    /// A currency.
    pub const CURRENCY: Self = Self(1 << 7);
    /// Another messaging service.
    pub const MESSENGER: Self = Self(1 << 8);
    /// Requests to get in touch: text, add, message.
    pub const GET_IN_TOUCH: Self = Self(1 << 9);
    /// An address or number by which a person can be reached.
    pub const ADDRESS: Self = Self(1 << 10);
    /// My or your.
    pub const POSSESSIVE: Self = Self(1 << 11);
    /// Shelters, vets, animal control, the police.
    pub const AUTHORITY: Self = Self(1 << 12);
    /// Phrases by which writers introduce themselves.
    pub const SPEAKING_AS: Self = Self(1 << 13);
    /// A bill.
    pub const BILL: Self = Self(1 << 14);
    /// Urgency.
    pub const AT_ONCE: Self = Self(1 << 15);
    /// Threats.
    pub const THREAT: Self = Self(1 << 16);
    /// Negation of what follows.
    pub const NOT: Self = Self(1 << 17);
    /// Words that carry no meaning of their own next to a code.
    pub const FILLER: Self = Self(1 << 18);
    /// A digit written as a word.
    pub const DIGIT: Self = Self(1 << 19);
    /// Requests to follow a link or to fill in a form.
    pub const FOLLOW: Self = Self(1 << 20);
    /// Questions about what something is.
    pub const WHAT: Self = Self(1 << 21);
    /// The recipient of what is to be sent.
    pub const ME: Self = Self(1 << 22);
    /// Promises to hand over the animal, or to tell something.
    pub const GIVE_BACK: Self = Self(1 << 23);

    /// Whether it includes any of these meanings.
    pub fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// All meanings except these.
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

impl BitOr for Meaning {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Words and phrases, separated by commas.
const ENTRIES: &[(Meaning, &str)] = &[
    (
        Meaning::CODE,
        "code, codes, digits, pin code, pin number, digit number, digit pin, pin you got, pin you received, pin you get, \
         pin they sent, pin i sent",
    ),
    (
        Meaning::SECRET,
        "otp, passcode, verification, verification code, verify code, security code, login code, confirmation code, \
         authentication code, one time password, one time code, google code, google voice, whatsapp code, sms code, google will text you, \
         google texts you, google will send you, google sends you",
    ),
    (
        Meaning::PLAIN_CODE,
        "zip, zipcode, postal, postcode, area, gate, door, lobby, building, garage, entry, qr, bar, chip, microchip, \
         tag, collar, promo, coupon, discount, dress, country, kennel, cage, intake, case, animal, color, colour, of conduct, \
         license, rabies, reference, house, apartment, street, flight",
    ),
    (
        Meaning::HAND_OVER,
        "send, sending, read, tell, give, forward, share, provide, repeat, say, show, text, type, message, need, want, \
         get back to me with, screenshot, let me know, confirm",
    ),
    (Meaning::WHAT, "what, whats, which"),
    (
        Meaning::PAY,
        "pay, send, transfer, wire, deposit, buy, purchase, need, want, require, venmo me, zelle me, cashapp me, paypal me, \
         cost, costs, payment, via, by, with, through, using, accept, only take, on",
    ),
    (
        Meaning::WAY_TO_PAY,
        "zelle, venmo, cashapp, cash app, gift card, gift cards, giftcard, giftcards, western union, moneygram, money gram, \
         bitcoin, btc, crypto, cryptocurrency, usdt, ethereum, eth, wire transfer, wire me, wire the money, wire money, \
         paypal, pay pal, steam card, steam cards, itunes card, itunes cards, google play card, google play cards, apple card, \
         prepaid card, apple pay, google pay, chime, remitly, bank transfer",
    ),
    (
        Meaning::BEFOREHAND,
        "first, upfront, up front, in advance, advance, beforehand, deposit, before i, before we, before you, before she, \
         before he, half now, holding fee, release fee, transport fee, shipping fee, delivery fee",
    ),
    (
        Meaning::GIVE_BACK,
        "bring, give, return, release, meet, drop, deliver, hand, ship, tell",
    ),
    (
        Meaning::CURRENCY,
        "dollar, dollars, usd, bucks, eur, euro, euros, pounds sterling, gbp, money, cash",
    ),
    (
        Meaning::MESSENGER,
        "whatsapp, whats app, watsapp, telegram, viber, wechat, we chat, snapchat, kik, discord, hangouts, google chat, \
         on signal, signal app, on ig, at gmail, at hotmail, at yahoo, at outlook, at icloud, instagram, insta, facebook messenger, messenger, skype, line app",
    ),
    (
        Meaning::GET_IN_TOUCH,
        "text, message, msg, add, contact, chat, write, reach, dm, hit, continue, talk, move, switch, ping, mail, email, \
         e mail, find me, inbox, use, go to, come to, hmu, im on, call me, ring me, \
         phone me",
    ),
    (
        Meaning::ADDRESS,
        "number, phone, cell, email, e mail, gmail, hotmail, yahoo, outlook, icloud, protonmail, phone number, mail address",
    ),
    (Meaning::POSSESSIVE, "my, your, ur"),
    (Meaning::ME, "me, us, here"),
    (
        Meaning::AUTHORITY,
        "shelter, animal control, animal services, animal hospital, vet, veterinary, veterinarian, clinic, humane society, \
         spca, aspca, rescue, police, sheriff, county, pound, pet recovery, pawboost, surgeon, emergency hospital",
    ),
    (
        Meaning::SPEAKING_AS,
        "this is, we are, were the, i am from, im from, i am with, im with, i am calling, calling from, on behalf of, \
         i work for, im the, i am the, officer, writing from, texting from, here at",
    ),
    (
        Meaning::BILL,
        "surgery, operation, treatment, fee, bill, deposit, payment, cost, costs, pay, invoice, balance, fine",
    ),
    (
        Meaning::AT_ONCE,
        "now, right now, immediately, asap, urgent, urgently, within the hour, in the next hour, today, tonight, right away, \
         hurry, before midnight, last chance, quickly",
    ),
    (
        Meaning::THREAT,
        "or else, never see him, never see her, never see it, never see your, wont see him, wont see her, wont see your, \
         will not see your, will be gone, or i sell, or i will sell, or ill sell, or i keep, or i will keep, or ill keep, \
         be hurt, unless you pay, or i dump, or i will dump, or ill dump, or i kill, or i will kill, or ill kill, will be killed, will be put down, \
         be put to sleep, or he dies, or she dies, or it dies, i will hurt, ill hurt, i will kill, ill kill, gets hurt, \
         i know where you live, you will regret, youll regret, will be sold, ransom, or the dog dies, or the cat dies, \
         or your dog, or your cat",
    ),
    (
        Meaning::NOT,
        "never, dont, not, no, didnt, without, wont, cant, cannot, nobody, nothing, neither, anyone who, if anyone, if somebody, \
         whoever asks, scam, scammer, scammers, beware",
    ),
    (
        Meaning::FILLER,
        "code, codes, the, my, is, its, it, here, this, pin, otp, passcode, verification, g, google, whatsapp, says, said, got, \
         i, ok, okay, yes, sure, number, a, you, your, for, sent, me, they, just, hi, hello, please, there, go, then, and, \
         digits, six, security",
    ),
    (
        Meaning::DIGIT,
        "zero, oh, one, two, three, four, five, six, seven, eight, nine",
    ),
    (
        Meaning::FOLLOW,
        "click, tap, open, login, log in, sign in, verify, fill, claim, form, register, follow, confirm, visit, go to",
    ),
];

/// By first word: whole phrases and their meanings.
type Lexicon = HashMap<String, Vec<(Vec<String>, Meaning)>>;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for (meaning, phrases) in ENTRIES {
        for phrase in phrases.split(',') {
            let mut words = phrase.split_whitespace().map(skeleton);
            let Some(first) = words.next() else { continue };
            lexicon.entry(first).or_default().push((words.collect(), *meaning));
        }
    }
    lexicon
});

/// The meanings of each token; those of a phrase are attached to its first word.
pub(super) fn meanings(tokens: &[Token]) -> Vec<Meaning> {
    let meaning = |place: usize| {
        let after = tokens.get(place + 1..).unwrap_or_default();
        let known = tokens.get(place).and_then(|token| LEXICON.get(&token.text));
        let fitting = known.into_iter().flatten().filter(|(words, _)| {
            words.len() <= after.len() && words.iter().zip(after).all(|(word, token)| *word == token.text)
        });
        fitting.fold(Meaning::default(), |all, (_, meaning)| all | *meaning)
    };
    (0..tokens.len()).map(meaning).collect()
}

/// The digit that a word names.
pub(super) fn digit(token: &Token) -> Option<char> {
    const NAMES: [&str; 10] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    if token.text == "oh" {
        return Some('0');
    }
    let place = NAMES.iter().position(|name| skeleton(name) == token.text)?;
    char::from_digit(u32::try_from(place).ok()?, 10)
}
