//! From what a page was made, as a line that every form of the page carries.

use serde::Serialize;

/// The first words of the line.
const MARK: &str = "nightcramp-page";

/// From what a page was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MadeFrom {
    /// The program and its version.
    pub(crate) program: String,
    /// First night of the period.
    pub(crate) from: String,
    /// Last night of the period.
    pub(crate) to: String,
    /// The paper it is set on.
    pub(crate) paper: String,
    /// SHA-256 of everything in the diary up to the end of the period, in hexadecimal.
    pub(crate) data_sha256: String,
}

impl MadeFrom {
    /// The line. It has no letter that PDF, HTML, SVG or JSON would write differently.
    pub(crate) fn line(&self) -> String {
        format!(
            "{MARK} program={} from={} to={} paper={} sha256={} end",
            self.program.replace(' ', "/"),
            self.from,
            self.to,
            self.paper,
            self.data_sha256
        )
    }

    /// Finds the line in the bytes of a file, whatever its format; `None` when there is none.
    pub(crate) fn find(bytes: &[u8]) -> Option<MadeFrom> {
        let mark = MARK.as_bytes();
        let at = bytes
            .windows(mark.len())
            .position(|window| window == mark)?;
        // the line is far shorter than this
        let rest: Vec<u8> = bytes.iter().skip(at).take(400).copied().collect();
        let text = String::from_utf8_lossy(&rest);
        let (line, _) = text.split_once(" end")?;
        let field = |name: &str| {
            let word = line
                .split_whitespace()
                .find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
            word.map(str::to_string)
        };
        Some(MadeFrom {
            program: field("program")?.replace('/', " "),
            from: field("from")?,
            to: field("to")?,
            paper: field("paper")?,
            data_sha256: field("sha256")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::report::doctor::made_from::MadeFrom;

    #[test]
    fn the_line_is_found_again_among_other_bytes() {
        let made = MadeFrom {
            program: "nightcramp 0.1.0".into(),
            from: "2026-01-07".into(),
            to: "2026-03-03".into(),
            paper: "a4".into(),
            data_sha256: "0f".repeat(32),
        };
        let file = [
            b"\x00\xff(".as_slice(),
            made.line().as_bytes(),
            b")\xfe".as_slice(),
        ]
        .concat();
        assert_eq!(MadeFrom::find(&file), Some(made));
        assert_eq!(MadeFrom::find(b"nightcramp-page from=2026-01-07 end"), None);
        assert_eq!(MadeFrom::find(b""), None);
    }
}
