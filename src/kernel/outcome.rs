//! How a job went. Use cases that jobs call say it, and the queue acts on it.

use std::time::Duration;

use super::error::{Error, Result};

/// How a job went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// There is nothing left to do, because what it was about is gone: the normal course of things.
    Gone(&'static str),
    /// It goes on after that time, and what it did so far was not a try: it was not its turn, or it lets others have theirs.
    /// With no time at all, it goes on behind what is due now.
    Snooze(Duration),
    /// It failed, and may succeed after that time, or else after the usual pause.
    Retry {
        /// For the log and for admins.
        why: String,
        /// When it makes sense to try again, if that is known.
        after: Option<Duration>,
    },
    /// It can never succeed: it is buried, where admins see it with the reason.
    Discard(String),
}

impl From<()> for Outcome {
    fn from((): ()) -> Self {
        Self::Done
    }
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        let why = format!("{error:?}");
        match error {
            Error::RateLimited { after, .. } => Self::Retry {
                why,
                after: Some(after),
            },
            // A conflict is with something that is there now: the next try sees it.
            Error::Unavailable(_) | Error::NotNow(_) | Error::Internal(_) | Error::Conflict(_) => {
                Self::Retry { why, after: None }
            }
            Error::Unauthenticated
            | Error::Forbidden(_)
            | Error::NotFound(_)
            | Error::Invalid(_)
            | Error::BadInput(_)
            | Error::ResumeUnavailable => Self::Discard(why),
        }
    }
}

/// Says what it means for a job when something was not found.
pub trait OrGone {
    /// How it went, or gone for that reason if something was not found.
    fn or_gone(self, why: &'static str) -> Result<Outcome>;
}

impl<T: Into<Outcome>> OrGone for Result<T> {
    fn or_gone(self, why: &'static str) -> Result<Outcome> {
        match self {
            Ok(went) => Ok(went.into()),
            Err(Error::NotFound(_)) => Ok(Outcome::Gone(why)),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_succeed_later_is_tried_again_and_what_cannot_is_not() {
        let after = Duration::from_secs(7);
        let limited = Error::RateLimited {
            what: "texts".into(),
            after,
        };
        let pause = |error: Error| match Outcome::from(error) {
            Outcome::Retry { after, .. } => after,
            other => panic!("{other:?}"),
        };

        assert_eq!(pause(limited), Some(after));
        for again in [Error::broken("a fault"), Error::NotNow("busy".into())] {
            assert_eq!(pause(again), None);
        }
        for never in [
            Error::NotFound("report"),
            Error::Forbidden("no".into()),
            Error::Invalid(Vec::new()),
        ] {
            assert!(matches!(Outcome::from(never), Outcome::Discard(_)));
        }
    }

    #[test]
    fn only_what_was_not_found_is_gone() {
        let missing: Result<()> = Err(Error::NotFound("report"));
        let broken: Result<()> = Err(Error::broken("a fault"));

        assert_eq!(Ok(()).or_gone("gone").unwrap(), Outcome::Done);
        assert_eq!(missing.or_gone("gone").unwrap(), Outcome::Gone("gone"));
        assert!(broken.or_gone("gone").is_err());
    }
}
