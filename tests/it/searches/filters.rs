//! Filters as they are kept, and as they are compared with one report: for filters and reports of every kind.

use std::collections::BTreeSet;

use entity::{
    ColorSet, Timestamp,
    id::{MemberId, PetId, ShelterId},
    pet,
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, Color, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};
use finding_sweetie::{
    domain::{
        pets::{
            self,
            search::{self, Area, Filter, Search, Sort},
        },
        searches::{self, SavedFilter},
    },
    kernel::Viewer,
};
use geometry::{Bounds, Circle, Point, Polygon};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
    strategy::ValueTree,
    test_runner::TestRunner,
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{shelters::shelter, support::TestApp};

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
            id: PetId(Uuid::from_u128(id)),
            kind, status, urgent, species, sex, size, age_group, microchipped,
            name: name.map(str::to_owned),
            description: Some(words.join(" ")),
            breed_primary: first.map(str::to_owned),
            breed_secondary: second.map(str::to_owned),
            breed_mixed: false,
            breed_raw: None,
            altered: Altered::Unknown,
            coat: CoatLength::Unknown,
            colors: colors.into_iter().collect::<ColorSet>(),
            color_raw: None,
            pattern: CoatPattern::Unknown,
            markings: None,
            collar: None,
            weight_grams: None,
            microchip: None,
            microchip_raw: None,
            second_microchip: None,
            birth_date: None,
            ages_at: None,
            original_text: None,
            private_marks: "[]".to_owned(),
            reward: None,
            seen_at: Timestamp(seen_at),
            precision: PlacePrecision::Point,
            latitude: None,
            longitude: None,
            public_latitude: point.map(|point| point.latitude),
            public_longitude: point.map(|point| point.longitude),
            public_x: vector.map(|[x, _, _]| x),
            public_y: vector.map(|[_, y, _]| y),
            public_z: vector.map(|[_, _, z]| z),
            map_x: None,
            map_y: None,
            anchor_latitude: None,
            anchor_longitude: None,
            past_anchors: None,
            place_label: String::new(),
            city: None,
            region: None,
            postal_code: None,
            country: None,
            address: None,
            reporter_id: None,
            shelter_id: is_sheltered.then_some(shelter),
            external_id: None,
            intake_type: None,
            import_hash: None,
            import_id: None,
            search_text: String::new(),
            reported_at: Timestamp(1),
            updated_at: Timestamp(1),
            closed_at: None,
            version: 1,
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

/// The reports that the database finds.
async fn found(app: &TestApp, filter: &Filter) -> BTreeSet<PetId> {
    let search = Search::new(&app.deps, filter.clone(), Sort::Newest).unwrap();
    let ids = pets::visible_to(&Viewer::System)
        .select_only()
        .column(pet::Column::Id)
        .filter(search.condition())
        .into_tuple::<PetId>();
    ids.all(app.deps.db.read()).await.unwrap().into_iter().collect()
}

#[tokio::test]
async fn a_report_fits_a_filter_exactly_where_a_search_finds_it() {
    let app = TestApp::new().await;
    let shelter = a_shelter(&app).await;
    let mut runner = TestRunner::default();
    let mut animals: Vec<pet::Model> = (0..150).map(|_| draw(&mut runner, &animal(shelter))).collect();
    for animal in &mut animals {
        animal.search_text = pets::search_text(&animal.clone().into_active_model());
    }
    for chunk in animals.chunks(50) {
        let rows: Vec<_> = chunk.iter().cloned().map(pet::Model::into_active_model).collect();
        let rows = rows.into_iter().map(|row| pet::ActiveModel {
            id: Set(row.id.clone().unwrap()),
            ..row
        });
        let inserted = app
            .deps
            .write(async |tx| Ok(pet::Entity::insert_many(rows).exec_without_returning(tx).await?));
        inserted.await.unwrap();
    }

    let mut hits = 0;
    for _ in 0..400 {
        let filter = draw(&mut runner, &filter(shelter));
        let expected = found(&app, &filter).await;
        let fitting = search::fitting(&filter, animals.iter()).into_iter();
        let fitting: BTreeSet<PetId> = fitting.map(|pet| pet.id).collect();
        assert_eq!(fitting, expected, "{filter:?}");
        hits += expected.len();
    }
    assert!(400 < hits, "the filters find next to nothing: {hits}");
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
