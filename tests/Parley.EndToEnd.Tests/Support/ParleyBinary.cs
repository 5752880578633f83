namespace Parley.EndToEnd.Tests.Support;

/// <summary>The <c>parley</c> executable: that which <c>TESTED_PARLEY</c> names, such as a native one, or the one that was built in the same configuration as these tests.</summary>
internal static class ParleyBinary
{
    private const string Setting = "TESTED_PARLEY";

    // tests/Parley.EndToEnd.Tests/bin/{configuration}/net10.0/: the configuration and the repository follow from where the tests are.
    private static readonly DirectoryInfo Folder = new(AppContext.BaseDirectory);

    public static string Repository { get; } = Folder.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Configuration { get; } = Folder.Parent!.Name;

    public static string Path { get; } = Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } other
        ? System.IO.Path.GetFullPath(other)
        : Built;

    /// <summary>The executable that was built in the same configuration as these tests: an assembly, into which a startup hook goes.</summary>
    public static string Built => System.IO.Path.Combine(Repository, "src", "Parley.Cli", "bin", Configuration, Folder.Name, "parley");

    /// <summary>A program of samples/.</summary>
    public static string SamplePath(string name) =>
        System.IO.Path.Combine(Repository, "samples", name, "bin", Configuration, Folder.Name, name);

    public static ChildProcess Run(params string[] arguments)
    {
        Assert.True(File.Exists(Path), $"{Path} is not there: build src/Parley.Cli in {Configuration} first, or have {Setting} name another");
        return ChildProcess.Start(Path, arguments);
    }
}
