namespace Parley.Shape.Tests;

public sealed class LeakTests
{
    [Fact]
    public async Task No_file_names_a_path_of_someones_machine_or_the_host_of_a_package_feed()
    {
        IReadOnlyList<string>? files = await Repository.TrackedFilesAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(files is null, "this is no git checkout, or there is no git");
        Assert.Contains("Parley.slnx", files);

        List<string> leaks = [];
        foreach (string path in files.Where(path => File.Exists(Path.Combine(Repository.Root, path))))
        {
            string text = await File.ReadAllTextAsync(
                Path.Combine(Repository.Root, path),
                TestContext.Current.CancellationToken);
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                leaks.AddRange(LeakRules.Leaks(path, text));
            }
        }

        Assert.Empty(leaks);
    }

    // The inputs are put together here, or this file would be the first to be found.
    [Theory]
    [InlineData("work")]
    [InlineData("home")]
    [InlineData("root")]
    public void A_path_of_someones_machine_is_found(string top)
    {
        Assert.Single(LeakRules.Leaks("a.md", $"see /{top}/somewhere/file"));
        Assert.Single(LeakRules.Leaks("a.md", $"\"/{top}/somewhere\""));
        Assert.Single(LeakRules.Leaks("a.md", $"file:///{top}/somewhere"));
    }

    [Theory]
    [InlineData("docs/home/index.md")]
    [InlineData("$ROOT/work/here")]
    [InlineData("${HOME}/projects/here")]
    public void A_path_below_something_else_is_allowed(string path) => Assert.Empty(LeakRules.Leaks("a.md", path));

    [Theory]
    [InlineData("https", "feed.example/v3/index.json")]
    [InlineData("http", "10.1.2.3:8080/nuget/index.json")]
    public void A_package_feed_is_found(string scheme, string rest) =>
        Assert.Equal(["a.md:2: " + scheme + "://" + rest], LeakRules.Leaks("a.md", $"first\n{scheme}://{rest}"));

    [Fact]
    public void A_well_known_package_host_is_found() =>
        Assert.Single(LeakRules.Leaks("a.md", "from " + string.Join('.', "api", "nuget", "org")));
}
