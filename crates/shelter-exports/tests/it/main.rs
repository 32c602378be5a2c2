//! What is exported from rows of the tables: our import reads the inventory back, and stays are counted.

mod animals;
mod any;
mod figures;
mod formulas;
mod reading;
mod rows;
mod stays;
