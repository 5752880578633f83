using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

/// <summary>A parley.json of a test's own, in a directory of its own.</summary>
internal sealed class SettingsFile : IDisposable
{
    public SettingsFile(string json, string name = "parley.json")
    {
        FilePath = Path.Combine(Directory.CreateTempSubdirectory("parley-tests-").FullName, name);
        File.WriteAllText(FilePath, json);
    }

    public string FilePath { get; }

    public ParleyOptions Read(Func<string, string?>? commandLine = null, Func<string, string?>? environment = null)
        => SettingsReader.Read(commandLine ?? (_ => null), environment ?? (_ => null), FilePath);

    public IReadOnlyList<string> Errors(Func<string, string?>? commandLine = null, Func<string, string?>? environment = null)
        => Assert.Throws<SettingsException>(() => Read(commandLine, environment)).Errors;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(FilePath)!, recursive: true);
}
