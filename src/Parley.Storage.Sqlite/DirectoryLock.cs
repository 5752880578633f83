using Parley.Core.History;

namespace Parley.Storage.Sqlite;

/// <summary>Held by the one server that writes to a directory; the system lets go of it however that server ends.</summary>
/// <remarks>Two servers would both give out the numbers that follow in a room. Other programs may read and write the file.</remarks>
internal sealed class DirectoryLock : IDisposable
{
    private const string Name = "server.lock";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a directory that is there.</summary>
    public static DirectoryLock Take(string directory) => TryTake(directory)
        ?? throw new HistoryException($"Another server keeps its history in {directory}: stop that one, or use another data directory");

    /// <summary>Takes the lock, or gives null where a server has it.</summary>
    public static DirectoryLock? TryTake(string directory)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new HistoryException($"{path} cannot be written: let this user write there, or use another data directory", e);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (IOException e)
        {
            throw new HistoryException($"{path} cannot be made ({e.Message}): let this user write there, or use another data directory", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
