//! The tables of Finding Sweetie and nothing else: one file per table, typed ids, closed sets stored as text.

pub mod id;
pub mod vocabulary;

mod color_set;
mod timestamp;

pub mod api_key;
pub mod audit_entry;
pub mod conversation;
pub mod credit_entry;
pub mod cursor;
pub mod email_token;
pub mod event;
pub mod favorite;
pub mod idempotency_key;
pub mod import;
pub mod import_error;
pub mod job;
pub mod match_alert;
pub mod member;
pub mod message;
pub mod notification;
pub mod participant;
pub mod pet;
pub mod pet_match;
pub mod pet_photo;
pub mod phone_verification;
pub mod photo;
pub mod photo_look;
pub mod place_answer;
pub mod place_lookup;
pub mod place_service;
pub mod refresh_token;
pub mod saved_search;
pub mod search_cell;
pub mod search_history_entry;
pub mod search_history_opt_out;
pub mod search_hit;
pub mod session;
pub mod share;
pub mod share_visit;
pub mod shelter;
pub mod shelter_staff;
pub mod sighting;
pub mod sms_account;
pub mod sms_message;
pub mod sms_opt_out;
pub mod staff_invitation;
pub mod stream;
pub mod upload;

pub use color_set::ColorSet;
pub use timestamp::Timestamp;
