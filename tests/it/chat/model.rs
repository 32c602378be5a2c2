//! A conversation as it should be: small enough to be believed.

use proptest::prelude::*;

/// How many members there are; the last of them is not in the group at first.
pub const MEMBERS: usize = 4;

/// What somebody does. Places of messages and markers are taken modulo what there is.
#[derive(Debug, Clone)]
pub enum Step {
    Send,
    Edit(usize, u8),
    Delete(usize),
    React(usize, u8, bool),
    Read(usize),
    Deliver(usize),
    Add(usize),
    Remove(usize),
    Leave,
    Rename(u8),
    Archive(bool),
    Mute(bool),
    ShowReading(bool),
}

/// Who does what; sending and reading are the most frequent, as in life.
pub fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let place = || any::<u16>().prop_map(usize::from);
    let member = || 0..MEMBERS;
    let step = prop_oneof![
        8 => Just(Step::Send),
        3 => (place(), 0..3_u8).prop_map(|(place, text)| Step::Edit(place, text)),
        3 => place().prop_map(Step::Delete),
        3 => (place(), 0..2_u8, any::<bool>()).prop_map(|(place, emoji, put)| Step::React(place, emoji, put)),
        6 => place().prop_map(Step::Read),
        2 => place().prop_map(Step::Deliver),
        3 => member().prop_map(Step::Add),
        2 => member().prop_map(Step::Remove),
        1 => Just(Step::Leave),
        1 => (0..2_u8).prop_map(Step::Rename),
        2 => any::<bool>().prop_map(Step::Archive),
        1 => any::<bool>().prop_map(Step::Mute),
        1 => any::<bool>().prop_map(Step::ShowReading),
    ];
    proptest::collection::vec((member(), step), 1..24)
}

/// A message; number 1 is the first.
#[derive(Debug, Clone)]
pub struct Said {
    pub sender: Option<usize>,
    pub text: Option<String>,
    pub reactions: Vec<(usize, u8)>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    pub joined: usize,
    pub admin: bool,
    pub read: usize,
    pub shown: usize,
    pub delivered: usize,
    pub archived: bool,
    pub muted: bool,
}

/// The group.
#[derive(Debug)]
pub struct Model {
    pub messages: Vec<Said>,
    /// What happened to which message.
    pub changes: Vec<(&'static str, usize)>,
    pub participants: [Option<Participant>; MEMBERS],
    pub shows_reading: [bool; MEMBERS],
    /// Who has ever left; saying it again is no fault.
    left: [bool; MEMBERS],
    /// Whom each of them has ever removed; the same.
    removed: [[bool; MEMBERS]; MEMBERS],
    title: u8,
    clock: usize,
}

type Done = Result<(), &'static str>;

impl Model {
    /// Started by the first member with all others but the last.
    pub fn started(shows_reading: [bool; MEMBERS]) -> Self {
        let mut model = Self {
            messages: Vec::new(),
            changes: Vec::new(),
            participants: [const { None }; MEMBERS],
            shows_reading,
            left: [false; MEMBERS],
            removed: [[false; MEMBERS]; MEMBERS],
            title: u8::MAX,
            clock: 0,
        };
        (0..MEMBERS - 1).for_each(|member| model.join(member));
        model.participants[0].as_mut().unwrap().admin = true;
        model.append(None, None);
        model
    }

    /// What is unread for somebody: messages of others after the marker that were not deleted.
    pub fn unread(&self, member: usize) -> usize {
        let read = self.participants[member]
            .as_ref()
            .map_or(usize::MAX, |participant| participant.read);
        let of_others = |said: &&Said| said.sender.is_some_and(|sender| sender != member) && said.text.is_some();
        self.messages.iter().skip(read).filter(of_others).count()
    }

    /// Does it, or says why not.
    pub fn apply(&mut self, me: usize, step: &Step, longest: impl Fn(&[usize]) -> usize) -> Done {
        self.clock += 1;
        match step {
            Step::ShowReading(shown) => {
                self.shows_reading[me] = *shown;
                Ok(())
            }
            Step::Edit(..) | Step::Delete(_) | Step::React(..) => self.change(me, step),
            Step::Leave if self.participants[me].is_none() && self.left[me] => Ok(()),
            _ if self.participants[me].is_none() => Err("input.conversationId NOT_FOUND"),
            Step::Add(_) | Step::Remove(_) | Step::Rename(_) => self.run(me, step),
            Step::Send => {
                self.send(me);
                Ok(())
            }
            Step::Leave => {
                self.leave(me, longest);
                Ok(())
            }
            Step::Read(_) | Step::Deliver(_) | Step::Archive(_) | Step::Mute(_) => {
                self.set(me, step);
                Ok(())
            }
        }
    }

