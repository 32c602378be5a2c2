//! Takes over the place of another report, with the very point that everybody sees of it.

use entity::pet;
use sea_orm::ActiveValue::Set;

/// Sets every column of the place to that of another report. For an animal that somebody else takes over: another mask of the
/// same place would tell more about it than the first.
pub fn same_place_columns(row: &mut pet::ActiveModel, other: &pet::Model) {
    macro_rules! set {
        ($($column:ident),* $(,)?) => { $(row.$column = Set(other.$column.clone());)* };
    }
    set!(
        precision,
        latitude,
        longitude,
        public_latitude,
        public_longitude,
        public_x,
        public_y,
        public_z,
        map_x,
        map_y,
        anchor_latitude,
        anchor_longitude,
        past_anchors,
        place_label,
        city,
        region,
        postal_code,
        country,
        address,
    );
}
