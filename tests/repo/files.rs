//! The repository's files, read as text.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file of the repository.
pub struct TextFile {
    /// The path from the top of the repository, with `/` between its parts.
    pub path: String,
    pub text: String,
}

impl TextFile {
    /// The lines before the tests at the end of a source file.
    pub fn lines_before_tests(&self) -> usize {
        let lines: Vec<&str> = self.text.lines().collect();
        let tests = lines.windows(2).position(|pair| {
            pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
        });
        tests.unwrap_or(lines.len())
    }
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// One file, by its path from the top.
pub fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|why| format!("{path}: {why}"))
}

/// Every file below a folder, sorted by path; none if there is no such folder. Build output and `.git` are left out.
pub fn below(folder: &str) -> Vec<TextFile> {
    let mut found = Vec::new();
    collect(&top().join(folder), &mut found);
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

/// Every file below a folder whose name ends in `.extension`.
pub fn with_extension(folder: &str, extension: &str) -> Vec<TextFile> {
    let ending = format!(".{extension}");
    let mut files = below(folder);
    files.retain(|file| file.path.ends_with(&ending));
    files
}

fn collect(folder: &Path, found: &mut Vec<TextFile>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            if name != ".git" && name != "target" {
                collect(&path, found);
            }
        } else if let Ok(bytes) = fs::read(&path) {
            let relative = path.strip_prefix(top()).unwrap_or(&path);
            found.push(TextFile {
                path: relative.to_string_lossy().replace('\\', "/"),
                text: String::from_utf8_lossy(&bytes).into_owned(),
            });
        }
    }
}
