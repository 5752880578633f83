using System.Security.Cryptography;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>Copies a whole data directory (history, accounts, tokens, uploaded files) while a server uses it, and puts such a copy back.</summary>
/// <remarks>
/// A copy has the sums of its files in <c>SHA256SUMS</c>, in the form of <c>sha256sum --check</c>: what is missing or has changed is told.
/// Each file of a copy is one state of its original. History is copied first: whoever wrote something that is in the copy of
/// history has an account in the copy of accounts, and what its messages link to is among the files, unless it was removed meanwhile.
/// </remarks>
public static class DataBackup
{
    private static readonly FileKind[] Kinds = [FileKind.History, FileKind.Accounts, FileKind.Tokens];

    /// <summary>The file with the sums of all others.</summary>
    private const string Sums = "SHA256SUMS";

    /// <summary>The directory of uploaded files, of which none changes once it is there.</summary>
    private const string Uploads = "files";

    /// <summary>End of the names of what is put back, while it is copied.</summary>
    private const string Restored = ".restored";

    // A database, its log, and what connections share of that.
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    // A server writes all the time: it is polite to wait for it longer than it would.
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Copies what is in a data directory to a directory that is not there yet.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="BackupException">There is nothing to copy, or it cannot be copied. Nothing is left behind.</exception>
    public static IReadOnlyList<string> Write(string directory, string target)
    {
        FileKind[] present = [.. Kinds.Where(kind => IsIn(directory, kind))];
        if (present.Length == 0)
        {
            throw new BackupException($"There is no data in {directory}: name the server's data directory with --data");
        }

        var partial = target.TrimEnd(Path.DirectorySeparatorChar) + ".partial";
        using var turn = TakeTurn(target, partial + ".lock");
        if (Path.Exists(target))
        {
            throw new BackupException($"{target} is there already: name another directory, or remove it");
        }

        try
        {
            if (Directory.Exists(partial))
            {
                // Of a copy that was cut off.
                Directory.Delete(partial, recursive: true);
            }

            CreateForOwner(partial);
            foreach (var kind in present)
            {
                Copy(kind.PathIn(directory), kind, kind.PathIn(partial));
                Check(kind.PathIn(partial), kind);
            }

            var hasUploads = Directory.Exists(Path.Combine(directory, Uploads));
            if (hasUploads)
            {
                CreateForOwner(Path.Combine(partial, Uploads));
                CopyFiles(Path.Combine(directory, Uploads), Path.Combine(partial, Uploads));
            }

            WriteSums(partial);
            Directory.Move(partial, target);
            return [.. present.Select(kind => kind.PathIn(target)), .. hasUploads ? [Path.Combine(target, Uploads)] : Array.Empty<string>()];
        }
        catch (Exception e) when (e is not BackupException)
        {
            DeleteIfThere(partial);
            throw new BackupException($"{target} cannot be written: {e.Message}", e);
        }
        catch
        {
            DeleteIfThere(partial);
            throw;
        }
    }

