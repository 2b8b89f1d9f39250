//! Makes `cargo test` build the program, which the tests of kills and limits start from outside.

#[test]
fn the_program_says_its_version() {
    let program = env!("CARGO_BIN_EXE_cramp");
    let said = std::process::Command::new(program)
        .arg("--version")
        .output()
        .unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    assert_eq!(text, format!("cramp {}\n", env!("CARGO_PKG_VERSION")));
}
