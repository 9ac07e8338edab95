//! Do the stories run from end to end? The six routes over several institutions, the stacking patterns, the examples of practice.

mod catalogue;
mod labels;
mod patterns;
mod patterns_levels;
mod practice;
mod routes;
mod sharing;
