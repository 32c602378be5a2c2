//! Some who lost a pet, others who find pets that look like it while everything breaks: each report is told to both of them,
//! once, in order and whole.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use entity::{notification, vocabulary::NotificationKind};
use finding_sweetie::ports::clock::{Clock, SystemClock};
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{
    stage::{Person, Stage},
    subscribers::{PAUSE, event, subscribe},
};
use crate::{
    matching::{dog, with},
    pets::at,
    support::connect,
};

const REPORT: &str =
    "mutation($input: ReportPetInput!) { reportPet(input: $input) { pet { id } userErrors { code } } }";
const ALERTS: &str = "subscription($after: Int) { told: matchAlerts(after: $after) { number about: match { id
    lost { id photos { id } reporter { id displayName } } other { id reporter { displayName } } factors { name } } } }";
const NOTIFICATIONS: &str =
    "subscription($after: Int) { told: notifications(after: $after) { number kind about: subject { id
    ... on Match { lost { id photos { id } reporter { id displayName } } other { id reporter { displayName } } } } } }";

/// How long ago the pets were seen.
const HOUR: Duration = Duration::from_secs(3_600);

/// Who looks for a pet, and who finds one after the other.
pub struct Search {
    pub members: [Person; 2],
    /// Degrees; far enough from those of the others.
    pub latitude: f64,
    /// When the pets were seen. It does not change: what is sent again must be the same.
    pub seen_at: String,
}

impl Search {
    pub fn new(members: [Person; 2], latitude: f64) -> Self {
        let seen_at = SystemClock.now().minus(HOUR).to_utc().to_rfc3339();
        Self {
            members,
            latitude,
            seen_at,
        }
    }
}

/// What somebody was told: the number and the match that it is about.
pub type Told = Vec<(i64, String)>;

/// Everything that somebody was told.
#[derive(Debug)]
pub struct News {
    pub alerts: Told,
    pub notifications: Told,
}

/// The first report, before the storm.
pub async fn lose(stage: &Stage, place: usize, search: &Search) {
    report(stage, place, search, 0).await.expect("all is quiet");
}

/// Reports what is found, one after the other while messages flow; over when all is acknowledged.
pub fn find(stage: &Arc<Stage>) -> impl Future<Output = ()> + use<> {
    let tasks = (0..stage.searches.len()).map(|place| tokio::spawn(find_all(stage.clone(), place)));
    let tasks: Vec<_> = tasks.collect();
    async move {
        for done in join_all(tasks).await {
            done.expect("somebody who reports failed");
        }
    }
}

async fn find_all(stage: Arc<Stage>, place: usize) {
    let share = stage.size.messages() / (stage.size.found + 1);
    for number in 1..=stage.size.found {
        while stage.ledger.count() < number * share {
            sleep(PAUSE).await;
        }
        let mut node = place + number;
        while let Err(why) = report(&stage, node, &stage.searches[place], number).await {
            stage.ledger.retry(&why);
            node += 1;
            sleep(PAUSE).await;
        }
    }
}

/// One try; why it is not known to be taken, in a few words.
async fn report(stage: &Stage, node: usize, search: &Search, number: usize) -> Result<(), String> {
    let (kind, by) = if number == 0 { ("LOST", 0) } else { ("FOUND", 1) };
    // Equal chips: of several that look alike, only the best would be told.
    let chip = format!("985112{:09}", (search.latitude * 1e6) as u32);
    let more = json!({ "location": at(search.latitude, -100.0), "microchip": chip });
    let more = with(more, json!({ "idempotencyKey": format!("report {number}") }));
    let input = with(dog(kind, search.latitude, &search.seen_at), more);
    let data = stage.ask(node, &search.members[by].token, REPORT, input).await?;
    assert_eq!(data["reportPet"]["userErrors"], json!([]), "{data}");
    Ok(())
}

/// What all who search and find are told: `[2 * search + side]`. Over when each is told of as much as was found.
pub fn listen(stage: &Arc<Stage>) -> impl Future<Output = Vec<News>> + use<> {
    let people = 0..2 * stage.searches.len();
    let tasks: Vec<_> = people.map(|person| tokio::spawn(hear(stage.clone(), person))).collect();
    async move {
        let heard = join_all(tasks).await.into_iter();
        heard.map(|heard| heard.expect("a subscriber failed")).collect()
    }
}

async fn hear(stage: Arc<Stage>, person: usize) -> News {
    let (alerts, notifications) = tokio::join!(follow(&stage, person, ALERTS), follow(&stage, person, NOTIFICATIONS));
    News { alerts, notifications }
}

async fn follow(stage: &Stage, person: usize, query: &str) -> Told {
    let (mut told, mut node) = (Vec::new(), person / 2 + person);
    while let Err(why) = follow_once(stage, node, person, query, &mut told).await {
        stage.ledger.reconnect(&why);
        node += 1;
        sleep(PAUSE).await;
    }
    told
}

async fn follow_once(stage: &Stage, node: usize, person: usize, query: &str, told: &mut Told) -> Result<(), String> {
    let token = &stage.searches[person / 2].members[person % 2].token;
    let after = told.last().map_or(0, |(number, _)| *number);
    let mut socket = subscribe(&stage.url(node), token, query, json!({ "after": after })).await?;
    while told.len() < stage.size.found {
        told.push(read(&event(&mut socket).await?["told"]));
    }
    Ok(())
}

fn read(event: &Value) -> (i64, String) {
    let about = &event["about"];
    for nested in [
        "/lost/photos",
        "/lost/reporter/displayName",
        "/other/reporter/displayName",
    ] {
        assert!(
            about.pointer(nested).is_some_and(|value| !value.is_null()),
            "{nested}: {event}"
        );
    }
    let id = about["id"].as_str().unwrap_or_else(|| panic!("{event}"));
    (
        event["number"].as_i64().unwrap_or_else(|| panic!("{event}")),
        id.to_owned(),
    )
}

/// Each was told of each match once, in order, and both of a search of the same ones; nobody is told of anything else.
pub async fn judge(stage: &Stage, news: &[News], database_url: &str) {
    let db = connect(database_url).await;
    let of_matches = notification::Entity::find().filter(notification::Column::Kind.eq(NotificationKind::Match));
    let count = of_matches.count(db.read()).await.unwrap();
    assert_eq!(count as usize, 2 * stage.size.searches * stage.size.found);
    db.close().await.unwrap();
    let numbers: Vec<i64> = (1..).take(stage.size.found).collect();
    for sides in news.chunks(2) {
        let matches = |told: &Told| told.iter().map(|(_, id)| id.clone()).collect::<BTreeSet<_>>();
        let expected = matches(&sides[0].alerts);
        assert_eq!(expected.len(), stage.size.found, "{sides:?}");
        for told in sides.iter().flat_map(|news| [&news.alerts, &news.notifications]) {
            assert_eq!(told.iter().map(|(number, _)| *number).collect::<Vec<_>>(), numbers);
            assert_eq!(matches(told), expected);
        }
    }
}
