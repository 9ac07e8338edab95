//! What does this institution issue?

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use stapel_issuer::IssuerError;

use super::negotiation::Reader;
use super::{Shell, page, problem_page};
use crate::app::App;
use crate::desk::programmes::ProgrammeView;
use crate::routes::{ACHIEVEMENT, VERIFY};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    shell: Shell,
    homepage: Option<String>,
    verify: String,
    achievements: Vec<Line>,
    programmes: Vec<ProgrammeView>,
}

struct Line {
    name: String,
    address: String,
    description: String,
}

pub(crate) async fn home(State(app): State<App>, reader: Reader) -> Response {
    let found = app.work(|app| app.office.records().catalogue().map_err(IssuerError::from)).await;
    let catalogue = match found {
        Ok(catalogue) => catalogue,
        Err(problem) => return problem_page(&app, reader, &problem),
    };
    let language = reader.language.tag();
    let achievements = catalogue.achievements.into_iter().map(|record| Line {
        address: format!(
            "{}?lang={language}",
            app.office.addresses.path(ACHIEVEMENT, &[record.reference.code.as_str()])
        ),
        name: record.achievement.name,
        description: record.achievement.description,
    });
    let name = app.office.institution.name().to_owned();
    let template = HomePage {
        achievements: achievements.collect(),
        programmes: catalogue.programmes.iter().map(ProgrammeView::new).collect(),
        verify: format!("{}?lang={language}", app.office.addresses.path(VERIFY, &[])),
        homepage: app.office.institution.url().map(ToString::to_string),
        shell: Shell::new(&app, reader, &name, ""),
    };
    page(StatusCode::OK, reader.language, &template)
}
