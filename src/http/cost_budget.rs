//! Limits the work that one account or network can cause, per minute and at once, in points of cost.
//!
//! A caller with a token spends from the budget of their account, and from one shared by all accounts of their
//! network; a visitor spends from the budget of the visitors of their network. Budgets refill continuously. Costly
//! operations also take turns, so that a small query never waits behind more of them than half of the processors can
//! run.
//!
//! Each node keeps its own budgets, because it protects its own processors; they are lost when it stops.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    thread::available_parallelism,
    time::Duration,
};

use entity::Timestamp;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::graphql::{OverBudget, Turn};
use crate::kernel::network::subscriber_network;

/// Points per request that the rate limit allows: 1.2 million a minute by default. Twenty reports with ten fields
/// cost 220, a map about 2,500, so a person who pans a map eight times a second stays below.
const POINTS_PER_REQUEST: u64 = 1_000;
/// Budget shared by all accounts of a network, such as an office or a school, as a multiple of one account's budget.
const ACCOUNTS_PER_NETWORK: u64 = 5;
/// Cost of the most expensive operation allowed, see [`super::graphql::Limits::cost`]. Each budget has room for one.
const DEAREST: u64 = 50_000;
/// An operation is costly from here on: a page of a hundred reports with fifty fields, or a search for rare words.
const COSTLY: u64 = 5_000;
/// Divides a minute's budget to give the cost that may be in progress at once.
const AT_ONCE: u64 = 20;
/// Maximum time that an operation waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// Maximum number of budgets in memory, about 10 MiB.
const MOST_BUDGETS: usize = 65_536;

/// All budgets of a node.
pub struct CostBudget {
    per_minute: u64,
    budgets: Mutex<HashMap<String, Budget>>,
    costly: Arc<Semaphore>,
}

struct Budget {
    per_minute: u64,
    spent: u64,
    at: Timestamp,
    at_once: Arc<Semaphore>,
}

impl CostBudget {
    /// Budgets for a server that allows this many requests a minute from one address.
    pub fn new(rate_limit: u32) -> Self {
        let processors = available_parallelism().map_or(1, usize::from);
        Self {
            per_minute: (u64::from(rate_limit) * POINTS_PER_REQUEST).max(DEAREST),
            budgets: Mutex::default(),
            costly: Arc::new(Semaphore::new(permits(DEAREST) as usize * processors.div_ceil(2))),
        }
    }

    /// Spends the cost of an operation and waits for its turn, which lasts until the returned value is dropped.
    pub async fn turn(
        &self,
        (account, address): (Option<&str>, IpAddr),
        cost: u64,
        now: Timestamp,
    ) -> Result<Turn, OverBudget> {
        let own = self.spend(&self.payers(account, address), cost, now)?;
        let own = wait(own, cost, "operations of yours are").await?;
        match COSTLY <= cost {
            true => {
                let costly = wait(Arc::clone(&self.costly), cost, "costly operations are").await?;
                Ok(Turn::holding(vec![own, costly]))
            }
            false => Ok(Turn::holding(vec![own])),
        }
    }

    /// The budgets to charge: the name of each, its points per minute, and its description for a refusal.
    fn payers(&self, account: Option<&str>, address: IpAddr) -> Vec<(String, u64, &'static str)> {
        let network = subscriber_network(address);
        match account {
            None => vec![(
                format!("visitors of {network}"),
                self.per_minute,
                "visitors from one address",
            )],
            Some(account) => vec![
                (format!("account {account}"), self.per_minute, "one account"),
                (
                    format!("accounts of {network}"),
                    self.per_minute.saturating_mul(ACCOUNTS_PER_NETWORK),
                    "all accounts from one address",
                ),
            ],
        }
    }

    /// Spends from all of these budgets or from none, and returns the first one's limit on concurrent work.
    fn spend(
        &self,
        payers: &[(String, u64, &'static str)],
        cost: u64,
        now: Timestamp,
    ) -> Result<Arc<Semaphore>, OverBudget> {
        let mut budgets = self.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut budgets, now);
        for (name, per_minute, whose) in payers {
            let budget = budgets
                .entry(name.clone())
                .or_insert_with(|| Budget::new(*per_minute, now));
            if let Some(after) = budget.wait_for(cost, now) {
                return Err(OverBudget {
                    message: format!("{whose} may spend {per_minute} points of cost a minute"),
                    after,
                });
            }
        }
        let mut at_once = None;
        for (name, ..) in payers {
            if let Some(budget) = budgets.get_mut(name) {
                budget.spent = budget.spent.saturating_add(cost);
                at_once.get_or_insert_with(|| Arc::clone(&budget.at_once));
            }
        }
        Ok(at_once.unwrap_or_else(|| Arc::clone(&self.costly)))
    }
}

impl Budget {
    fn new(per_minute: u64, now: Timestamp) -> Self {
        let at_once = (per_minute / AT_ONCE).max(DEAREST);
        Self {
            per_minute,
            spent: 0,
            at: now,
            at_once: Arc::new(Semaphore::new(permits(at_once) as usize)),
        }
    }

