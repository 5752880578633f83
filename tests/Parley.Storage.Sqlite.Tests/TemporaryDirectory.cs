namespace Parley.Storage.Sqlite.Tests;

/// <summary>A directory of one test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parley-history-").FullName;

    public string File => System.IO.Path.Combine(Path, "history.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
