//! Many who write, or ask, at the same moment.

use std::{
    collections::{BTreeSet, HashMap},
    sync::atomic::{AtomicUsize, Ordering},
};

use entity::cursor;
use finding_sweetie::{
    deps::{BatchedQuery, Deps, Tx},
    kernel::{Error, Result},
};
use futures_util::{FutureExt, StreamExt, future::join_all, stream::FuturesUnordered};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sea_orm::{ActiveValue::Set, EntityTrait};
use tokio::sync::{Notify, Semaphore};

use crate::support::{LIMIT, TestApp, until};

async fn write_down(tx: &Tx, name: &str) -> Result<()> {
    let row = cursor::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(1),
    };
    cursor::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn written(app: &TestApp) -> BTreeSet<String> {
    let rows = cursor::Entity::find().all(app.deps.db.read()).await.unwrap();
    rows.into_iter()
        .map(|row| row.name)
        .filter(|name| name.starts_with("writer"))
        .collect()
}

fn names(numbers: impl IntoIterator<Item = usize>) -> BTreeSet<String> {
    numbers.into_iter().map(|number| format!("writer {number}")).collect()
}

#[tokio::test]
async fn a_writer_who_gives_up_in_the_middle_takes_nothing_from_those_before_and_after() {
    let app = TestApp::new().await;
    let (may_end, has_written) = (Notify::new(), Notify::new());
    let first = app.deps.write(async |tx| {
        write_down(tx, "writer 1").await?;
        may_end.notified().await;
        Ok(())
    });
    let second = app.deps.write(async |tx| {
        write_down(tx, "writer 2").await?;
        has_written.notify_one();
        std::future::pending::<Result<()>>().await
    });
    let given_up = async {
        tokio::select! {
            _ = second => unreachable!("it never ends"),
            () = has_written.notified() => {}
        }
    };
    let third = app.deps.write(async |tx| write_down(tx, "writer 3").await);
    let begin = async {
        // The others stand in line by the time at which the first may end.
        tokio::task::yield_now().await;
        may_end.notify_one();
    };
    let (first, (), third, ()) = tokio::join!(first, given_up, third, begin);

    assert!(first.is_ok() && third.is_ok());
    assert_eq!(written(&app).await, names([1, 3]));
}

#[tokio::test]
async fn a_writer_who_fails_fails_alone() {
    let app = TestApp::new().await;
    let writers = (0..40).map(|number| {
        let deps = &app.deps;
        async move {
            let write = deps.write(async |tx| {
                write_down(tx, &format!("writer {number}")).await?;
                match number % 4 {
                    0 => Err(Error::NotFound("pet")),
                    // The name is taken: a statement fails, not only the use case.
                    1 => write_down(tx, &format!("writer {number}")).await,
                    _ => Ok(()),
                }
            });
            write.await.is_ok()
        }
    });
    let done = join_all(writers).await;

    let expected = (0..40).filter(|number| 1 < number % 4);
    assert_eq!(written(&app).await, names(expected.clone()));
    assert_eq!(names((0..40).filter(|number| done[*number])), names(expected));
}

#[tokio::test]
async fn whatever_is_acknowledged_is_there_and_whatever_failed_is_not() {
    for seed in 0..6 {
        let app = TestApp::new().await;
        let mut chance = StdRng::seed_from_u64(seed);
        let plans: Vec<(bool, u32)> = (0..60)
            .map(|_| (chance.random_bool(0.2), chance.random_range(0..40)))
            .collect();
        let writers: FuturesUnordered<_> = plans
            .iter()
            .enumerate()
            .map(|(number, (fails, patience))| {
                let deps = &app.deps;
                async move {
                    let write = deps.write(async |tx| {
                        write_down(tx, &format!("writer {number}")).await?;
                        if *fails { Err(Error::NotFound("pet")) } else { Ok(()) }
                    });
                    (number, polled(write, *patience).await)
                }
            })
            .collect();
        let ends: HashMap<usize, Option<bool>> = writers.collect().await;

        let there = written(&app).await;
        for (number, end) in ends {
            let is_there = there.contains(&format!("writer {number}"));
            match end {
                Some(is_done) => assert_eq!(is_there, is_done, "writer {number} of seed {seed}"),
                None => assert!(!(plans[number].0 && is_there), "writer {number} of seed {seed}"),
            }
        }
    }
}

/// Whether the work succeeded; nothing if it was given up after it was looked at so often, which 30 and more never is.
async fn polled(work: impl Future<Output = Result<()>>, patience: u32) -> Option<bool> {
    let mut work = Box::pin(work);
    let mut left = patience;
    std::future::poll_fn(move |context| {
        if let std::task::Poll::Ready(done) = work.poll_unpin(context) {
            return std::task::Poll::Ready(Some(done.is_ok()));
        }
        left = if patience < 30 { left.saturating_sub(1) } else { 1 };
        if left == 0 {
            std::task::Poll::Ready(None)
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

/// Each of the tests has its own kind, because the questions of a kind wait together.
macro_rules! question {
    ($name:ident, $look:expr) => {
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        struct $name(usize);

        impl BatchedQuery for $name {
            type Answer = usize;

            async fn look(_: &Deps, asked: &[Self]) -> Result<HashMap<Self, usize>> {
                let look: fn(usize) -> Option<Result<usize>> = $look;
                GATE.acquire().await.unwrap().forget();
                LOOKS.fetch_add(1, Ordering::SeqCst);
                let answers = asked
                    .iter()
                    .filter_map(|question| Some((question.clone(), look(question.0)?)));
                answers
                    .map(|(question, answer)| Ok((question, answer?)))
                    .collect()
            }
        }

        static GATE: Semaphore = Semaphore::const_new(0);
        static LOOKS: AtomicUsize = AtomicUsize::new(0);
    };
}

#[tokio::test]
async fn questions_that_come_during_a_look_share_the_next() {
    question!(Square, |number| (number != 7).then_some(Ok(number * number)));
    let app = TestApp::new().await;
    let first = app.deps.ask(Square(1));
    let others = join_all((0..60).chain(0..60).map(|number| app.deps.ask(Square(number))));
    let open = async {
        until(LIMIT, "all have asked", async || GATE.available_permits() == 0).await;
        tokio::task::yield_now().await;
        GATE.add_permits(100);
    };
    let (first, others, ()) = tokio::join!(first, others, open);

    assert_eq!(first.unwrap(), Some(1));
    for (place, answer) in others.into_iter().enumerate() {
        let number = place % 60;
        assert_eq!(answer.unwrap(), (number != 7).then_some(number * number));
    }
    assert!(LOOKS.load(Ordering::SeqCst) <= 2);
}

#[tokio::test]
async fn a_look_that_fails_or_panics_is_told_to_all_who_asked_and_the_next_is_served() {
    question!(Trouble, |number| match number {
        0 => Some(Err(Error::NotFound("pet"))),
        1 => panic!("a look of a test panics"),
        _ => Some(Ok(number)),
    });
    let app = TestApp::new().await;
    GATE.add_permits(100);

    for trouble in [0, 1] {
        assert!(app.deps.ask(Trouble(trouble)).await.is_err());
        assert_eq!(app.deps.ask(Trouble(5)).await.unwrap(), Some(5));
    }
}
