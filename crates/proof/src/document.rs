//! What can be signed, by whom, and to what end?

use std::fmt;

use serde::Serialize;
use stapel_credential::json::{self, JsonError};
use stapel_credential::{
    AnyCredential, AnyPresentation, Credential as _, Subject, Uri, VerifiableCredential, VerifiablePresentation,
    data_model,
};

use crate::jwt::JwtNames;
use crate::proof::ProofPurpose;

/// A kind of document that is signed.
pub trait Document: Clone + fmt::Debug + Serialize {
    /// The purpose that its controller's proof must have (VC Data Integrity §2.2).
    const PURPOSE: ProofPurpose;
    /// The most bytes of text that are read.
    const MAX_BYTES: usize;

    /// The names under which it stands in a JWT.
    const JWT: JwtNames = JwtNames::CREDENTIAL;

    /// Reads the typed view from text that was read strictly before.
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path.
    fn view(text: &str) -> Result<Self, JsonError>;

    /// Who must control the key that signed it: the issuer of a credential, the holder of a presentation.
    fn controller(&self) -> &Uri;

    /// What must hold before it is signed, beyond what its type makes sure of.
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path.
    fn check_unsigned(&self) -> Result<(), JsonError> {
        Ok(())
    }
}

impl<S: Subject> Document for VerifiableCredential<S> {
    const PURPOSE: ProofPurpose = ProofPurpose::AssertionMethod;
    const MAX_BYTES: usize = json::MAX_DOCUMENT_BYTES;

    fn view(text: &str) -> Result<Self, JsonError> {
        Self::view(text)
    }

    fn controller(&self) -> &Uri {
        &self.issuer.id
    }

    fn check_unsigned(&self) -> Result<(), JsonError> {
        data_model::check_unsigned(self)
    }
}

impl Document for VerifiablePresentation {
    const PURPOSE: ProofPurpose = ProofPurpose::Authentication;
    const MAX_BYTES: usize = json::MAX_COLLECTION_BYTES;
    const JWT: JwtNames = JwtNames::PRESENTATION;

    fn view(text: &str) -> Result<Self, JsonError> {
        Self::view(text)
    }

    fn controller(&self) -> &Uri {
        &self.holder
    }
}

/// Of any kind: what is signed is the text that it keeps.
impl Document for AnyCredential {
    const PURPOSE: ProofPurpose = ProofPurpose::AssertionMethod;
    const MAX_BYTES: usize = json::MAX_DOCUMENT_BYTES;

    fn view(text: &str) -> Result<Self, JsonError> {
        Self::view(text)
    }

    fn controller(&self) -> &Uri {
        self.issuer_id()
    }

    fn check_unsigned(&self) -> Result<(), JsonError> {
        if self.has_proof() {
            return Err(JsonError::Shape {
                path: "$.proof".to_owned(),
                message: "is there already: somebody signed it".to_owned(),
            });
        }
        data_model::check_unsigned(self)
    }
}

/// Of any kind; where no holder is named, whoever signed it must be who signed it.
impl Document for AnyPresentation {
    const PURPOSE: ProofPurpose = ProofPurpose::Authentication;
    const MAX_BYTES: usize = json::MAX_COLLECTION_BYTES;
    const JWT: JwtNames = JwtNames::PRESENTATION;

    fn view(text: &str) -> Result<Self, JsonError> {
        Self::view(text)
    }

    fn controller(&self) -> &Uri {
        self.shown_by()
    }
}
