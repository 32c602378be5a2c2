//! Filters as they are kept, and as they are compared with one report: for filters and reports of every kind.

use std::{
    cell::Cell,
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use entity::{
    ColorSet, Timestamp,
    id::{MemberId, PetId, ShelterId},
    pet,
    vocabulary::{AgeGroup, Color, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species},
};
use finding_sweetie::{
    domain::{
        pets::{
            self,
            search::{self, Area, Filter, Search, Sort},
        },
        searches::{self, SavedFilter},
    },
    events::PetEvent,
    kernel::Viewer,
};
use geometry::{Bounds, Circle, Point, Polygon};
use pet_index::{Everybody, LivePetIndex};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QuerySelect};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::{
    shelters::shelter,
    support::{TestApp, open_report},
};

const WORDS: [&str; 16] = [
    "red",
    "Collar",
    "100%",
    "a_b",
    "Ünal",
    "\\",
    "paw",
    "o'neil",
    "col",
    "iscui",
    "beagel",
    "siamese cat",
    "子猫",
    "い",
    "แมว",
    "strasse",
];
const NAMES: [&str; 6] = ["Biscuit", "Sweetie", "Ünal", "Paw paw", "白い子猫", "Straße แมวส้ม"];
const BREEDS: [&str; 5] = ["Beagle", "beagel", "Siamese", "red paw", "Boxer"];
/// Places around which reports and areas gather: a town, both sides of the antimeridian, a pole.
const MIDDLES: [(f64, f64); 4] = [(30.27, -97.74), (-17.0, 179.99), (-17.0, -179.99), (89.5, 10.0)];

fn some_of<V: Iterable + Clone + std::fmt::Debug + 'static>() -> impl Strategy<Value = Option<Vec<V>>> {
    let all: Vec<V> = V::iter().collect();
    let most = all.len();
    option::weighted(0.25, subsequence(all, 1..=most).prop_shuffle())
}

fn one_of<V: Iterable + Clone + std::fmt::Debug + 'static>() -> impl Strategy<Value = V> {
    select(V::iter().collect::<Vec<_>>())
}

fn point() -> impl Strategy<Value = Point> {
    (select(MIDDLES.to_vec()), -0.5..0.5, -0.5..0.5).prop_map(
        |((latitude, longitude), north, east): ((f64, f64), f64, f64)| {
            let longitude: f64 = longitude + east;
            let longitude = if 180.0 < longitude.abs() {
                longitude - 360.0_f64.copysign(longitude)
            } else {
                longitude
            };
            Point::new(latitude + north, longitude).unwrap()
        },
    )
}

fn area() -> impl Strategy<Value = Area> {
    let circle =
        (point(), 100.0..100_000.0).prop_map(|(center, radius)| Area::Circle(Circle::new(center, radius).unwrap()));
    let bounds = (point(), point()).prop_map(|(one, other)| {
        let (south, north) = (one.latitude.min(other.latitude), one.latitude.max(other.latitude));
        Area::Bounds(Bounds::new(south, one.longitude, north, other.longitude).unwrap())
    });
    let polygon = vec(point(), 3..6).prop_filter_map("crosses itself", |corners| {
        Polygon::new(&corners).ok().map(Area::Polygon)
    });
    prop_oneof![circle, bounds, polygon]
}

