//! The outcome of a job. Use cases called by jobs return it, and the queue acts on it.

use std::time::Duration;

use super::error::{Error, Result};

/// The outcome of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The job is done.
    Done,
    /// There is nothing left to do, because the job's subject no longer exists. This is not an error.
    Gone(&'static str),
    /// The job continues after that time, and neither this run nor earlier ones count as attempts: it was not the job's turn, or it
    /// made room for others. With a duration of zero, it is queued behind the jobs that are due now.
    Snooze(Duration),
    /// The job failed but may succeed later: after that time if given, otherwise after the usual pause.
    Retry {
        /// The reason, for the log and for admins.
        why: String,
        /// When it makes sense to try again, if known.
        after: Option<Duration>,
    },
    /// The job can never succeed. It is buried, and admins see it with the reason.
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
            // A conflict is caused by the current state; the next attempt reads that state again.
            Error::Unavailable(_) | Error::NotNow(_) | Error::Internal(_) | Error::Conflict(_) => {
                Self::Retry { why, after: None }
            }
            Error::Unauthenticated
            | Error::TokenExpired
            | Error::KeyExpired
            | Error::Forbidden(_)
            | Error::NotFound(_)
            | Error::Invalid(_)
            | Error::BadInput(_)
            | Error::ResumeUnavailable => Self::Discard(why),
        }
    }
}

/// Converts "not found" into an outcome.
pub trait OrGone {
    /// The outcome, or `Gone` with that reason if something was not found.
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
