//! Runs the plan that the crate holds; see the README for its options.

fn main() -> std::process::ExitCode {
    nightcramp::simulate::main()
}