    /// <summary>Puts a copy in the place of what is in a data directory, whose files are kept beside it.</summary>
    /// <param name="source">What <see cref="Write"/> has written.</param>
    /// <param name="directory">The data directory, of which no server runs.</param>
    /// <param name="now">What the directory for the files before is called after.</param>
    /// <returns>Where the files are now that were there before; null if there were none.</returns>
    /// <exception cref="BackupException">A server runs, or the copy is damaged; then nothing has changed.</exception>
    public static string? Restore(string source, string directory, DateTimeOffset now)
    {
        FileKind[] present = [.. Kinds.Where(kind => IsIn(source, kind))];
        if (present.Length == 0)
        {
            throw new BackupException($"There is no backup in {source}: name a directory that parley backup has written");
        }

        CheckSums(source);
        foreach (var kind in present)
        {
            Check(kind.PathIn(source), kind);
        }

        var held = new List<DirectoryLock>();
        try
        {
            CreateForOwner(directory);
            foreach (var kind in Kinds)
            {
                held.Add(DirectoryLock.TryTake(directory, kind)
                    ?? throw new BackupException($"A server is running with {directory}: stop it first"));
            }

            return Replace(present, source, directory, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{directory} cannot be written: {e.Message}", e);
        }
        finally
        {
            foreach (var each in held)
            {
                each.Dispose();
            }
        }
    }

    /// <summary>Copied before anything is moved: a disk that is full leaves all as it was.</summary>
    private static void CopyBeside(FileKind[] present, string source, string directory)
    {
        RemoveCopies(directory);
        try
        {
            foreach (var kind in present)
            {
                using var from = File.OpenRead(kind.PathIn(source));
                using var to = DataFile.Create(kind.PathIn(directory) + Restored);
                from.CopyTo(to);
                to.Flush(flushToDisk: true);
            }

            if (Directory.Exists(Path.Combine(source, Uploads)))
            {
                var copy = Path.Combine(directory, Uploads) + Restored;
                CreateIn(directory, copy);
                CopyFiles(Path.Combine(source, Uploads), copy);
            }
        }
        catch
        {
            RemoveCopies(directory);
            throw;
        }
    }

    private static void RemoveCopies(string directory)
    {
        foreach (var kind in Kinds)
        {
            File.Delete(kind.PathIn(directory) + Restored);
        }

        DeleteIfThere(Path.Combine(directory, Uploads) + Restored);
    }

    private static string? Replace(FileKind[] present, string source, string directory, DateTimeOffset now)
    {
        CopyBeside(present, source, directory);
        var uploads = Path.Combine(directory, Uploads);

        // Also what the copy does not have: tokens that were made after it are good for nothing after a restore.
        string[] before = [.. Kinds.SelectMany(kind => Suffixes.Select(suffix => kind.PathIn(directory) + suffix)).Where(File.Exists)];
        var aside = before.Length == 0 && !Directory.Exists(uploads) ? null : Path.Combine(directory, $"before-restore-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        if (aside is not null)
        {
            CreateIn(directory, aside);
            foreach (var file in before)
            {
                File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
            }

            if (Directory.Exists(uploads))
            {
                Directory.Move(uploads, Path.Combine(aside, Uploads));
            }
        }

        foreach (var kind in present)
        {
            File.Move(kind.PathIn(directory) + Restored, kind.PathIn(directory));
        }

        if (Directory.Exists(uploads + Restored))
        {
            Directory.Move(uploads + Restored, uploads);
        }

        return aside;
    }

    /// <summary>Copies files that are whole; what is known of an uploaded file is copied after its content, as it is written.</summary>
    private static void CopyFiles(string from, string to)
    {
        // What a link leads to is none of the server's files, and whoever backs up may read more than the server.
        foreach (var path in Directory.EnumerateFiles(from).Where(path => new FileInfo(path).LinkTarget is null && !path.EndsWith(".part", StringComparison.Ordinal)).OrderBy(path => path.EndsWith(".json", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetFileName(path));
            try
            {
                using var content = File.OpenRead(path);
                using var written = DataFile.Create(copy);
                content.CopyTo(written);
                written.Flush(flushToDisk: true);
            }
            catch (FileNotFoundException)
            {
                // Deleted with its message meanwhile.
            }
        }
    }

    private static bool IsIn(string directory, FileKind kind)
    {
        try
        {
            return kind.IsIn(directory);
        }
        catch (Exception e)
        {
            throw new BackupException(e.Message, e);
        }
    }

    private static void WriteSums(string directory)
    {
        var sums = Path.Combine(directory, Sums);
        using var written = DataFile.CreatePrivate(sums);
        using var writer = new StreamWriter(written) { NewLine = "\n" };
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(file => file != sums).Order(StringComparer.Ordinal))
        {
            writer.WriteLine($"{SumOf(file)}  {Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/')}");
        }

        writer.Flush();
        written.Flush(flushToDisk: true);
    }

    /// <summary>Finds that all is there that was copied, and as it was. A copy that an earlier Parley made has no sums.</summary>
    private static void CheckSums(string source)
    {
        var sums = Path.Combine(source, Sums);
        foreach (var line in File.Exists(sums) ? File.ReadLines(sums) : [])
        {
            if (line.Split("  ", 2) is not [{ Length: 2 * SHA256.HashSizeInBytes } sum, var name])
            {
                throw new BackupException($"{sums} is damaged");
            }

            var file = Path.Combine(source, name);
            if (!File.Exists(file))
            {
                throw new BackupException($"{source} is not all of the backup: {name} is missing: nothing has changed");
            }

            if (SumOf(file) != sum)
            {
                throw new BackupException($"{file} is damaged, or was changed after the backup: nothing has changed");
            }
        }
    }

    private static string SumOf(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static void Copy(string path, FileKind kind, string target)
    {
        using (var database = Database.Open(path, kind, readOnly: false, BusyTimeout))
        {
            DataFile.CreatePrivate(target).Dispose();
            try
            {
                using var copy = database.Prepare("VACUUM INTO ?");
                copy.Bind(1, target).Run();
            }
            catch (Exception e) when (SqliteFailure.IsFull(e))
            {
                // The original is named by SQLite, whose disk may be empty.
                throw new IOException("there is no room on its disk", e);
            }
        }

        using var written = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static void Check(string path, FileKind kind)
    {
        try
        {
            using var database = Database.Open(path, kind, readOnly: true, BusyTimeout);
            using var check = database.Prepare("PRAGMA quick_check(1)");
            if (!check.Step() || check.Text(0) != "ok")
            {
                throw new BackupException($"{path} is damaged: {check.Text(0)}");
            }
        }
        catch (Exception e) when (e is not BackupException)
        {
            throw new BackupException($"{path} is damaged: {e.Message}", e);
        }
    }

    private static void CreateForOwner(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The same inside a data directory, whose owner has it.</summary>
    private static void CreateIn(string dataDirectory, string directory)
    {
        CreateForOwner(directory);
        DirectoryOwner.TakeDirectory(directory, dataDirectory);
    }

    /// <summary>Keeps others from writing the same copy until it is disposed of.</summary>
    private static FileStream TakeTurn(string target, string path)
    {
        try
        {
            CreateForOwner(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new BackupException($"Another backup is being written to {target}: wait until it is done, or name another directory", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{target} cannot be written: {e.Message}", e);
        }
    }

    private static void DeleteIfThere(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