prop_compose! {
    fn filter(shelter: ShelterId)(
        (kinds, statuses, species, colors) in (some_of::<PetKind>(), some_of::<PetStatus>(), some_of::<Species>(), some_of::<Color>()),
        (sizes, sexes, age_groups) in (some_of::<PetSize>(), some_of::<Sex>(), some_of::<AgeGroup>()),
        (microchipped, urgent) in (option::weighted(0.2, any::<bool>()), option::weighted(0.2, any::<bool>())),
        (seen_from, seen_to) in (option::weighted(0.2, 0..100_i64), option::weighted(0.2, 0..100_i64)),
        breed in option::weighted(0.2, select(BREEDS.to_vec())),
        text in option::weighted(0.3, vec(select(WORDS.to_vec()), 0..3)),
        area in option::weighted(0.5, area()),
        shelter_id in option::weighted(0.1, Just(shelter)),
    ) -> Filter {
        Filter {
            kinds, statuses, species, colors, sizes, sexes, age_groups, microchipped, urgent, area, shelter_id,
            breed: breed.map(str::to_owned),
            seen_from: seen_from.map(Timestamp),
            seen_to: seen_to.map(Timestamp),
            text: text.map(|words| words.join(" ")),
        }
    }
}

prop_compose! {
    fn animal(shelter: ShelterId)(
        (id, kind, status, species) in (any::<u128>(), one_of::<PetKind>(), select(vec![PetStatus::Open, PetStatus::Open, PetStatus::Matched, PetStatus::Closed]), one_of::<Species>()),
        (size, sex, age_group, colors) in (one_of::<PetSize>(), one_of::<Sex>(), one_of::<AgeGroup>(), subsequence(Color::iter().collect::<Vec<_>>(), 0..4)),
        (microchipped, urgent, seen_at) in (option::of(any::<bool>()), any::<bool>(), 0..100_i64),
        (first, second) in (option::of(select(vec!["Beagle", "Siamese", "Boxer"])), option::weighted(0.2, select(vec!["Beagle", "Boxer"]))),
        (name, words, point) in (option::of(select(NAMES.to_vec())), vec(select(WORDS.to_vec()), 0..5), option::weighted(0.9, point())),
        is_sheltered in any::<bool>(),
    ) -> pet::Model {
        let vector = point.map(Point::unit_vector);
        pet::Model {
            kind, status, urgent, species, sex, size, age_group, microchipped,
            name: name.map(str::to_owned),
            description: Some(words.join(" ")),
            breed_primary: first.map(str::to_owned),
            breed_secondary: second.map(str::to_owned),
            colors: colors.into_iter().collect::<ColorSet>(),
            seen_at: Timestamp(seen_at),
            precision: PlacePrecision::Point,
            public_latitude: point.map(|point| point.latitude),
            public_longitude: point.map(|point| point.longitude),
            public_x: vector.map(|[x, _, _]| x),
            public_y: vector.map(|[_, y, _]| y),
            public_z: vector.map(|[_, _, z]| z),
            shelter_id: is_sheltered.then_some(shelter),
            ..open_report(Uuid::from_u128(id), Timestamp(1))
        }
    }
}

/// One value that a strategy draws.
fn draw<V: std::fmt::Debug>(runner: &mut TestRunner, strategy: &impl Strategy<Value = V>) -> V {
    strategy.new_tree(runner).unwrap().current()
}

async fn a_shelter(app: &TestApp) -> ShelterId {
    let ann = app.member("ann").await;
    shelter(app, &ann).await.parse().unwrap()
}

/// Inserts reports of every kind.
async fn reports(app: &TestApp, runner: &mut TestRunner, shelter: ShelterId) -> Vec<pet::Model> {
    let mut animals: Vec<pet::Model> = (0..150).map(|_| draw(runner, &animal(shelter))).collect();
    for animal in &mut animals {
        animal.search_text = pets::search_text(&animal.clone().into_active_model());
    }
    for some in animals.chunks(50) {
        let rows = some.iter().cloned().map(|row| row.into_active_model().reset_all());
        let written = app.deps.write(async |tx| {
            pet::Entity::insert_many(rows).exec_without_returning(tx).await?;
            for animal in some {
                tx.announce(PetEvent::PetReported { pet_id: animal.id });
            }
            Ok(())
        });
        written.await.unwrap();
    }
    animals
}

