namespace Parley.EndToEnd.Tests.Support;

/// <summary>A folder of the test's own, gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parley-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
