//! What the product is for, from end to end.

mod lost_to_reunited;
