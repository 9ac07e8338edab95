//! How does a column become a typed value, and which row is to blame when it cannot?

use rusqlite::Row;
use rusqlite::types::{FromSql, ValueRef};
use stapel_credential::Timestamp;
use stapel_issuer::{DatabaseInconsistency, SecretHash};

use super::fault::Answer;

/// One row of a table, for reading its columns.
pub(crate) struct Columns<'r> {
    pub table: &'static str,
    pub key: String,
    pub row: &'r Row<'r>,
    /// The names of the columns in their order, where reading by number is worth it; else SQLite is asked for each name.
    pub order: &'static [&'static str],
}

impl<'r> Columns<'r> {
    /// The row of `table` whose key stands in the text column `key`.
    pub(crate) fn of(table: &'static str, key: &'static str, row: &'r Row<'r>) -> Answer<Self> {
        let key = row.get_ref(key)?;
        let key = key.as_str().map_or_else(|_| format!("{:?}", key.data_type()), str::to_owned);
        Ok(Self { table, key, row, order: &[] })
    }

    /// The row of `table` whose key is its first column, with its columns in that order.
    pub(crate) fn in_order(table: &'static str, order: &'static [&'static str], row: &'r Row<'r>) -> Answer<Self> {
        let key = row.get_ref(0)?;
        let key = key.as_str().map_or_else(|_| format!("{:?}", key.data_type()), str::to_owned);
        Ok(Self { table, key, row, order })
    }

    fn value(&self, column: &'static str) -> Answer<ValueRef<'_>> {
        Ok(match self.order.iter().position(|name| *name == column) {
            Some(place) => self.row.get_ref(place)?,
            None => self.row.get_ref(column)?,
        })
    }

    /// That this column cannot be.
    pub(crate) fn inconsistent(&self, column: &'static str) -> DatabaseInconsistency {
        DatabaseInconsistency { table: self.table, column, row: self.key.clone() }
    }

    /// The value as SQLite has it.
    pub(crate) fn raw<T: FromSql>(&self, column: &'static str) -> Answer<T> {
        T::column_result(self.value(column)?).map_err(|_| self.inconsistent(column).into())
    }

    /// A count that is never negative.
    pub(crate) fn count(&self, column: &'static str) -> Answer<u64> {
        u64::try_from(self.raw::<i64>(column)?).map_err(|_| self.inconsistent(column).into())
    }

    /// The JSON of one of our own types.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, column: &'static str) -> Answer<T> {
        self.text(column, |text| serde_json::from_str(text))
    }

    /// The text, read by `parse`.
    pub(crate) fn text<T, E>(&self, column: &'static str, parse: impl FnOnce(&str) -> Result<T, E>) -> Answer<T> {
        let text = self.value(column)?.as_str().map_err(|_| self.inconsistent(column))?;
        parse(text).map_err(|_| self.inconsistent(column).into())
    }

    /// The text, if there is one.
    pub(crate) fn optional_text<T, E>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Answer<Option<T>> {
        let text = self.value(column)?.as_str_or_null().map_err(|_| self.inconsistent(column))?;
        text.map(parse).transpose().map_err(|_| self.inconsistent(column).into())
    }

    /// The instant.
    pub(crate) fn instant(&self, column: &'static str) -> Answer<Timestamp> {
        self.optional_instant(column)?.ok_or_else(|| self.inconsistent(column).into())
    }

    /// The instant, if there is one.
    pub(crate) fn optional_instant(&self, column: &'static str) -> Answer<Option<Timestamp>> {
        let seconds: Option<i64> = self.raw(column)?;
        seconds.map(Timestamp::from_unix_seconds).transpose().map_err(|_| self.inconsistent(column).into())
    }

    /// The hash.
    pub(crate) fn hash(&self, column: &'static str) -> Answer<SecretHash> {
        self.optional_hash(column)?.ok_or_else(|| self.inconsistent(column).into())
    }

    /// The hash, if there is one.
    pub(crate) fn optional_hash(&self, column: &'static str) -> Answer<Option<SecretHash>> {
        Ok(self.raw::<Option<[u8; 32]>>(column)?.map(SecretHash::from_bytes))
    }
}

/// A word of a closed list.
pub(crate) fn word<T>(find: impl FnOnce(&str) -> Option<T>) -> impl FnOnce(&str) -> Result<T, ()> {
    |text| find(text).ok_or(())
}

/// A count as SQLite keeps it. None of ours comes near 2^63.
pub(crate) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
