namespace Parley.EndToEnd.Tests.Support;

/// <summary>The <c>parley</c> executable, built in the same configuration as these tests.</summary>
internal static class ParleyBinary
{
    // tests/Parley.EndToEnd.Tests/bin/{configuration}/net10.0/: the configuration and the repository follow from where the tests are.
    private static readonly DirectoryInfo Folder = new(AppContext.BaseDirectory);

    public static string Repository { get; } = Folder.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Configuration { get; } = Folder.Parent!.Name;

    public static string Path { get; } =
        System.IO.Path.Combine(Repository, "src", "Parley.Cli", "bin", Configuration, Folder.Name, "parley");

    /// <summary>A program of samples/.</summary>
    public static string SamplePath(string name) =>
        System.IO.Path.Combine(Repository, "samples", name, "bin", Configuration, Folder.Name, name);

    public static ChildProcess Run(params string[] arguments)
    {
        Assert.True(File.Exists(Path), $"{Path} is not there: build src/Parley.Cli in {Configuration} first");
        return ChildProcess.Start(Path, arguments);
    }
}
