//! Streams a shelter's dashboard.

use std::{collections::BTreeSet, future::pending, time::Duration};

use entity::{
    Timestamp,
    id::{ImportId, ShelterId},
    shelter,
};
use futures_util::stream;

use super::board::{Dashboard, SOON, dashboard, today};
use crate::{
    deps::{Deps, Following, patiently},
    domain::{
        custody,
        shelters::{imports, keys, store},
        staff::Actor,
    },
    events::{Listener, Topic},
    kernel::{Error, Result, Viewer},
    ports::clock::SynchronizedClock,
};

/// After a dashboard was handed on, what happens within this time is told together: an import changes it many times a second.
const PAUSE: Duration = Duration::from_secs(1);

/// A shelter and its figures, at the same time.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The shelter.
    pub shelter: shelter::Model,
    /// Its figures.
    pub dashboard: Dashboard,
}

/// The dashboard now, then after every change and whenever time alone changes it, at most about once a second and always
/// with the state after the last change. It is told again rather than not at all, so one may be equal to the one before. The
/// viewer's rights are checked for every one of them and whenever they may have changed; losing them ends the stream with
/// an error. It rests while nothing happens.
pub async fn follow_dashboard(deps: &Deps, viewer: &Viewer, id: ShelterId) -> Result<Following<Watched>> {
    let (ears, heard) = match deps.hibernation().left::<(Ears, Heard)>() {
        Some(rested) => rested,
        None => {
            permitted(deps, viewer, id).await?;
            (Ears::open(deps, viewer, id), Heard::News)
        }
    };
    let watch = Watch {
        deps: deps.clone(),
        viewer: viewer.clone(),
        id,
        ears,
    };
    let boards = stream::unfold(Some((watch, heard)), |state| async move {
        let (mut watch, mut heard) = state?;
        loop {
            match Box::pin(watch.answer(heard)).await {
                Err(error) => return Some((Err(error), None)),
                Ok(Some(board)) => return Some((Ok(board), Some((watch, Heard::Nothing)))),
                Ok(None) => (watch, heard) = Box::pin(watch.hear_or_suspend()).await,
            }
        }
    });
    Ok(Box::pin(boards))
}

/// What a watch has heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// Nothing since the last dashboard was handed on.
    Nothing,
    /// The dashboard may have changed.
    News,
    /// The viewer may have lost the right to it.
    Rights,
}

/// What a watch listens to; all that is left of it while it rests.
struct Ears {
    news: Listener,
    rights: Listener,
    /// The imports that are running, whose bells are among the news: theirs tell no shelter.
    imports: BTreeSet<ImportId>,
    /// When time alone changes the dashboard.
    turns_at: Timestamp,
}

impl Ears {
    fn open(deps: &Deps, viewer: &Viewer, id: ShelterId) -> Self {
        let of_member = viewer.member().map(Topic::Rights);
        Self {
            news: deps.bells.listen(&[Topic::Shelter(id)]),
            rights: deps.bells.listen(of_member.as_slice()),
            imports: BTreeSet::new(),
            turns_at: deps.clock.now(),
        }
    }

    /// Waits until something is heard, but lets more of it come together first.
    async fn hear(&mut self, clock: &SynchronizedClock) -> Heard {
        tokio::time::sleep(PAUSE).await;
        tokio::select! {
            () = self.news.wait() => Heard::News,
            () = clock.wait_until(self.turns_at) => Heard::News,
            () = self.rights.wait() => Heard::Rights,
        }
    }
}

/// Somebody who watches a dashboard.
struct Watch {
    deps: Deps,
    viewer: Viewer,
    id: ShelterId,
    ears: Ears,
}

impl Watch {
    /// What follows from what was heard.
    async fn answer(&mut self, heard: Heard) -> Result<Option<Watched>> {
        match heard {
            Heard::News => self.look().await.map(Some),
            Heard::Rights => {
                let (deps, viewer, id) = (&self.deps, &self.viewer, self.id);
                self.ears.rights.mark_heard();
                patiently(|| permitted(deps, viewer, id)).await.map(|_| None)
            }
            Heard::Nothing if self.deps.hibernation().is_to_repeat() => self.look().await.map(Some),
            Heard::Nothing => Ok(None),
        }
    }

    /// The present dashboard. The bells are listened to before anything is read, so that no change falls in between.
    async fn look(&mut self) -> Result<Watched> {
        let (deps, viewer, id) = (&self.deps, &self.viewer, self.id);
        let ears = &mut self.ears;
        loop {
            ears.news.mark_heard();
            ears.rights.mark_heard();
            let seen = patiently(|| see(deps, viewer, id)).await?;
            ears.turns_at = seen.turns_at;
            if seen.imports == ears.imports {
                return Ok(seen.watched);
            }
            let of_imports = seen.imports.iter().copied().map(Topic::Import);
            let topics: Vec<Topic> = of_imports.chain([Topic::Shelter(id)]).collect();
            ears.news = deps.bells.listen(&topics);
            ears.imports = seen.imports;
        }
    }

    /// Waits until something is heard. If the stream is suspended instead, it ends here, and its successor goes on with that.
    async fn hear_or_suspend(self) -> (Self, Heard) {
        let Self {
            deps,
            viewer,
            id,
            mut ears,
        } = self;
        let clock = deps.clock.clone();
        let next = async move {
            let heard = ears.hear(&clock).await;
            (ears, heard)
        };
        if deps.hibernation().is_watched() {
            deps.hibernation().suspend(next);
            return pending().await;
        }
        let (ears, heard) = next.await;
        let watch = Self { deps, viewer, id, ears };
        (watch, heard)
    }
}

/// What a look finds.
struct Seen {
    watched: Watched,
    imports: BTreeSet<ImportId>,
    turns_at: Timestamp,
}

async fn see(deps: &Deps, viewer: &Viewer, id: ShelterId) -> Result<Seen> {
    let (db, now) = (deps.db.read(), deps.clock.now());
    let (actor, shelter) = permitted(deps, viewer, id).await?;
    let dashboard = dashboard(db, &actor, &shelter, now).await?.ok_or_else(refusal)?;
    let running = imports::running_imports(db, id).await?;
    // A hold that comes to be among those that end soon, and one that ends.
    let comes = custody::next_hold_end(db, id, now.plus(SOON)).await?;
    let ends = custody::next_hold_end(db, id, now).await?;
    let (_, midnight) = today(&shelter, now).span();
    let moments = [comes.map(|end| end.minus(SOON)), ends];
    Ok(Seen {
        turns_at: moments.into_iter().flatten().fold(midnight, Timestamp::min),
        imports: running.iter().map(|import| import.id).collect(),
        watched: Watched { shelter, dashboard },
    })
}

/// The shelter, if the viewer may see its dashboard now; a key that has ended meanwhile may not.
async fn permitted(deps: &Deps, viewer: &Viewer, id: ShelterId) -> Result<(Actor, shelter::Model)> {
    viewer.refuse_visitor()?;
    let db = deps.db.read();
    if let Viewer::Key { id: key, .. } = viewer
        && !keys::is_live(db, *key, deps.clock.now()).await?
    {
        return Err(Error::Unauthenticated);
    }
    let shelter = store::find(db, id).await?;
    let actor = Actor::of(db, viewer).await?;
    match actor.may_see_animals(id) {
        true => Ok((actor, shelter)),
        false => Err(refusal()),
    }
}

fn refusal() -> Error {
    let refusal = "only those who work for the shelter, its keys with pets:read and admins see its dashboard";
    Error::Forbidden(refusal.into())
}
