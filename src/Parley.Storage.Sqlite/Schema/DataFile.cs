using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>Files in a data directory, which only the server's own user reads, and how a connection that writes begins.</summary>
internal static class DataFile
{
    /// <summary>Sets up a connection to write, and brings the file to a version of its schema.</summary>
    /// <param name="database">The connection, which is closed where this fails.</param>
    /// <param name="pragmas">How it is written.</param>
    /// <param name="version">The version.</param>
    public static Database Prepared(Database database, string pragmas, int version)
    {
        try
        {
            // Before anything is written: somebody else's file stays as it is.
            Migrations.CheckedVersionOf(database);
            using (var mode = database.Prepare("PRAGMA journal_mode = WAL"))
            {
                if (!mode.Step() || mode.Text(0) != "wal")
                {
                    throw database.Kind.Exception($"{database.Path} is on a file system without shared memory: use another data directory", null);
                }
            }

            database.Execute(pragmas);
            Migrations.Apply(database, version);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Makes the directory, and an empty file in it, where they are missing.</summary>
    public static void CreateForOwner(string directory, FileKind kind)
    {
        var path = kind.PathIn(directory);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            if (!File.Exists(path))
            {
                using var file = TryCreate(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw kind.Exception($"{path} cannot be written ({e.Message}): let this user write there, or use another data directory{DirectoryOwner.Advice(directory)}", e);
        }
    }

    /// <summary>Makes a file in a data directory, of the directory's owner.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileStream Create(string path)
    {
        var file = CreatePrivate(path);
        try
        {
            DirectoryOwner.Take(file.SafeFileHandle, Path.GetDirectoryName(Path.GetFullPath(path))!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The same; null where another process has made it meanwhile.</summary>
    public static FileStream? TryCreate(string path)
    {
        try
        {
            return Create(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    // People's private messages and passwords: nobody but the server's own user reads them. SQLite gives its other files the same mode and owner.
    /// <summary>Makes an empty file for this user alone; SQLite takes it for an empty database.</summary>
    public static FileStream CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
