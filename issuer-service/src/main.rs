//! The institution's service and command.

use std::process::ExitCode;

fn main() -> ExitCode {
    stapel_issuer_service::run()
}