    fn send(&mut self, me: usize) {
        let had_read = self.unread(me) == 0;
        let text = format!("word {}", self.messages.len());
        self.append(Some(me), Some(text));
        let (last, shows) = (self.messages.len(), self.shows_reading[me]);
        self.participants
            .iter_mut()
            .flatten()
            .for_each(|participant| participant.archived = false);
        let participant = self.participants[me].as_mut().unwrap();
        participant.delivered = last;
        if had_read {
            participant.read = last;
            participant.shown = if shows { last } else { participant.shown };
        }
    }

    fn change(&mut self, me: usize, step: &Step) -> Done {
        if self.participants[me].is_none() {
            return Err("input.id NOT_FOUND");
        }
        let (Step::Edit(place, _) | Step::Delete(place) | Step::React(place, ..)) = step else {
            unreachable!()
        };
        let number = place % self.messages.len();
        let said = &mut self.messages[number];
        let (is_own, is_gone) = (said.sender == Some(me), said.sender.is_some() && said.text.is_none());
        let change = match step {
            Step::Edit(..) | Step::Delete(_) if !is_own => return Err("FORBIDDEN"),
            Step::Edit(..) | Step::React(..) if is_gone => return Err("input.id NOT_ALLOWED"),
            Step::Edit(_, text) => {
                let text = Some(format!("edited {text}"));
                if said.text == text {
                    return Ok(());
                }
                said.text = text;
                "EDITED"
            }
            Step::React(_, emoji, put) => {
                let mine = said.reactions.iter().position(|one| *one == (me, *emoji));
                match (mine, put) {
                    (None, true) => said.reactions.push((me, *emoji)),
                    (Some(place), false) => drop(said.reactions.remove(place)),
                    _ => return Ok(()),
                }
                "REACTED"
            }
            _ if is_gone => return Ok(()),
            _ => {
                said.text = None;
                said.reactions.clear();
                "DELETED"
            }
        };
        self.changes.push((change, number + 1));
        Ok(())
    }

    fn run(&mut self, me: usize, step: &Step) -> Done {
        if !self.participants[me].as_ref().unwrap().admin {
            return Err("FORBIDDEN");
        }
        match step {
            Step::Add(member) if *member == me => return Err("input.memberIds REQUIRED"),
            Step::Add(member) if self.participants[*member].is_some() => return Ok(()),
            Step::Add(member) => self.join(*member),
            Step::Remove(member) if *member == me => return Err("input.memberId NOT_ALLOWED"),
            Step::Remove(member) if self.participants[*member].is_none() && self.removed[me][*member] => return Ok(()),
            Step::Remove(member) => {
                self.participants[*member].take().ok_or("input.memberId NOT_FOUND")?;
                self.removed[me][*member] = true;
            }
            Step::Rename(title) if *title == self.title => return Ok(()),
            Step::Rename(title) => self.title = *title,
            _ => unreachable!(),
        }
        self.append(None, None);
        Ok(())
    }

    fn leave(&mut self, me: usize, longest: impl Fn(&[usize]) -> usize) {
        self.participants[me] = None;
        self.left[me] = true;
        let present = || {
            self.participants
                .iter()
                .enumerate()
                .filter_map(|(member, participant)| Some((member, participant.as_ref()?)))
        };
        if let Some(first) = present().map(|(_, participant)| participant.joined).min()
            && present().all(|(_, participant)| !participant.admin)
        {
            let eldest: Vec<usize> = present()
                .filter(|(_, participant)| participant.joined == first)
                .map(|(member, _)| member)
                .collect();
            self.participants[longest(&eldest)].as_mut().unwrap().admin = true;
        }
        self.append(None, None);
    }

    fn set(&mut self, me: usize, step: &Step) {
        let (last, shows) = (self.messages.len(), self.shows_reading[me]);
        let participant = self.participants[me].as_mut().unwrap();
        match step {
            Step::Read(place) => {
                let up_to = place % (last + 1);
                if participant.read < up_to {
                    participant.read = up_to;
                    participant.shown = if shows { up_to } else { participant.shown };
                    participant.delivered = participant.delivered.max(up_to);
                }
            }
            Step::Deliver(place) => participant.delivered = participant.delivered.max(place % (last + 1)),
            Step::Archive(archived) => participant.archived = *archived,
            Step::Mute(muted) => participant.muted = *muted,
            _ => unreachable!(),
        }
    }

    fn join(&mut self, member: usize) {
        let last = self.messages.len();
        self.participants[member] = Some(Participant {
            joined: self.clock,
            admin: false,
            read: last,
            shown: last,
            delivered: last,
            archived: false,
            muted: false,
        });
    }

    fn append(&mut self, sender: Option<usize>, text: Option<String>) {
        self.messages.push(Said {
            sender,
            text,
            reactions: Vec::new(),
        });
        self.changes.push(("SENT", self.messages.len()));
    }
}
