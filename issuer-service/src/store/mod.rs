//! Where are the institution's records kept? Stores behind [`stapel_issuer::Repository`].

pub mod sqlite;
