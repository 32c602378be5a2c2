//! What resolvers find in their context.

use async_graphql::Context;

use super::{Loaders, LoadersOfRequest};
use crate::{
    deps::{Deps, OfAnotherHistory},
    domain::places::Asker,
    events::Hibernation,
    kernel::{Error, Result, Viewer, viewer::Origin},
};

/// Short ways to what every request carries.
pub trait ContextExt {
    /// What use cases may touch.
    fn deps(&self) -> Result<&Deps>;
    /// Who asks.
    fn viewer(&self) -> Result<&Viewer>;
    /// Where the request comes from.
    fn origin(&self) -> Result<&Origin>;
    /// Who asks for places.
    fn asker(&self) -> Result<Asker> {
        Ok(Asker::of(self.viewer()?, self.origin()?.address))
    }
    /// This request's loaders.
    fn loaders(&self) -> Result<&Loaders>;
    /// The number that a subscription is to go on after. Refused when the client has it from another history of the
    /// database; zero is the beginning of every one.
    fn resuming(&self, after: Option<i32>) -> Result<Option<i32>>;
    /// What use cases may touch for a subscription, which is suspended while it waits.
    fn deps_of_stream(&self) -> Result<Deps>;
}

impl ContextExt for Context<'_> {
    fn deps(&self) -> Result<&Deps> {
        self.data().map_err(|_| missing("deps"))
    }

    fn viewer(&self) -> Result<&Viewer> {
        self.data().map_err(|_| missing("viewer"))
    }

    fn origin(&self) -> Result<&Origin> {
        self.data().map_err(|_| missing("origin"))
    }

    fn loaders(&self) -> Result<&Loaders> {
        let loaders = self.data::<LoadersOfRequest>();
        let loaders = loaders.map_err(|_| missing("loaders"))?;
        Ok(
            match self.data_opt::<Hibernation>().is_some_and(Hibernation::is_watched) {
                true => loaders.of_stream(),
                false => loaders.get(),
            },
        )
    }

    fn resuming(&self, after: Option<i32>) -> Result<Option<i32>> {
        match after {
            Some(after) if after != 0 && self.data_opt::<OfAnotherHistory>().is_some() => Err(Error::ResumeUnavailable),
            after => Ok(after),
        }
    }

    fn deps_of_stream(&self) -> Result<Deps> {
        let hibernation = self.data_opt::<Hibernation>().cloned();
        Ok(self.deps()?.with_hibernation(hibernation.unwrap_or_default()))
    }
}

fn missing(what: &str) -> Error {
    Error::broken(format!("a request came without its {what}"))
}