    /// Time until there is room for this cost; `None` if there is room now.
    fn wait_for(&mut self, cost: u64, now: Timestamp) -> Option<Duration> {
        let passed = u64::try_from(now.since(self.at).as_millis()).unwrap_or(u64::MAX);
        let filled = passed.saturating_mul(self.per_minute) / 60_000;
        if 0 < filled {
            self.spent = self.spent.saturating_sub(filled);
            self.at = now;
        }
        let missing = self.spent.saturating_add(cost).saturating_sub(self.per_minute);
        let milliseconds = missing.saturating_mul(60_000).div_ceil(self.per_minute);
        (0 < missing).then(|| Duration::from_millis(milliseconds))
    }
}

/// Waits until there is room for this cost.
async fn wait(room: Arc<Semaphore>, cost: u64, what: &str) -> Result<OwnedSemaphorePermit, OverBudget> {
    let turn = timeout(PATIENCE, room.acquire_many_owned(permits(cost.min(DEAREST)))).await;
    // Nobody closes the semaphore, so it always grants permits.
    turn.ok().and_then(Result::ok).ok_or_else(|| OverBudget {
        message: format!("so many {what} being worked on that this one did not get its turn"),
        after: Duration::from_secs(1),
    })
}

fn permits(points: u64) -> u32 {
    u32::try_from(points).unwrap_or(u32::MAX)
}

/// If there are many budgets, removes the full ones, and if there are still too many, those of which less than
/// half is spent.
fn make_room(budgets: &mut HashMap<String, Budget>, now: Timestamp) {
    if budgets.len() < MOST_BUDGETS {
        return;
    }
    budgets.retain(|_, budget| budget.wait_for(0, now).is_some() || 0 < budget.spent);
    if MOST_BUDGETS * 3 / 4 < budgets.len() {
        budgets.retain(|_, budget| budget.per_minute / 2 < budget.spent);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    const NOON: Timestamp = Timestamp(1_780_000_000_000);

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_budget_fills_up_again_with_time() {
        let budgets = CostBudget::new(100);
        let ask = async |cost, seconds| {
            let who = (None, address("192.0.2.1"));
            budgets
                .turn(who, cost, NOON.plus(Duration::from_secs(seconds)))
                .await
                .map(drop)
        };

        for _ in 0..2 {
            assert!(ask(50_000, 0).await.is_ok());
        }
        let refused = ask(1_000, 0).await.unwrap_err();

        assert_eq!(refused.after, Duration::from_millis(600));
        assert!(
            refused.message.contains("100000 points of cost a minute"),
            "{}",
            refused.message
        );
        assert!(ask(1_000, 1).await.is_ok());
        assert!(ask(50_000, 1).await.is_err());
        assert!(ask(50_000, 61).await.is_ok());
    }

    #[tokio::test]
    async fn an_account_has_its_own_budget_and_its_network_one_for_all_accounts() {
        let budgets = CostBudget::new(50);
        let ask = async |account, from| budgets.turn((account, address(from)), 50_000, NOON).await.is_ok();

        assert!(ask(None, "2001:db8::1").await);
        assert!(!ask(None, "2001:db8::2").await, "a neighbour in the same /64");
        for account in ["a", "b", "c", "d", "e"] {
            assert!(ask(Some(account), "2001:db8::1").await, "{account}");
            assert!(!ask(Some(account), "2001:db8:0:1::1").await, "{account} elsewhere");
        }
        assert!(!ask(Some("f"), "2001:db8::1").await);
        assert!(ask(Some("f"), "2001:db8:0:1::1").await);
    }

    #[tokio::test]
    async fn costly_operations_of_one_network_take_turns_and_small_ones_of_others_do_not_wait() {
        let budgets = CostBudget::new(1_200);
        let (one, other) = ((None, address("192.0.2.1")), (None, address("192.0.2.2")));

        let first = budgets.turn(one, 50_000, NOON).await.unwrap();
        let second = budgets.turn(one, 50_000, NOON).now_or_never();
        let small = budgets.turn(other, COSTLY - 1, NOON).now_or_never();

        assert!(second.is_none(), "it waits");
        assert!(small.is_some_and(|turn| turn.is_ok()));
        drop(first);
        assert!(budgets.turn(one, 50_000, NOON).await.is_ok());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let budgets = CostBudget::new(1_200);
        for number in 0..MOST_BUDGETS * 2 {
            let payer = [(number.to_string(), 1_200_000, "")];
            assert!(budgets.spend(&payer, 10, NOON).is_ok());
        }
        assert!(budgets.budgets.lock().unwrap().len() <= MOST_BUDGETS);
    }
}
