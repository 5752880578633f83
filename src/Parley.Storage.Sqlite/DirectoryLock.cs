using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite;

/// <summary>Held by the one server that has a file in a directory; the system lets go of it however that server ends.</summary>
/// <remarks>
/// Two servers would both give out the numbers that follow in a room, and both let somebody have a name. Each kind of file
/// has its own lock, as a server may keep no history; all of them keep accounts, so the directory belongs to one of them.
/// Other programs may read and write the files.
/// </remarks>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a directory that is there.</summary>
    public static DirectoryLock Take(string directory, FileKind kind) => TryTake(directory, kind)
        ?? throw kind.Exception($"Another server keeps its {kind.Content} in {directory}: stop that one, or use another data directory", null);

    /// <summary>Takes the lock, or gives null where a server has it.</summary>
    public static DirectoryLock? TryTake(string directory, FileKind kind)
    {
        var path = Path.Combine(directory, kind.LockName);
        try
        {
            if (!File.Exists(path))
            {
                using var made = DataFile.TryCreate(path);
            }

            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw kind.Exception($"{path} cannot be written: let this user write there, or use another data directory{DirectoryOwner.Advice(directory)}", e);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (IOException e)
        {
            throw kind.Exception($"{path} cannot be made ({e.Message}): let this user write there, or use another data directory{DirectoryOwner.Advice(directory)}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