/// The reports that the database finds.
async fn found(app: &TestApp, search: &Search) -> BTreeSet<PetId> {
    let ids = pets::visible_to(&Viewer::System)
        .select_only()
        .column(pet::Column::Id)
        .filter(search.condition())
        .into_tuple::<PetId>();
    ids.all(app.deps.db.read()).await.unwrap().into_iter().collect()
}

/// The reports found by the index in memory, through its rows and through its pins; None if only the tables can answer.
async fn remembered(app: &TestApp, animals: &[pet::Model], search: &Search) -> Option<[BTreeSet<PetId>; 2]> {
    let index_filter = search.index_filter()?;
    let look = app.deps.read_model::<LivePetIndex>();
    let look = look.look(&app.deps, |live_index| {
        let (pet_index, mut rows) = (live_index.pet_index(Everybody), BTreeSet::new());
        pet_index.each(index_filter, |pin_ref| {
            rows.insert(pin_ref.id());
        });
        let pins = animals.iter().filter_map(|pet| pet_index.get(pet.id));
        let pins = pins.filter(|pin| index_filter.admits(pin)).map(|pin| pin.id).collect();
        [rows, pins]
    });
    Some(look.await.unwrap())
}

/// Checks that all implementations agree on a filter. Returns how many reports match, and whether the index in memory
/// could answer.
async fn agree(app: &TestApp, animals: &[pet::Model], filter: &Filter) -> (usize, bool) {
    let search = Search::new(&app.deps, filter.clone(), Sort::Newest).unwrap();
    let expected = found(app, &search).await;

    let fitting = search::fitting(filter, animals.iter()).into_iter();
    let fitting: BTreeSet<PetId> = fitting.map(|pet| pet.id).collect();
    assert_eq!(fitting, expected, "single reports: {filter:?}");
    let remembered = remembered(app, animals, &search).await;
    for in_memory in remembered.iter().flatten() {
        assert_eq!(*in_memory, expected, "the index in memory: {filter:?}");
    }
    (expected.len(), remembered.is_some())
}

#[test]
fn a_filter_means_the_same_to_the_tables_the_index_and_single_reports() {
    let runtime = Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    });
    let (app, shelter, animals) = runtime.block_on(async {
        let app = TestApp::new().await;
        let shelter = a_shelter(&app).await;
        let animals = reports(&app, &mut runner, shelter).await;
        app.leave_work();
        (app, shelter, animals)
    });
    let (hits, from_memory) = (Cell::new(0), Cell::new(0));
    let done = runner.run(&filter(shelter), |filter| {
        let asked = AssertUnwindSafe(|| runtime.block_on(agree(&app, &animals, &filter)));
        let (fitting, remembered) = catch_unwind(asked).map_err(|_| TestCaseError::fail("see the panic above"))?;
        hits.set(hits.get() + fitting);
        from_memory.set(from_memory.get() + usize::from(remembered));
        Ok(())
    });
    let _guard = runtime.enter();
    drop(app);
    done.unwrap();
    assert!(400 < hits.get(), "the filters find next to nothing: {}", hits.get());
    assert!(
        40 < from_memory.get(),
        "the memory is next to never asked: {}",
        from_memory.get()
    );
}

#[tokio::test]
async fn a_kept_filter_is_read_back_as_it_was() {
    let app = TestApp::new().await;
    let shelter = a_shelter(&app).await;
    let member: MemberId = app.member("bob").await.id.parse().unwrap();
    let mut runner = TestRunner::default();
    for _ in 0..200 {
        let filter = draw(&mut runner, &filter(shelter));
        let saved = SavedFilter::checked(&app.deps, member, filter.clone()).await.unwrap();
        let row = searches::write(&saved).unwrap();

        let read = searches::read(&row).unwrap();

        assert_eq!(read, saved);
        assert_eq!(searches::write(&read).unwrap(), row);
        let again = SavedFilter::checked(&app.deps, member, read.filter.clone())
            .await
            .unwrap();
        assert_eq!(
            searches::write(&again).unwrap(),
            row,
            "equal searches are written alike"
        );
    }
}
