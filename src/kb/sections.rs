use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::format::front;

/// A file without name for a section.
pub(super) fn section_file(folder: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 17, tempfile::tempfile_in(folder)?))
}

/// All of it written.
pub(super) fn finished(file: BufWriter<File>) -> io::Result<File> {
    file.into_inner().map_err(io::IntoInnerError::into_error)
}

/// The bytes of a number turned round, so that they are in the order of the numbers.
pub(super) fn big_endian(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().rev().copied().collect()
}

/// Writes the file of these sections; its length.
pub(super) fn assemble(sections: &mut [(u32, File)], out: &mut dyn Write) -> io::Result<u64> {
    let mut lengths = Vec::new();
    for (number, file) in &mut *sections {
        lengths.push((*number, file.seek(io::SeekFrom::End(0))?));
    }
    let (header, table) = front(&lengths);
    let mut hasher = Sha256::new_with_prefix(&table);
    let mut buffer = vec![0; 1 << 18];
    for (_, file) in &mut *sections {
        file.rewind()?;
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
        }
    }
    let digest = hasher.finalize();
    out.write_all(&header)?;
    out.write_all(&digest)?;
    out.write_all(&table)?;
    for (_, file) in &mut *sections {
        file.rewind()?;
        io::copy(file, out)?;
    }
    let sum: u64 = lengths.iter().map(|(_, len)| len).sum();
    Ok(sum + (header.len() + digest.len() + table.len()) as u64)
}
