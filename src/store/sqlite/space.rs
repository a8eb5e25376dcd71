//! How much room there is on a disk.

use std::io;
use std::path::Path;

/// As many bytes can still be written to the disk of a directory, by the user who runs this.
///
/// # Errors
/// [`io::Error`] if the directory cannot be looked at.
pub fn free_space(directory: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(directory)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}
