//! Do the documents of Open Badges 3.0, with our extension, read and write as they should?

#[cfg(test)]
mod any_credential;
#[cfg(test)]
mod context;
#[cfg(test)]
mod full_badge;
#[cfg(test)]
mod objects;
#[cfg(test)]
mod published_examples;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod wrong_documents;
#[cfg(test)]
mod wrong_other_documents;
